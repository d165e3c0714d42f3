// How often something may happen (docs/protocol.md#budgets, docs/hostile-cases.md#e45).
import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../src/core/base/token-bucket.ts';
import { WordBudget } from '../../../src/core/base/word-budget.ts';

/** How many of `count` questions, evenly over `ms`, get a token. */
function taken(bucket: TokenBucket, count: number, ms: number, from = 0): number {
  return Array.from({ length: count }, (_, index) => bucket.take(from + (index * ms) / count)).filter(Boolean).length;
}

describe('a token bucket', () => {
  // Seen to fail with the tokens not bounded by the capacity, and with no token taken away.
  it('lets 60 at once and 30 each second of ten thousand through (E.45)', () => {
    expect(taken(new TokenBucket(60, 30), 10_000, 1_000)).toBe(60 + 29);
    expect(taken(new TokenBucket(60, 30), 100_000, 10_000)).toBe(60 + 299);
  });

  it('fills up no further than its capacity, however long it rests', () => {
    const bucket = new TokenBucket(6, 0.1);
    expect(taken(bucket, 100, 0)).toBe(6);
    expect(taken(bucket, 100, 0, 86_400_000)).toBe(6);
  });

  it('lets somebody through who asks no more often than tokens come back', () => {
    const bucket = new TokenBucket(1, 0.1);
    expect([0, 10_000, 20_000, 30_000].map((at) => bucket.take(at))).toEqual([true, true, true, true]);
  });

  // Seen to fail with time that has passed taken as it is, below zero too.
  it('gives nothing for a clock that runs backwards, and is not stuck afterwards', () => {
    const bucket = new TokenBucket(2, 1);
    expect([10_000, 5_000, 4_000].map((at) => bucket.take(at))).toEqual([true, true, false]);
    expect(bucket.take(5_000)).toBe(true);
  });
});

describe('a budget of words', () => {
  const limits = { words: { atOnce: 10, eachSecond: 2 }, length: { atOnce: 1_000, eachSecond: 100 } };

  it('ends with the words or with their length, whichever is first', () => {
    const many = new WordBudget(limits);
    expect(Array.from({ length: 12 }, () => many.take(0, 1)).filter(Boolean)).toHaveLength(10);
    const long = new WordBudget(limits);
    expect([600, 600, 400, 1].map((length) => long.take(0, length))).toEqual([true, false, true, false]);
  });

  // Seen to fail with words paid for although their length was too much.
  it('takes nothing for what it refuses', () => {
    const budget = new WordBudget(limits);
    for (let i = 0; i < 50; i += 1) expect(budget.take(0, 2_000)).toBe(false);
    expect(budget.take(0, 1_000)).toBe(true);
  });

  it('comes back with time', () => {
    const budget = new WordBudget(limits);
    expect([budget.take(0, 1_000), budget.take(0, 100), budget.take(1_000, 100)]).toEqual([true, false, true]);
  });
});
