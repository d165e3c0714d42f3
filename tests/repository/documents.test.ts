// The documents against the code: what they point at is there, and what stands on the wire is in docs/protocol.md.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const read = (path: string): string => readFileSync(path, 'utf8');
/** Every file under a folder whose name ends so. */
const filesIn = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((path) => ending.test(path));
const documents = [
  ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'PRIVACY.md', 'SOURCE.md', 'THIRD-PARTY.md'],
  ...filesIn('docs', /\.md$/),
  ...filesIn('store', /\.md$/),
];
const sources = ['src', 'tests', 'scripts', 'bench'].flatMap((folder) => filesIn(folder, /\.(?:tsx?|mjs|mts)$/));

/** Where a file of core stands, by its name. */
const inCore = (name: string): string =>
  sources.find((path) => path.startsWith('src/core/') && path.endsWith(`/${name}.ts`)) ?? `${name}.ts in src/core`;

/** The anchors of a document: its headings as they are rendered, and those that it names itself. */
function anchorsOf(path: string): ReadonlySet<string> {
  const text = read(path).replace(/^```[\s\S]*?^```/gm, '');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set([...headings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}

describe('a reference', () => {
  test.each(documents)('in %s leads somewhere', (path) => {
    const links = [...read(path).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
    for (const [link, file = '', anchor] of links) {
      const target = file === '' ? path : join(dirname(path), file);
      expect(existsSync(target), `${path}: ${link}`).toBe(true);
      if (anchor !== undefined) expect([...anchorsOf(target)], `${path}: ${link}`).toContain(anchor);
    }
  });

  test.each(documents.filter((path) => path !== 'CHANGELOG.md'))('to a file in %s names one that is there', (path) => {
    const folders = ['', 'src/', 'tests/', 'docs/'];
    for (const [, file = ''] of read(path).matchAll(/`([\w.-]+\/[\w./-]+\.(?:tsx?|mjs|json|md|html))`/g))
      if (!/NAME|^dist\/|^data-definitions\//.test(file))
        expect(
          folders.some((folder) => existsSync(folder + file)),
          `${path}: ${file}`,
        ).toBe(true);
  });

  // House 4: seen to fail with a heading of docs/protocol.md renamed.
  test('in a comment leads to a heading that exists', () => {
    const named = sources.flatMap((path) =>
      [...read(path).matchAll(/\b((?:docs\/[\w/-]+|README)\.md)((?:(?:, | to )?#[\w-]+)+)/g)].flatMap(
        ([, file = '', list = '']) =>
          [...list.matchAll(/#([\w-]+)/g)].map(([, anchor = '']) => ({ path, file, anchor })),
      ),
    );
    expect(named.length).toBeGreaterThan(0);
    for (const { path, file, anchor } of named) expect([...anchorsOf(file)], path).toContain(anchor);
  });

  // House 4: a reader cannot look up the letters of a document that is not here.
  test('in a source is an anchor, not a letter', () => {
    const letters = /\bprotocol [A-E]\b|\b[A-E]\.\d+\b(?! ?\d)/;
    const lines = sources
      .filter((path) => path.startsWith('src/'))
      .flatMap((path) =>
        read(path)
          .split('\n')
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(lines.filter((line) => letters.test(line))).toEqual([]);
    const headers = sources.flatMap((path) => /\bprotocol [A-E]\b.*/.exec(read(path))?.[0] ?? []);
    expect(headers).toEqual([]);
  });

  test('to a document in a comment leads to one that exists', () => {
    for (const path of sources)
      for (const [, file = ''] of read(path).matchAll(/\b(docs\/[\w/-]+\.md)\b/g))
        expect(existsSync(file), `${path}: ${file}`).toBe(true);
  });
});

describe('a hostile case', () => {
  const rows = [...read('docs/hostile-cases.md').matchAll(/^\| <a id="e(\d+)"><\/a>E\.(\d+) .*$/gm)];

  test('has a number of its own, in order', () => {
    expect(rows.length).toBeGreaterThanOrEqual(56);
    const ids = rows.map(([, id]) => Number(id));
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    for (const [, id, number] of rows) expect(id).toBe(number);
  });

  test('names tests that name it', () => {
    for (const [row, id] of rows) {
      const files = [
        ...row.matchAll(/`((?:core|link|call|platform|ui|scenarios|browsers|network|crowd|options)\/[\w/-]+)`/g),
      ];
      expect(files.length, row).toBeGreaterThan(0);
      const naming = files.filter(([, file = '']) => {
        const text = read(`tests/${file}.test.ts`);
        return new RegExp(`\\bE\\.${id}\\b`).test(text) || text.includes(`hostile-cases.md#e${id}`);
      });
      expect(naming.length, row).toBeGreaterThan(0);
    }
  });
});

describe('docs/protocol.md', () => {
  const protocol = read('docs/protocol.md');
  const wire = [
    'chat',
    'control-message',
    'file-message',
    'link-message',
    'mesh-message',
    'network-findings',
    'roster',
    'signal',
    'backup',
  ];

  // Faults 8, 9 and 1: seen to fail without `findings`, `quality` and the reasons of `bye`.
  test.each(wire)('has every kind, key and value of core/%s', (name) => {
    const source = read(inCore(name));
    const kinds = [...source.matchAll(/\bt: v\.literal\('([\w-]+)'\)/g)].map(([, kind = '']) => kind);
    const values = [...source.matchAll(/(?:v\.picklist\(|= )\[([^\]]*)\](?: as const|\))/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([\w-]+)'/g)].map(([, value = '']) => value),
    );
    const keys = [
      ...source.matchAll(
        /^ +(\w+): (?:v\.|byteString|bytesOf|hex32|counter|generation|moment|quantity|personName|idSchema|hashSchema|lengthSchema)/gm,
      ),
    ].map(([, key = '']) => key);
    expect([...kinds, ...values, ...keys].length).toBeGreaterThan(0);
    for (const kind of new Set(kinds))
      expect(protocol, kind).toMatch(new RegExp(`^\\|[^|]*\`${kind}\`|\`${kind} \\{`, 'm'));
    for (const word of new Set([...values, ...keys]))
      expect(protocol, word).toMatch(new RegExp(`\`[^\`\\n]*\\b${word}\\b[^\`\\n]*\``));
  });

  test('has every bound of the wire', () => {
    for (const [file, constant] of [
      ['chat', 'maxTextLength'],
      ['control-message', 'maxControlLength'],
      ['mesh-message', 'maxBodyLength'],
      ['mesh-message', 'maxWireLength'],
      ['file-message', 'maxWordLength'],
      ['safe-json', 'maxLength'],
    ] as const) {
      const value = new RegExp(`${constant}(?: =|:) ([\\d_]+)`).exec(read(inCore(file)))?.[1];
      const digits = Number(value?.replaceAll('_', ''));
      expect(digits, `${file}: ${constant}`).toBeGreaterThan(0);
      const forms = [String(digits), String(digits).replace(/(?=(?:\d{3})+$)(?!^)/g, ' ')];
      expect(
        forms.some((form) => protocol.includes(form)),
        `${file}: ${constant}`,
      ).toBe(true);
    }
  });
});
