// The order of the styles: every file in its layer, every class in one file, colours and sizes of type from the tokens, every class used,
// and pages that can run from right to left.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) =>
  `src/${name}`.replaceAll('\\', '/'),
);
const read = (path: string): string => readFileSync(path, 'utf8');
const styles = files
  .filter((path) => path.endsWith('.css') && !path.startsWith('src/gallery/'))
  .map((path) => ({ path, css: read(path).replace(/\/\*[\s\S]*?\*\//g, '') }));
const code = files.filter((path) => /\.(?:tsx?|html)$/.test(path)).map(read);

interface Style {
  readonly path: string;
  readonly css: string;
}

const tokens = 'src/ui/tokens.css';
/** The list of files of a page, each in its layer. */
const isList = ({ path }: Style): boolean => path.endsWith('/index.css');
const ordered = styles.filter((style) => style.path !== tokens && !isList(style));
const layers = ['tokens', 'base', 'controls', 'views', 'touch'];

const found = (expression: RegExp) =>
  ordered.flatMap(({ path, css }) => [...css.matchAll(expression)].map(([what]) => `${path}: ${what.trim()}`));

const selectorsIn = (css: string): readonly string[] =>
  [...css.matchAll(/([^{};]+)\{/g)].map(([, selector = '']) => selector.trim()).filter((text) => !text.startsWith('@'));

/** The classes that the selectors of a style name. */
const classesIn = (css: string): readonly string[] =>
  selectorsIn(css).flatMap((selector) => [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = '']) => name));

/** What a selector is about, without what it stands in or beside: `.person > .answer:not(.primary)` is about `answer`. */
function subjectsOf(selectors: string): readonly string[] {
  let plain = selectors;
  while (/\([^()]*\)/.test(plain)) plain = plain.replace(/:?[\w-]*\([^()]*\)/g, '');
  return plain
    .split(',')
    .map(
      (selector) =>
        selector
          .trim()
          .split(/[\s>+~]+/)
          .at(-1) ?? '',
    )
    .flatMap((last) => /\.([a-zA-Z][\w-]*)/.exec(last)?.[1] ?? []);
}

/** Classes that more than one file styles, with the files. The further classes of a thing, such as `large`, are its states. */
function styledTwice(all: readonly Style[]): readonly string[] {
  const homes = new Map<string, Set<string>>();
  for (const { path, css } of all)
    for (const name of selectorsIn(css).flatMap(subjectsOf)) homes.set(name, (homes.get(name) ?? new Set()).add(path));
  return [...homes].filter(([, paths]) => paths.size > 1).map(([name, paths]) => `.${name}: ${[...paths].join(', ')}`);
}

/** Sizes of type that are none of the scale. */
const unscaledIn = (css: string): readonly string[] =>
  [...css.matchAll(/(?:^|[\s;{])(font(?:-size)?:[^;}]+)/g)]
    .map(([, rule = '']) => rule.trim())
    .filter((rule) => !/^font-size: (?:var\(--(?:text|sign)(?:-[a-z]+)*\)|inherit|calc\(var\(--avatar-size)/.test(rule))
    .filter((rule) => !/^font: (?:inherit$|var\(--text)/.test(rule));

/** The files that a list names, with their layers; and whatever else stands in it. */
function listed({ path, css }: Style) {
  const order = `@layer ${layers.join(', ')};`;
  const imports = [...css.matchAll(/@import "(.+?)" layer\((\w+)\);/g)];
  const rest = imports.reduce((left, [line]) => left.replace(line, ''), css.replace(order, '')).trim();
  return {
    isOrdered: css.trim().startsWith(order) && rest === '',
    files: imports.map(([, name = '', layer = '']) => ({ path: posix.join(posix.dirname(path), name), layer })),
  };
}

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

  test('a page has one list of styles, which says the layer of each', () => {
    const linked = files
      .filter((path) => path.endsWith('.html'))
      .flatMap((path) =>
        [...read(path).matchAll(/rel="stylesheet" href="(.+?)"/g)].map(([, href = '']) =>
          posix.join(posix.dirname(path), href),
        ),
      );
    const lists = styles.filter(isList);
    expect(lists.map(({ path }) => path)).toEqual(expect.arrayContaining(['src/call/index.css']));
    expect(new Set(linked.filter((path) => !path.startsWith('src/gallery/')))).toEqual(
      new Set(lists.map(({ path }) => path)),
    );
    expect(lists.filter((list) => !listed(list).isOrdered)).toEqual([]);
  });

  test('a file is in one layer, the same on every page, and in none that does not exist', () => {
    const places = styles.filter(isList).flatMap((list) => listed(list).files);
    const homes = new Map<string, Set<string>>();
    for (const { path, layer } of places) homes.set(path, (homes.get(path) ?? new Set()).add(layer));
    expect([...homes.keys()].sort()).toEqual([tokens, ...ordered.map(({ path }) => path)].sort());
    expect(
      [...homes].filter(([, found]) => found.size > 1 || [...found].some((name) => !layers.includes(name))),
    ).toEqual([]);
    expect(homes.get(tokens)).toEqual(new Set(['tokens']));
  });

  // Seen to fail with the style of the own picture, which the page for guests had not.
  test('a guest’s page has every style of a call, but for what only the extension shows', () => {
    const filesOf = (path: string) =>
      styles.filter((style) => style.path === path).flatMap((list) => listed(list).files.map((file) => file.path));
    const guests = new Set(filesOf('src/guest/index.css'));
    expect(filesOf('src/call/index.css').filter((path) => !guests.has(path))).toEqual([
      'src/ui/choices.css',
      'src/call/sheets/door.css',
      'src/call/people/other-calls.css',
      'src/call/meeting/meeting.css',
    ]);
  });

  test('a line between lists of files, or a file without a layer, would be seen', () => {
    const order = '@layer tokens, base, controls, views, touch;';
    const isOrdered = (css: string) => listed({ path: 'src/a/index.css', css }).isOrdered;
    expect(isOrdered(`${order}\n@import "./a.css" layer(views);`)).toBe(true);
    expect(isOrdered(`${order}\n@import "./a.css";`)).toBe(false);
    expect(isOrdered(`${order}\n@import "./a.css" layer(views);\n.a { color: red; }`)).toBe(false);
    expect(isOrdered('@layer views, base;\n@import "./a.css" layer(views);')).toBe(false);
  });

  test('a class is styled in one file', () => {
    expect(styledTwice(ordered)).toEqual([]);
  });

  test('a class that a second file styles would be found, in whatever it stands', () => {
    const a = {
      path: 'a.css',
      css: '.button.large { gap: 1px }\n@media (width < 5px) { .row > .button { gap: 1px } }',
    };
    const b = { path: 'b.css', css: '.bar:not(.small, :has(.x)) {\n & > .button:hover { gap: 1px }\n}' };
    const c = { path: 'c.css', css: '.button + p, .row > :is(.button, .x) > svg { gap: 1px }' };
    expect(styledTwice([a, b])).toEqual(['.button: a.css, b.css']);
    expect(styledTwice([a, c])).toEqual([]);
  });

  test('no file is longer than 300 lines', () => {
    expect(ordered.filter(({ path }) => read(path).split('\n').length > 301).map(({ path }) => path)).toEqual([]);
  });

  test('type has the sizes of the scale', () => {
    expect(ordered.flatMap(({ path, css }) => unscaledIn(css).map((rule) => `${path}: ${rule}`))).toEqual([]);
  });

  test('another size would be seen', () => {
    const sizes = (css: string) => unscaledIn(`.a { ${css} }`).length;
    expect(['font-size: 13px;', 'font-size: 0;', 'font: 13px / 1.4 var(--mono);', 'font-size: 1em'].map(sizes)).toEqual(
      [1, 1, 1, 1],
    );
    expect(
      ['font-size: var(--text-note);', 'font: var(--text-small) var(--mono);', 'font: inherit;'].map(sizes),
    ).toEqual([0, 0, 0]);
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
