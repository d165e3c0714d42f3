// Whether a computer keeps up with a background: tried first, stepped down, never up.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EffectLoad, firstLoad, median, stepLoad } from '../../../src/core/media/effect-load.ts';

/** So many frames that take so long, one every 66 ms or as they take. */
function frames(load: EffectLoad, count: number, tookMs: number, from = 0): EffectLoad {
  const everyMs = Math.max(66, tookMs);
  let now = load;
  for (let i = 1; i <= count; i += 1) now = stepLoad(now, { atMs: from + i * everyMs, tookMs, everyMs: 33 });
  return now;
}

test('effect load: ten quick frames switch it on, nine do not', () => {
  expect(frames(firstLoad(0), 9, 12)).toMatchObject({ state: 'trying' });
  expect(frames(firstLoad(0), 10, 12)).toMatchObject({ state: 'on', size: 'full' });
});

test('effect load: the median counts, not the first frame that warms up', () => {
  const warm = stepLoad(firstLoad(0), { atMs: 400, tookMs: 400, everyMs: 33 });
  expect(frames(warm, 9, 12, 400)).toMatchObject({ state: 'on', size: 'full' });
});

test('effect load: what is slow at full size is tried small, and what is slow there is off', () => {
  const small = frames(firstLoad(0), 10, 40);
  expect(small).toMatchObject({ state: 'trying', size: 'small', tries: [] });
  expect(frames(small, 10, 40, 700)).toMatchObject({ state: 'on', size: 'small' });
  expect(frames(small, 10, 60, 700)).toEqual({ state: 'off' });
});

test('effect load: what takes far too long is refused without a second try, and after five seconds at the latest', () => {
  expect(frames(firstLoad(0), 10, 120)).toEqual({ state: 'off' });
  expect(frames(firstLoad(0), 4, 1_300)).toEqual({ state: 'off' });
});

test('effect load: two seconds over budget step down, a quick frame in between begins anew', () => {
  const on: EffectLoad = { state: 'on', size: 'full', overSince: undefined };
  const strained = stepLoad(on, { atMs: 0, tookMs: 30, everyMs: 33 });
  expect(stepLoad(strained, { atMs: 1_999, tookMs: 30, everyMs: 33 })).toMatchObject({ size: 'full' });
  expect(stepLoad(strained, { atMs: 2_000, tookMs: 30, everyMs: 33 })).toMatchObject({ state: 'on', size: 'small' });
  const relieved = stepLoad(strained, { atMs: 1_000, tookMs: 5, everyMs: 33 });
  expect(stepLoad(relieved, { atMs: 2_000, tookMs: 30, everyMs: 33 })).toMatchObject({ size: 'full' });
  expect(stepLoad({ state: 'on', size: 'small', overSince: 0 }, { atMs: 2_000, tookMs: 60, everyMs: 66 })).toEqual({
    state: 'off',
  });
});

test('effect load: it never goes up by itself', () => {
  const rank = (load: EffectLoad) => (load.state === 'off' ? 0 : load.size === 'small' ? 1 : 2);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 400 }))), (steps) => {
      let [load, atMs]: [EffectLoad, number] = [firstLoad(0), 0];
      for (const [wait, tookMs] of steps) {
        atMs += wait;
        const next = stepLoad(load, { atMs, tookMs, everyMs: 33 });
        expect(rank(next)).toBeLessThanOrEqual(rank(load));
        load = next;
      }
    }),
  );
});

test('effect load: the median of an even number lies between', () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2.5, 0]);
});
