// Voices laid over each other at their time.
import { expect, test } from 'vitest';
import { limited, mixRate, newVoice, SoundMix } from '../../../src/core/recording/sound-mix.ts';

const level = (value: number, ms: number, rate = mixRate) => new Float32Array((ms * rate) / 1_000).fill(value);
const left = (mix: SoundMix, ms: number) => mix.take((ms * mixRate) / 1_000).subarray(0, (ms * mixRate) / 1_000);
const at = (samples: Float32Array, ms: number) => samples[(ms * mixRate) / 1_000] ?? Number.NaN;

test('sound mix: two voices are heard together, each from its own moment on, and silence between', () => {
  const mix = new SoundMix();
  mix.add(newVoice(), { channels: [level(0.25, 100)], rate: mixRate, atMs: 50 });
  mix.add(newVoice(), { channels: [level(0.5, 100)], rate: mixRate, atMs: 100 });
  const heard = left(mix, 300);
  expect([25, 75, 125, 175, 250].map((ms) => at(heard, ms))).toEqual([0, 0.25, 0.75, 0.5, 0]);
});

test('sound mix: blocks of one voice have no seam where their times are rounded, and keep a gap that is one', () => {
  const mix = new SoundMix();
  const voice = newVoice();
  for (const atMs of [0, 63, 117, 300]) mix.add(voice, { channels: [level(0.5, 60)], rate: mixRate, atMs });
  const heard = left(mix, 400);
  // 0 to 180 without a hole or a place that is heard twice; the fourth where it belongs.
  expect(new Set(heard.subarray(0, (180 * mixRate) / 1_000))).toEqual(new Set([0.5]));
  expect([200, 290, 310, 359, 370].map((ms) => at(heard, ms))).toEqual([0, 0, 0.5, 0.5, 0]);
});

test('sound mix: of a voice that says the same moment twice it is heard once', () => {
  const mix = new SoundMix();
  const voice = newVoice();
  for (const atMs of [0, 100]) mix.add(voice, { channels: [level(0.25, 200)], rate: mixRate, atMs });
  const heard = left(mix, 400);
  expect([50, 150, 250, 310].map((ms) => at(heard, ms))).toEqual([0.25, 0.25, 0.25, 0]);
});

test('sound mix: what reaches over the end of what was taken is heard in the next part, once', () => {
  const mix = new SoundMix();
  const voice = newVoice();
  mix.add(voice, { channels: [level(0.5, 1_500)], rate: mixRate, atMs: 0 });
  expect(at(left(mix, 1_000), 999)).toBe(0.5);
  const next = left(mix, 1_000);
  expect([0, 499, 501].map((ms) => at(next, ms))).toEqual([0.5, 0.5, 0]);
  // Too late for its place: only what is still to come is laid in.
  mix.add(newVoice(), { channels: [level(0.25, 1_000)], rate: mixRate, atMs: 1_500 });
  const late = left(mix, 1_000);
  expect([0, 499, 501].map((ms) => at(late, ms))).toEqual([0.25, 0.25, 0]);
});

test('sound mix: other rates and one or two channels come out as they went in', () => {
  const mix = new SoundMix();
  mix.add(newVoice(), { channels: [level(0.5, 100, 16_000), level(0.25, 100, 16_000)], rate: 16_000, atMs: 0 });
  const taken = mix.take((200 * mixRate) / 1_000);
  expect([taken[2_400], taken[taken.length / 2 + 2_400], taken[7_200]]).toEqual([0.5, 0.25, 0]);
});

test('sound mix: many who shout at once are never cut off, and one who speaks is not changed', () => {
  expect([0, 0.3, -0.8].map(limited)).toEqual([0, 0.3, -0.8]);
  for (const loud of [1, 3, 8]) {
    expect(limited(loud)).toBeLessThanOrEqual(1);
    expect(limited(-loud)).toBe(-limited(loud));
  }
  expect(limited(1.2)).toBeGreaterThan(limited(0.9));
});

// Of a clock that is 50 millionths fast, two hours: here a hundred times as fast, so that it is heard in a hundredth of the time.
test('sound mix: a voice stays where its times say, however long its clock drifts', () => {
  const mix = new SoundMix();
  const voice = newVoice();
  const step = 1_000;
  let worstMs = 0;
  for (let said = 0; said < 72; said++) {
    const atMs = said * step * (1 - 100 * 50e-6);
    // Spoken without a pause: as much sound as the sender's clock counted.
    mix.add(voice, { channels: [level(0.5, step)], rate: mixRate, atMs });
    worstMs = Math.max(worstMs, Math.abs((voice.next * 1_000) / mixRate - (atMs + step)));
    mix.take(mixRate * 0.9);
  }
  expect(worstMs).toBeLessThan(41);
});
