// Machines differ by a factor of four: no test has a limit of its own making. What a person waits for goes through `until`, everything else
// through tools/machine/limits.mjs.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const own = 'repository/limits.test.ts';
const files = [
  'vite.config.ts',
  ...readdirSync('tests', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && name !== own)
    .map((name) => `tests/${name}`),
];

/** What waits with a limit, and how it looks when the limit was not made to fit the machine. */
const unfitting: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['an option', /\b(?:timeout|testTimeout|hookTimeout|teardownTimeout|protocolTimeout): *[\d.]/],
  ['the last argument of a test or hook', /^\s*\}, [\d_]{4,}\);/],
  [
    'a limit of puppeteer’s own',
    /\.(?:waitForSelector|waitForFunction|waitForNavigation|waitForFileChooser|goto)\((?!.*timeout)/,
  ],
];

/** The lines of a source that hold such a limit. */
const linesWithOne = (source: string): readonly string[] =>
  source.split('\n').filter((line) => unfitting.some(([, pattern]) => pattern.test(line)));

test.each([
  "test('a call', { timeout: 60_000 }, async () => {",
  '  testTimeout: 40_000,',
  '}, 240_000);',
  "await page.waitForSelector('main');",
  'await page.goto(url);',
])('a limit that fits one machine only is noticed: %s', (line) => {
  expect(linesWithOne(line)).toEqual([line]);
});

test.each([
  "test('a call', { timeout: limitMs(60_000) }, async () => {",
  "await page.waitForSelector('main', { timeout: limitMs(10_000) });",
  "await until(isThere, { withinMs: 20_000, what: 'the page' });",
])('one that fits every machine is let be: %s', (line) => {
  expect(linesWithOne(line)).toEqual([]);
});

test('no test has a limit that fits one machine only', () => {
  const found = files.flatMap((file) =>
    linesWithOne(readFileSync(file, 'utf8')).map((line) => `${file}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
