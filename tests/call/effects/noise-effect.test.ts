// The voice without noise: the raw one is sent until the cleaned one is there, and whenever it is not.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Cleaner, NoiseEffect } from '../../../src/call/effects/noise-effect.ts';
import { defaultSettings } from '../../../src/core/data/settings.ts';
import { effectChoice, type NoiseEffectState } from '../../../src/core/media/effects.ts';
import { FakeTrack } from '../../support/doubles/fake-media-devices.ts';

const [on, off] = [true, false].map((noiseSuppression) => ({ ...effectChoice(defaultSettings), noiseSuppression })) as [
  ReturnType<typeof effectChoice>,
  ReturnType<typeof effectChoice>,
];

class FakeCleaner implements Cleaner {
  readonly track = new FakeTrack('audio', 'cleaned') as unknown as MediaStreamTrack;
  sounds = false;
  isRunning = true;
  isClosed = false;

  hasSound(): boolean {
    return this.sounds;
  }

  close(): void {
    this.isClosed = true;
  }
}

let raw: MediaStreamTrack;
let asked: MediaTrackConstraints[];
let cleaner: FakeCleaner;
let change: () => void;
let states: NoiseEffectState[];
let isThere: boolean;

function open(choice = on): NoiseEffect {
  return new NoiseEffect(
    raw,
    choice,
    { onTrack: () => undefined, onState: (state) => states.push(state) },
    {
      async openCleaner(_raw, onChange) {
        if (!isThere) throw new Error('no worklet');
        change = onChange;
        return cleaner;
      },
    },
  );
}

/** A microphone that may have a way of its own. */
function microphone(isolates = false): MediaStreamTrack {
  return Object.assign(new FakeTrack('audio', 'headset'), {
    getCapabilities: () => (isolates ? { voiceIsolation: [true, false] } : {}),
    getConstraints: () => ({ echoCancellation: true, noiseSuppression: true }),
    applyConstraints: async (wanted: MediaTrackConstraints) => void asked.push(wanted),
  }) as unknown as MediaStreamTrack;
}

beforeEach(() => {
  vi.useFakeTimers();
  [raw, asked, cleaner, states, isThere] = [microphone(), [], new FakeCleaner(), [], true];
});

afterEach(() => vi.useRealTimers());

// Seen to fail with the cleaned track sent as soon as the worklet is there.
test('noise: the raw voice is sent until something has come out of the worklet', async () => {
  const effect = open();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([effect.track === raw, states]).toEqual([true, ['starting']]);
  cleaner.sounds = true;
  await vi.advanceTimersByTimeAsync(200);
  expect([effect.track === cleaner.track, states.at(-1)]).toEqual([true, 'own']);
  expect(asked).toEqual([{ echoCancellation: true, noiseSuppression: false }]);
});

test('noise: a context that stands still or fails gives the raw voice at once, and the browser suppresses again', async () => {
  const effect = open();
  cleaner.sounds = true;
  await vi.advanceTimersByTimeAsync(200);
  cleaner.isRunning = false;
  change();
  expect([effect.track === raw, asked.at(-1)?.noiseSuppression]).toEqual([true, true]);
  cleaner.isRunning = true;
  await vi.advanceTimersByTimeAsync(200);
  expect(effect.track).toBe(cleaner.track);
});

test('noise: without a worklet the voice stays as the browser gives it', async () => {
  isThere = false;
  const effect = open();
  await vi.advanceTimersByTimeAsync(500);
  expect([effect.track === raw, states.at(-1), asked]).toEqual([true, 'browser', []]);
});

test('noise: off gives the raw voice and lets the worklet go, on again opens it anew', async () => {
  const effect = open();
  cleaner.sounds = true;
  await vi.advanceTimersByTimeAsync(200);
  const first = cleaner;
  effect.choose(off);
  expect([effect.track === raw, first.isClosed, states.at(-1)]).toEqual([true, true, 'browser']);
  cleaner = new FakeCleaner();
  cleaner.sounds = true;
  effect.choose(on);
  await vi.advanceTimersByTimeAsync(200);
  expect(effect.track).toBe(cleaner.track);
});

test('noise: a microphone that isolates voices by itself does it, and no second time', async () => {
  raw = microphone(true);
  const effect = open();
  await vi.advanceTimersByTimeAsync(500);
  expect([effect.track === raw, states]).toEqual([true, ['device']]);
  expect(asked).toMatchObject([{ voiceIsolation: true }]);
});

test('noise: its end lets the worklet go, also one that comes later', async () => {
  const effect = open();
  await vi.advanceTimersByTimeAsync(0);
  effect.stop();
  await vi.advanceTimersByTimeAsync(500);
  expect(cleaner.isClosed).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});
