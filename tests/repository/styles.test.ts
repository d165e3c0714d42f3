// The order of the styles: colours and layers come from the tokens, every class is used, and pages can run from right to left.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) =>
  `src/${name}`.replaceAll('\\', '/'),
);
const read = (path: string): string => readFileSync(path, 'utf8');
const styles = files
  .filter((path) => path.endsWith('.css') && !path.startsWith('src/gallery/'))
  .map((path) => ({ path, css: read(path).replace(/\/\*[\s\S]*?\*\//g, '') }));
const code = files.filter((path) => /\.(?:tsx?|html)$/.test(path)).map(read);

const tokens = 'src/ui/tokens.css';
const ordered = styles.filter(({ path }) => path !== tokens);

const found = (expression: RegExp) =>
  ordered.flatMap(({ path, css }) => [...css.matchAll(expression)].map(([what]) => `${path}: ${what.trim()}`));

/** The classes that the selectors of a style name. */
const classesIn = (css: string): readonly string[] =>
  [...css.matchAll(/([^{}]+)\{/g)]
    .filter(([, selector = '']) => !selector.trim().startsWith('@'))
    .flatMap(([, selector = '']) => [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name));

describe('styles', () => {
  test('every class is used by a view', () => {
    const words = new Set(code.flatMap((source) => source.match(/[\w-]+/g) ?? []));
    // `grade-${grade}`: what such a class begins with.
    const families = code.flatMap((source) => [...source.matchAll(/([\w-]+-)\$\{/g)].map(([, start = '']) => start));
    const all = styles.flatMap(({ css }) => classesIn(css));
    const isUsed = (name: string) => words.has(name) || families.some((start) => name.startsWith(start));
    expect(all.length).toBeGreaterThan(300);
    expect([...new Set(all)].filter((name) => !isUsed(name))).toEqual([]);
  });

  test('colours stand in the tokens', () => {
    expect(ordered.length).toBeGreaterThan(12);
    expect(found(/#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|oklch)\([^)]*\)/gi)).toEqual([]);
  });

  test('what lies over what is one scale', () => {
    expect(found(/z-index:\s*-?[1-9]\d*/g)).toEqual([]);
  });

  test('a page may run from right to left', () => {
    // `left: 50%` centres, and the corner of the own picture is the layout's affair.
    const sides =
      /(?:^|[\s;{])(?:(?:margin|padding|border)-(?:left|right)|left|right):(?! (?:50%|var\(--corner))|(?:text-align|float):\s*(?:left|right)/g;
    expect(found(sides)).toEqual([]);
  });

  test('a value that the tokens lack is not asked for', () => {
    const known = new Set(styles.flatMap(({ css }) => [...css.matchAll(/(--[\w-]+):/g)].map(([, name = '']) => name)));
    const set = new Set(code.flatMap((source) => source.match(/--[\w-]+/g) ?? []));
    const asked = styles.flatMap(({ css }) => [...css.matchAll(/var\((--[\w-]+)\)/g)].map(([, name = '']) => name));
    expect(asked.filter((name) => !known.has(name) && !set.has(name))).toEqual([]);
  });
});
