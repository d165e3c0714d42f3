// Counters of many calls: each sender spends their own, and a call under way is not forgotten (E.80, L4).
import { expect, test } from 'vitest';
import { CallCounters } from '../../../src/core/signaling/call-counters.ts';

const word = (id: string, n = 1) => ({ id, dev: 'd', n });

test('whoever is not the caller spends nothing of the caller’s', () => {
  const counters = new CallCounters(() => false);
  expect(counters.isNew('mallory', word('call'))).toBe(true);
  expect(counters.isNew('alice', word('call'))).toBe(true);
  expect(counters.isNew('alice', word('call'))).toBe(false);
});

test('a call under way is remembered, whatever strangers send; of others the last 256', () => {
  const counters = new CallCounters((sender, id) => sender === 'alice' && id === 'call');
  counters.isNew('alice', word('call'));
  counters.isNew('bob', word('old'));
  for (let i = 0; i < 1_000; i++) counters.isNew(`stranger ${i}`, word(`call ${i}`));
  expect(counters.isNew('alice', word('call'))).toBe(false);
  expect(counters.isNew('stranger 999', word('call 999'))).toBe(false);
  expect(counters.isNew('bob', word('old'))).toBe(true);
});
