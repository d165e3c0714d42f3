// Who speaks, and the hint for people who speak while muted, by level and time alone.
import { describe, expect, it } from 'vitest';
import { MutedSpeech, SpeechGate } from '../../../src/call/devices/speech.ts';
import { rootMeanSquare } from '../../../src/ui/sound/sound-level.ts';

/** The times, each 100 ms, at which the hint shows while this is heard. */
function shownAt(
  hint: MutedSpeech,
  fromMs: number,
  toMs: number,
  heard: { muted: boolean; speaking: boolean },
): number[] {
  const shown: number[] = [];
  for (let atMs = fromMs; atMs < toMs; atMs += 100) if (hint.hear({ ...heard, atMs })) shown.push(atMs);
  return shown;
}

describe('loudness', () => {
  it('is the root mean square of the samples', () => {
    expect(rootMeanSquare(new Float32Array([0.5, -0.5, 0.5, -0.5]))).toBeCloseTo(0.5);
    expect(rootMeanSquare(new Float32Array(0))).toBe(0);
  });

  it('counts as speech from three percent on, and holds for a moment', () => {
    const gate = new SpeechGate();
    expect(gate.hear(0.012, 0)).toBe(false);
    expect(gate.hear(0.03, 100)).toBe(true);
    expect(gate.hear(0, 400)).toBe(true);
    expect(gate.hear(0, 401)).toBe(false);
  });
});

describe('the hint to a muted person', () => {
  const speaking = { muted: true, speaking: true };

  it('comes after a second of speech and goes after a while', () => {
    const shown = shownAt(new MutedSpeech(), 0, 20_000, speaking);
    expect(shown[0]).toBe(1_000);
    expect(shown.at(-1)).toBe(8_900);
  });

  it('does not come for a cough now and then', () => {
    const hint = new MutedSpeech();
    expect(shownAt(hint, 0, 900, speaking)).toEqual([]);
    expect(shownAt(hint, 900, 1_700, { muted: true, speaking: false })).toEqual([]);
    expect(shownAt(hint, 1_700, 2_500, speaking)).toEqual([]);
  });

  it('hears past the breath between two words', () => {
    const hint = new MutedSpeech();
    expect(shownAt(hint, 0, 700, speaking)).toEqual([]);
    expect(shownAt(hint, 700, 1_000, { muted: true, speaking: false })).toEqual([]);
    expect(shownAt(hint, 1_000, 1_500, speaking)).not.toEqual([]);
  });

  it('comes at most once in thirty seconds', () => {
    const shown = shownAt(new MutedSpeech(), 0, 32_000, speaking);
    expect(shown.filter((atMs) => atMs > 9_000)[0]).toBe(31_000);
  });

  it('goes at once when the person unmutes, and does not return with the next mute', () => {
    const hint = new MutedSpeech();
    expect(shownAt(hint, 0, 1_100, speaking)).toEqual([1_000]);
    expect(hint.hear({ muted: false, speaking: true, atMs: 1_100 })).toBe(false);
    expect(shownAt(hint, 1_200, 5_000, speaking)).toEqual([]);
  });

  it('never comes while the microphone is open', () => {
    expect(shownAt(new MutedSpeech(), 0, 10_000, { muted: false, speaking: true })).toEqual([]);
  });
});
