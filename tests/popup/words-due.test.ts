// When the popup reminds of the 24 words.
import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { areWordsDue } from '../../src/popup/words-due.ts';

const day = 86_400_000;
type Model = Parameters<typeof areWordsDue>[0];

const model = (wordsChecked: boolean, calls: number): Model =>
  ({
    identity: signal({ state: 'present', identity: { wordsChecked, createdAt: 0 } }),
    history: signal(Array.from({ length: calls })),
  }) as unknown as Model;

test.each([
  ['on the first day, without a call', false, 0, day, false],
  ['after the first call', false, 1, 1_000, true],
  ['on the second day', false, 0, day + 1, true],
  ['once they are written down', true, 5, 9 * day, false],
])('popup: the words that are not on paper, %s', (_when, checked, calls, now, isDue) => {
  expect(areWordsDue(model(checked, calls), now)).toBe(isDue);
});

test('popup: nobody is reminded of words without an identity', () => {
  const none = { identity: signal({ state: 'none' }), history: signal([1]) } as unknown as Model;
  expect(areWordsDue(none, 9 * day)).toBe(false);
});
