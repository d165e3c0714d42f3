// Sound first: when a link is too thin for a picture, when it is enough again, and what a person may insist on.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BandwidthEvent,
  type BandwidthState,
  freshBandwidth,
  isThin,
  mayShowPicture,
  stepBandwidth,
} from '../../../src/core/media/bandwidth-machine.ts';

/** So many seconds of one measurement, one a second. */
function measure(
  from: { state: BandwidthState; at: number },
  seconds: number,
  kilobits: number | undefined,
  isHeldBack = true,
) {
  let { state, at } = from;
  for (let second = 0; second < seconds; second++) {
    at += 1;
    const bitsPerSecond = kilobits === undefined ? undefined : kilobits * 1_000;
    state = stepBandwidth(state, { event: 'measured', atMs: at * 1_000, bitsPerSecond, isHeldBack });
  }
  return { state, at };
}

const fresh = { state: freshBandwidth, at: 0 };
const low = measure(fresh, 7, 50);

describe('a thin link', () => {
  it('pauses the picture after six seconds below 60 kbit/s, not before', () => {
    expect(measure(fresh, 6, 59).state.state).toBe('enough');
    expect(measure(fresh, 7, 59).state.state).toBe('low');
    expect(mayShowPicture(low.state)).toBe(false);
    expect(isThin(low.state)).toBe(true);
  });

  it('does not mind 60 kbit/s, or a dip', () => {
    expect(measure(fresh, 60, 60).state.state).toBe('enough');
    expect(measure(measure(measure(fresh, 5, 20), 1, 65), 5, 20).state.state).toBe('enough');
  });

  it('brings the picture back after six seconds above 70 kbit/s, not before and not at 70', () => {
    expect(measure(low, 6, 71).state.state).toBe('low');
    expect(measure(low, 7, 71).state.state).toBe('enough');
    expect(measure(low, 12, 70).state.state).toBe('low');
    expect(measure(measure(measure(low, 5, 90), 1, 65), 5, 90).state.state).toBe('low');
  });

  it('says nothing where nobody can say', () => {
    expect(measure(fresh, 100, undefined).state.state).toBe('enough');
    expect(measure(measure(measure(fresh, 5, 20), 1, undefined), 5, 20).state.state).toBe('enough');
  });

  it('is none where little is estimated because little is sent', () => {
    expect(measure(fresh, 100, 30, false).state.state).toBe('enough');
    expect(measure(measure(measure(fresh, 3, 20), 4, 20, false), 6, 20).state.state).toBe('enough');
  });

  it('is one, too, where something is held back in one of four seconds', () => {
    expect(measure(measure(measure(fresh, 1, 20), 3, 20, false), 3, 20).state.state).toBe('low');
  });

  it('is none where nothing has been held back for three seconds', () => {
    expect(measure(measure(fresh, 3, 20), 20, 20, false).state.state).toBe('enough');
  });

  it('forgets what it knew of another connection', () => {
    expect(stepBandwidth(low.state, { event: 'restarted' })).toEqual(freshBandwidth);
  });
});

describe('trying', () => {
  const trying = measure(low, 15, 50);
  const fromNothing = measure(fresh, 22, 5);

  it('happens after 15 s, since a link on which little is sent cannot show that it carries more', () => {
    expect(measure(low, 14, 50).state.state).toBe('low');
    expect(trying.state.state).toBe('trying');
    expect(mayShowPicture(trying.state)).toBe(true);
    expect(isThin(trying.state)).toBe(true);
  });

  it('ends well after six seconds above 70 kbit/s', () => {
    expect(measure(trying, 7, 100).state).toEqual(freshBandwidth);
  });

  it('ends after three seconds below 60 kbit/s, and then waits twice as long, up to two minutes', () => {
    let now = low;
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      const pausedAt = now.at;
      while (now.state.state !== 'trying') now = measure(now, 1, 50);
      waits.push(now.at - pausedAt);
      expect(measure(now, 3, 50).state.state).toBe('trying');
      now = measure(now, 4, 50);
      expect(now.state.state).toBe('low');
    }
    expect(waits).toEqual([15, 30, 60, 120, 120, 120]);
  });

  it('goes on as long as the estimate rises, as it does from nothing, and ends well when it has risen enough', () => {
    let now = fromNothing;
    for (let kilobits = 5.5; kilobits < 70; kilobits *= 1.08) {
      now = measure(now, 1, kilobits);
      expect(now.state.state).toBe('trying');
    }
    expect(measure(now, 7, 80).state).toEqual(freshBandwidth);
  });

  it('does not end while the picture that is tried leaves room', () => {
    expect(measure(trying, 60, 30, false).state.state).toBe('trying');
    expect(measure(measure(trying, 60, 30, false), 7, 80).state).toEqual(freshBandwidth);
  });

  it('ends three seconds after the estimate has stopped rising below 60 kbit/s', () => {
    const risen = measure(measure(measure(fromNothing, 1, 20), 1, 30), 1, 40);
    expect(measure(risen, 2, 41).state.state).toBe('trying');
    expect(measure(risen, 4, 41).state.state).toBe('low');
  });
});

describe('a person', () => {
  const insisted = { ...low, state: stepBandwidth(low.state, { event: 'insisted' }) };

  it('is shown all the same when they insist, however long it stays thin', () => {
    const later = measure(insisted, 300, 20);
    expect(later.state.state).toBe('insisted');
    expect(mayShowPicture(later.state)).toBe(true);
    expect(isThin(later.state)).toBe(true);
  });

  it('has insisted only until the link is enough again', () => {
    const better = measure(insisted, 7, 100);
    expect(better.state).toEqual(freshBandwidth);
    expect(measure(better, 7, 50).state.state).toBe('low');
  });

  it('changes nothing by insisting where nothing is paused', () => {
    expect(stepBandwidth(freshBandwidth, { event: 'insisted' })).toBe(freshBandwidth);
  });
});

it('whatever is measured: a picture that was shown is paused only after six low seconds, or three while trying', () => {
  const event: fc.Arbitrary<
    { readonly gap: number; readonly kilobits: number | undefined; readonly isHeldBack: boolean } | 'insisted'
  > = fc.oneof(
    {
      weight: 20,
      arbitrary: fc.record({
        gap: fc.integer({ min: 200, max: 3_000 }),
        kilobits: fc.constantFrom(20, 59, 65, 71, 500, undefined),
        isHeldBack: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.constant('insisted' as const) },
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), (events) => {
      let state = freshBandwidth;
      let atMs = 0;
      let lowSinceMs: number | undefined;
      let heldBackAtMs: number | undefined;
      for (const one of events) {
        if (one !== 'insisted') {
          atMs += one.gap;
          if (one.isHeldBack) heldBackAtMs = atMs;
          const isHeldBack = heldBackAtMs !== undefined && atMs - heldBackAtMs <= 3_000;
          const isLow = isHeldBack && one.kilobits !== undefined && one.kilobits < 60;
          lowSinceMs = isLow ? (lowSinceMs ?? atMs) : undefined;
        }
        const step: BandwidthEvent =
          one === 'insisted'
            ? { event: 'insisted' }
            : {
                event: 'measured',
                atMs,
                bitsPerSecond: one.kilobits === undefined ? undefined : one.kilobits * 1_000,
                isHeldBack: one.isHeldBack,
              };
        const before = state;
        state = stepBandwidth(state, step);
        if (!mayShowPicture(before) || mayShowPicture(state)) continue;
        expect(atMs - (lowSinceMs ?? atMs)).toBeGreaterThanOrEqual(before.state === 'trying' ? 3_000 : 6_000);
      }
    }),
  );
});
