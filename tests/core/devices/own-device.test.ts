import { expect, test } from 'vitest';
import { DeviceCounters, heardDevice, keptDevices, type OwnDevice } from '../../../src/core/devices/own-device.ts';

const [hour, day] = [3_600_000, 86_400_000];
const now = Date.UTC(2026, 10, 21);
const seen = (dev: string, seenAt: number): OwnDevice => ({ dev, firstAt: 1, seenAt, n: seenAt });

test('own device: sixteen are kept, the ones heard last, none from ninety days ago', () => {
  const all = Array.from({ length: 20 }, (_, i) => seen(`dev ${i}`, now - i * day));
  expect(keptDevices(all, now).map(({ dev }) => dev)).toEqual(all.slice(0, 16).map(({ dev }) => dev));
  expect(keptDevices(all, now + 80 * day)).toHaveLength(10);
  expect(keptDevices([seen('old', now - 90 * day)], now)).toEqual([]);
});

test('own device: heard again it keeps its name and when it was heard first, and its number never falls', () => {
  const known = { dev: 'a', name: 'Kitchen', firstAt: 5, seenAt: 6, n: 100 };
  expect(heardDevice(known, 'a', 90, now)).toEqual({ ...known, seenAt: now });
  expect(heardDevice(undefined, 'b', 7, now)).toEqual({ dev: 'b', firstAt: now, seenAt: now, n: 7 });
});

test('own device: each number counts once, in any order, and never one from before', () => {
  const counters = new DeviceCounters([{ dev: 'a', n: now }]);
  const isNew = (dev: string, n: number) => counters.isNew({ dev, n, ts: now }, now);
  expect([isNew('a', now), isNew('a', now - 1)]).toEqual([false, false]);
  expect([isNew('a', now + 2), isNew('a', now + 1), isNew('a', now + 2)]).toEqual([true, true, false]);
  expect([isNew('b', now), isNew('b', now)]).toEqual([true, false]);
});

test('own device: clocks may be two hours off and no more', () => {
  const counters = new DeviceCounters([]);
  const isNew = (n: number, ts: number) => counters.isNew({ dev: 'a', n, ts }, now);
  expect(isNew(now - 2 * hour, now - 2 * hour)).toBe(true);
  expect(isNew(now + 2 * hour, now + 2 * hour)).toBe(true);
  expect([isNew(now, now + 2 * hour + 1), isNew(now + 2 * hour + 1, now), isNew(now - 2 * hour - 1, now)]).toEqual([
    false,
    false,
    false,
  ]);
});

test('own device: what is kept of numbers stays small, and nothing that was forgotten counts again', () => {
  const counters = new DeviceCounters([]);
  for (let n = 0; n < 2_000; n++) expect(counters.isNew({ dev: 'a', n: now + n, ts: now }, now)).toBe(true);
  for (let n = 0; n < 2_000; n += 7) expect(counters.isNew({ dev: 'a', n: now + n, ts: now }, now)).toBe(false);
});
