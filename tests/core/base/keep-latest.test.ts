import { expect, test } from 'vitest';
import { keepLatest } from '../../../src/core/base/keep-latest.ts';

test('memory: beyond its bound what was put in first goes, of a set and of a map', () => {
  const set = new Set<string>();
  const map = new Map<string, number>();
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    keepLatest(set.add(name), 2);
    keepLatest(map.set(name, index), 2);
  }
  expect([...set]).toEqual(['b', 'c']);
  expect([...map.keys()]).toEqual(['b', 'c']);
});
