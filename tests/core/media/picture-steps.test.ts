// A short computer sends a smaller picture, with the codec that costs least; one with room gets the better codec.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodecState, freshCodec, stepCodec } from '../../../src/core/media/picture-codec.ts';
import { freshLoad, type Load, type LoadState, pictureSteps, stepLoad } from '../../../src/core/media/picture-steps.ts';

interface Now {
  readonly state: LoadState;
  readonly at: number;
}

function lasting(from: Now, seconds: number, load: Load): Now {
  let { state, at } = from;
  for (let second = 0; second < seconds; second++) {
    at += 1;
    state = stepLoad(state, { atMs: at * 1_000, load });
  }
  return { state, at };
}

const fresh: Now = { state: freshLoad, at: 0 };

describe('the steps', () => {
  it('go down one by one, each after three busy seconds', () => {
    expect(lasting(fresh, 3, 'busy').state.step).toBe(0);
    expect(lasting(fresh, 4, 'busy').state.step).toBe(1);
    expect(lasting(fresh, 8, 'busy').state.step).toBe(2);
    expect(lasting(fresh, 100, 'busy').state.step).toBe(pictureSteps.length - 1);
  });

  it('do not go down for a busy moment', () => {
    expect(lasting(lasting(lasting(fresh, 3, 'busy'), 1, 'fine'), 3, 'busy').state.step).toBe(0);
  });

  it('go up after ten idle seconds, not for a computer that is merely fine', () => {
    const down = lasting(fresh, 4, 'busy');
    expect(lasting(down, 10, 'idle').state.step).toBe(1);
    expect(lasting(down, 11, 'idle').state.step).toBe(0);
    expect(lasting(down, 100, 'fine').state.step).toBe(1);
  });

  it('wait twice as long after a step up that was one too many', () => {
    let now = lasting(fresh, 4, 'busy');
    const waits: number[] = [];
    for (let round = 0; round < 7; round++) {
      const at = now.at;
      while (now.state.step === 1) now = lasting(now, 1, 'idle');
      waits.push(now.at - at - 1);
      now = lasting(now, 4, 'busy');
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 160, 160]);
  });

  it('are never left, whatever the computer does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom<Load>('busy', 'fine', 'idle'), fc.integer({ min: 100, max: 20_000 }))),
        (loads) => {
          let state = freshLoad;
          let atMs = 0;
          for (const [load, gap] of loads) {
            atMs += gap;
            const before = state.step;
            state = stepLoad(state, { atMs, load });
            expect(pictureSteps[state.step]).toBeDefined();
            expect(Math.abs(state.step - before)).toBeLessThanOrEqual(1);
            if (state.step > before) expect(load).toBe('busy');
            if (state.step < before) expect(load).toBe('idle');
          }
        },
      ),
    );
  });
});

describe('the codec', () => {
  function stepsAfter(from: CodecState, seconds: number, load: Load, step: number, start = 0): CodecState {
    let state = from;
    for (let second = 0; second <= seconds; second++) state = stepCodec(state, (start + second) * 1_000, load, step);
    return state;
  }

  it('is the first that both agreed on until the computer has shown six seconds of room', () => {
    expect(stepsAfter(freshCodec, 100, 'fine', 0).codec).toBeUndefined();
    expect(stepsAfter(freshCodec, 5, 'idle', 0).codec).toBeUndefined();
    expect(stepsAfter(freshCodec, 6, 'idle', 0).codec).toBe('VP9');
  });

  it('stays the better one while the computer is fine with it', () => {
    expect(stepsAfter(stepsAfter(freshCodec, 6, 'idle', 0), 100, 'fine', 0, 7).codec).toBe('VP9');
  });

  it('is the cheapest as soon as the computer is short, and the better one is not tried again', () => {
    const short = stepsAfter(stepsAfter(freshCodec, 6, 'idle', 0), 0, 'busy', 1, 7);
    expect(short.codec).toBe('H264');
    expect(stepsAfter(short, 100, 'idle', 1, 8).codec).toBe('H264');
    expect(stepsAfter(short, 100, 'idle', 0, 8).codec).toBeUndefined();
  });
});
