// scripts/, bench/ and tools/ are JavaScript with its types in JSDoc: nothing stands beside the code that could disagree with it.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const folders = ['scripts', 'bench', 'tools'];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
);

test('commands: no file has its types beside it', () => {
  expect(files).toContain('scripts/test.mjs');
  expect(files.filter((path) => path.endsWith('.d.mts'))).toEqual([]);
});

test('commands: no file switches the type check off', () => {
  const off = /@ts-(?:nocheck|ignore|expect-error)/;
  expect(files.filter((path) => /\.m?js$/.test(path) && off.test(readFileSync(path, 'utf8')))).toEqual([]);
});

test('commands: every command of package.json is there', () => {
  const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(readFileSync('package.json', 'utf8'));
  const started = Object.values(scripts).flatMap((line) => /^node (\S+)/.exec(line)?.[1] ?? []);
  expect(started.length).toBeGreaterThan(10);
  expect(started.filter((path) => !files.includes(path))).toEqual([]);
});
