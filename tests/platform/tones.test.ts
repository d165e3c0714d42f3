// The sounds of a call are sound WAV files: right header, never clipped, silent at both ends, so that loops do not click.
import { describe, expect, it } from 'vitest';
import { makeTone, sampleRate, type Tone } from '../../src/platform/tones.ts';

const durationsMs: Record<Tone, number> = {
  chime: 3_000,
  bell: 3_000,
  marimba: 2_400,
  classic: 3_000,
  soft: 4_000,
  waiting: 5_000,
  ringback: 4_000,
  declined: 700,
  'no-answer': 1_100,
  busy: 1_500,
  ended: 600,
  connected: 600,
  joined: 420,
  left: 420,
  recording: 520,
};
const tones = Object.keys(durationsMs) as Tone[];

function samplesOf(tone: Tone): number[] {
  const bytes = makeTone(tone);
  const view = new DataView(bytes.buffer);
  return Array.from({ length: (bytes.length - 44) / 2 }, (_, i) => view.getInt16(44 + 2 * i, true));
}

describe.each(tones)('the tone %s', (tone) => {
  it('is a mono WAV file of 16 bit at 22.05 kHz', () => {
    const bytes = makeTone(tone);
    const view = new DataView(bytes.buffer);
    const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
    expect([word(0), word(8), word(12), word(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
    expect(view.getUint32(4, true)).toBe(bytes.length - 8);
    expect([view.getUint16(20, true), view.getUint16(22, true), view.getUint16(34, true)]).toEqual([1, 1, 16]);
    expect(view.getUint32(24, true)).toBe(22_050);
    expect(view.getUint32(28, true)).toBe(44_100);
    expect(view.getUint32(40, true)).toBe(bytes.length - 44);
    expect((bytes.length - 44) / 2).toBe((durationsMs[tone] * sampleRate) / 1_000);
  });

  it('is heard and never clipped', () => {
    const loudest = Math.max(...samplesOf(tone).map(Math.abs));
    expect(loudest).toBeGreaterThan(5_000);
    expect(loudest).toBeLessThan(20_000);
  });

  it('starts and ends in silence, without a click', () => {
    const samples = samplesOf(tone);
    const millisecond = Math.floor(sampleRate / 1_000);
    expect(samples[0]).toBe(0);
    // A sine that sets in without a fade is at its loudest within the first millisecond.
    expect(Math.max(...samples.slice(0, millisecond).map(Math.abs))).toBeLessThan(400);
    expect(Math.max(...samples.slice(-millisecond).map(Math.abs))).toBeLessThan(2);
  });
});

it('every tone sounds different', () => {
  expect(new Set(tones.map((tone) => makeTone(tone).join())).size).toBe(tones.length);
});
