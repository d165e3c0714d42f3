// The shape of the house: folders import in one direction, and no file or folder grows too large to be seen at once.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

const isCode = (path: string): boolean => /\.(?:tsx?|mjs)$/.test(path);
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name).replaceAll('\\', '/'));
const files = ['src', 'tests', 'tools', 'scripts', 'bench'].flatMap(filesIn).filter(isCode);

/** Which folders each folder of src imports from. */
function arrowsOf(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const path of paths) {
    const from = dirname(path);
    const to = arrows.get(from) ?? new Set();
    arrows.set(from, to);
    for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(/(?:from|import\(|import) ?'(\.[^']+\.tsx?)'/g)) {
      const folder = dirname(normalize(join(from, target)));
      if (folder !== from) to.add(folder);
    }
  }
  return arrows;
}

/** A way from a folder back to itself, if there is one. */
function circleOf(arrows: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const done = new Set<string>();
  const walk = (folder: string, way: readonly string[]): readonly string[] => {
    if (way.includes(folder)) return [...way.slice(way.indexOf(folder)), folder];
    if (done.has(folder)) return [];
    for (const next of arrows.get(folder) ?? []) {
      const circle = walk(next, [...way, folder]);
      if (circle.length > 0) return circle;
    }
    done.add(folder);
    return [];
  };
  for (const folder of arrows.keys()) {
    const circle = walk(folder, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

const arrows = arrowsOf(files.filter((path) => path.startsWith('src/')));

describe('house: folders of src', () => {
  test('import each other in one direction', () => {
    expect(arrows.get('src/call/stage')?.has('src/call/kit')).toBe(true);
    expect(circleOf(arrows)).toEqual([]);
  });

  test('a circle would be found', () => {
    const circle = new Map([
      ['a', new Set(['b'])],
      ['b', new Set(['c'])],
      ['c', new Set(['b'])],
    ]);
    expect(circleOf(circle)).toEqual(['b', 'c', 'b']);
  });

  test.each([...arrows.keys()])('%s has a line in docs/architecture.md', (folder) => {
    const parts = folder.split('/');
    // A folder of a page or layer is named under it, as `name/`.
    const name = parts.length <= 2 ? `${folder}/` : `${parts.at(-1)}/`;
    expect(readFileSync('docs/architecture.md', 'utf8')).toContain(name);
  });
});

describe('house: sizes', () => {
  test('no folder holds more than 25 files of code', () => {
    const counts = new Map<string, number>();
    for (const path of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 25)).toEqual([]);
  });

  test('no file is longer than 300 lines', () => {
    const lengthOf = (path: string): number => readFileSync(path, 'utf8').split('\n').length - 1;
    expect(files.filter((path) => lengthOf(path) > 300)).toEqual([]);
  });
});
