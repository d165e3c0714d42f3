// The list of defences that `npm run mutate` takes out must fit the sources, or it would take out nothing.
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests: readonly string[];
}
const mutations: readonly Mutation[] = JSON.parse(readFileSync('scripts/mutations.json', 'utf8'));

// Seen to fail with a word of a mutation changed.
test('every mutation finds its text exactly once, changes it, and names tests that are there', () => {
  const unfit = mutations.flatMap(({ name, file, from, to, tests }) => {
    const found = existsSync(file) ? readFileSync(file, 'utf8').split(from).length - 1 : 0;
    const lost = tests.filter((path) => !existsSync(path));
    return found === 1 && from !== to && tests.length > 0 && lost.length === 0
      ? []
      : [`${name}: ${found} times, ${lost}`];
  });
  expect(unfit).toEqual([]);
});

test('no two mutations have one name', () => {
  const names = mutations.map(({ name }) => name);
  expect(names.length).toBeGreaterThanOrEqual(70);
  expect(new Set(names).size).toBe(names.length);
});
