// Two clocks over hours: a sender's, which counts its pictures and sound, and ours.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClockReading } from '../../../src/core/recording/kept-recording.ts';
import { ticksSince, trackClock } from '../../../src/core/recording/track-clock.ts';
import { seededRandom } from '../../support/doubles/seeded-random.ts';

const wrap = 2 ** 32;
const hourMs = 3_600_000;

/** What a sender's clock shows that runs faster by `drift` and stood at `start` when ours stood at `fromMs`. */
const shows = (start: number, fromMs: number, drift: number, ticksPerSecond: number) => (atMs: number) =>
  ((Math.round(start + (atMs - fromMs) * (1 + drift) * (ticksPerSecond / 1_000)) % wrap) + wrap) % wrap;

describe('ticks', () => {
  test('are counted the shorter way round', () => {
    expect([ticksSince(10, 30), ticksSince(30, 10), ticksSince(wrap - 5, 5), ticksSince(5, wrap - 5)]).toEqual([
      20, -20, 10, -10,
    ]);
  });
});

describe("a track's clock", () => {
  test('over two hours every moment is right to some ms, whatever the drift, the wrap and late readings', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: wrap - 1 }),
        fc.integer({ min: -200, max: 200 }),
        fc.constantFrom(48_000, 90_000),
        fc.integer({ min: 0, max: hourMs }),
        fc.nat(1_000_000),
        (start, perMillion, rate, fromMs, seed) => {
          const theirs = shows(start, fromMs, perMillion / 1e6, rate);
          const random = seededRandom(seed);
          const readings: ClockReading[] = [];
          // Up to 10 ms late each, which moves all by 5 ms at most in the middle.
          for (let at = fromMs; at <= fromMs + 2 * hourMs; at += 5_000)
            readings.push({ atMs: at + random() * 10, rtp: theirs(at) });
          const clock = trackClock(readings, rate);
          for (let at = fromMs; at <= fromMs + 2 * hourMs; at += 97_001) {
            const wrong = (clock?.msAt(theirs(at)) ?? Number.NaN) - at;
            // As late as the readings are on the average.
            expect(Math.abs(wrong - 5)).toBeLessThan(2);
          }
          expect(Math.abs((clock?.drift ?? 1) - perMillion / 1e6)).toBeLessThan(2e-6);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('that is added up from 20 ms of sound each would be a quarter of a second off: what the line is for', () => {
    const theirs = shows(0, 0, 50 / 1e6, 48_000);
    const end = 2 * hourMs;
    const addedUp = theirs(end) / 48;
    expect(addedUp - end).toBeGreaterThan(250);
    const readings = Array.from({ length: 1_440 }, (_, at) => ({ atMs: at * 5_000, rtp: theirs(at * 5_000) }));
    expect(Math.abs((trackClock(readings, 48_000)?.msAt(theirs(end)) ?? 0) - end)).toBeLessThan(1);
  });

  test('of a few seconds takes the usual speed, and no slope out of noise', () => {
    const readings = [
      { atMs: 1_000, rtp: 48_000 },
      { atMs: 6_030, rtp: 288_000 },
    ];
    const clock = trackClock(readings, 48_000);
    expect(clock?.drift).toBeCloseTo(0, 12);
    expect(clock?.msAt(48_000 * 3)).toBeCloseTo(3_015);
  });

  test('believes no clock that is off by more than clocks are', () => {
    const readings = [
      { atMs: 0, rtp: 0 },
      { atMs: 60_000, rtp: 48_000 * 50 },
    ];
    expect(Math.abs(trackClock(readings, 48_000)?.drift ?? 1)).toBeLessThan(0.0011);
  });

  test('is none without a reading', () => {
    expect(trackClock([], 48_000)).toBeUndefined();
  });
});
