// The sounds of a call, made from sine waves when needed: no sound file is shipped. Pure: bytes of a WAV file
// (RIFF, PCM 16 bit, mono) in, nothing played here.
import type { Bytes } from '../core/base/bytes.ts';
import type { RingtoneName } from '../core/base/ringtone-name.ts';

export type Tone =
  | RingtoneName
  | 'waiting'
  | 'ringback'
  | 'declined'
  | 'no-answer'
  | 'busy'
  | 'ended'
  | 'connected'
  | 'joined'
  | 'recording'
  | 'left';

export const sampleRate = 22_050;
const headerBytes = 44;
/** Quiet enough for a headset, and far from clipping. */
const peak = 0.4;
const fadeMs = 12;

interface Note {
  readonly hz: readonly number[];
  readonly atMs: number;
  readonly ms: number;
  /** 'pluck' dies away like a struck bar; 'hold' stays level like a line tone. */
  readonly shape: 'pluck' | 'hold';
  readonly loudness?: number;
}

interface Score {
  readonly ms: number;
  readonly notes: readonly Note[];
}

const C4 = 261.63;
const G4 = 392;
const A4 = 440;
const C5 = 523.25;
const D5 = 587.33;
const E5 = 659.26;
const F5 = 698.46;
const G5 = 783.99;
const A5 = 880;
const C6 = 1046.5;

const scores: Record<Tone, Score> = {
  // A rolled C major chord, then F major, and a breath: a loop of three seconds.
  chime: {
    ms: 3_000,
    notes: [
      { hz: [C5], atMs: 0, ms: 900, shape: 'pluck' },
      { hz: [E5], atMs: 110, ms: 900, shape: 'pluck' },
      { hz: [G5], atMs: 220, ms: 900, shape: 'pluck' },
      { hz: [F5], atMs: 750, ms: 1_200, shape: 'pluck' },
      { hz: [A5], atMs: 860, ms: 1_200, shape: 'pluck' },
      { hz: [C6], atMs: 970, ms: 1_200, shape: 'pluck', loudness: 0.8 },
    ],
  },
  // Under a conversation: two soft notes, and a long breath. A loop of five seconds.
  waiting: {
    ms: 5_000,
    notes: [
      { hz: [E5], atMs: 0, ms: 260, shape: 'pluck', loudness: 0.45 },
      { hz: [G5], atMs: 180, ms: 420, shape: 'pluck', loudness: 0.45 },
    ],
  },
  // A small bell, struck twice: its overtones are no harmonics.
  bell: {
    ms: 3_000,
    notes: [0, 700].flatMap((atMs): Note[] => [
      { hz: [A5], atMs, ms: 1_800, shape: 'pluck' },
      { hz: [A5 * 2.4], atMs, ms: 900, shape: 'pluck', loudness: 0.4 },
    ]),
  },
  // Wooden bars, up and down.
  marimba: {
    ms: 2_400,
    notes: [G4, C5, E5, G5, E5, C5, G4].map((hz, i): Note => ({ hz: [hz], atMs: i * 150, ms: 320, shape: 'pluck' })),
  },
  // Two short rings and a pause, as telephones had it.
  classic: {
    ms: 3_000,
    notes: [0, 600].map((atMs): Note => ({ hz: [400, 450], atMs, ms: 400, shape: 'hold', loudness: 0.8 })),
  },
  // For rooms where others work.
  soft: {
    ms: 4_000,
    notes: [
      { hz: [G4], atMs: 0, ms: 1_600, shape: 'pluck', loudness: 0.5 },
      { hz: [C5], atMs: 700, ms: 2_000, shape: 'pluck', loudness: 0.5 },
    ],
  },
  ringback: {
    ms: 4_000,
    notes: [{ hz: [A4, C5], atMs: 0, ms: 1_200, shape: 'hold', loudness: 0.6 }],
  },
  declined: {
    ms: 700,
    notes: [
      { hz: [E5], atMs: 0, ms: 260, shape: 'pluck' },
      { hz: [C5], atMs: 180, ms: 480, shape: 'pluck' },
    ],
  },
  'no-answer': {
    ms: 1_100,
    notes: [
      { hz: [G4], atMs: 0, ms: 350, shape: 'pluck' },
      { hz: [G4], atMs: 320, ms: 350, shape: 'pluck' },
      { hz: [C4], atMs: 640, ms: 440, shape: 'pluck' },
    ],
  },
  busy: {
    ms: 1_500,
    notes: [0, 500, 1_000].map((atMs): Note => ({ hz: [A4], atMs, ms: 250, shape: 'hold', loudness: 0.6 })),
  },
  ended: {
    ms: 600,
    notes: [
      { hz: [D5], atMs: 0, ms: 250, shape: 'pluck', loudness: 0.7 },
      { hz: [G4], atMs: 140, ms: 440, shape: 'pluck', loudness: 0.7 },
    ],
  },
  // Somebody else comes into the call, and goes: shorter and softer than one's own coming and going.
  joined: {
    ms: 420,
    notes: [
      { hz: [A4], atMs: 0, ms: 180, shape: 'pluck', loudness: 0.5 },
      { hz: [E5], atMs: 90, ms: 320, shape: 'pluck', loudness: 0.5 },
    ],
  },
  // A recording begins or ends: one note, twice, unlike every other sound of a call.
  recording: {
    ms: 520,
    notes: [0, 220].map((atMs): Note => ({ hz: [A5], atMs, ms: 280, shape: 'pluck', loudness: 0.6 })),
  },
  left: {
    ms: 420,
    notes: [
      { hz: [E5], atMs: 0, ms: 180, shape: 'pluck', loudness: 0.5 },
      { hz: [A4], atMs: 90, ms: 320, shape: 'pluck', loudness: 0.5 },
    ],
  },
  connected: {
    ms: 600,
    notes: [
      { hz: [G4], atMs: 0, ms: 250, shape: 'pluck', loudness: 0.7 },
      { hz: [D5], atMs: 140, ms: 440, shape: 'pluck', loudness: 0.7 },
    ],
  },
};

/** The bytes of a WAV file of this tone. Ringtones, ringback and the tone of whoever waits are made to be looped: their silence is inside. */
export function makeTone(tone: Tone): Bytes {
  return encodeWav(render(scores[tone]));
}

function render(score: Score): Float64Array {
  const samples = new Float64Array(Math.round((score.ms / 1_000) * sampleRate));
  for (const note of score.notes) addNote(samples, note);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const wanted = peak * Math.max(...score.notes.map((note) => note.loudness ?? 1));
  return samples.map((sample) => (sample * wanted) / loudest);
}

function addNote(samples: Float64Array, { hz, atMs, ms, shape, loudness = 1 }: Note): void {
  const start = Math.round((atMs / 1_000) * sampleRate);
  const length = Math.min(Math.round((ms / 1_000) * sampleRate), samples.length - start);
  const fade = Math.round((fadeMs / 1_000) * sampleRate);
  for (let i = 0; i < length; i++) {
    const seconds = i / sampleRate;
    const edge = smooth(Math.min(i, length - 1 - i) / fade);
    const body = shape === 'pluck' ? Math.exp((-4.5 * i) / length) : 1;
    let sample = 0;
    // A little of the octave makes a sine sound like an instrument.
    for (const pitch of hz) {
      const turn = 2 * Math.PI * pitch * seconds;
      sample += Math.sin(turn) + 0.18 * Math.sin(2 * turn);
    }
    samples[start + i] = (samples[start + i] ?? 0) + sample * edge * body * loudness;
  }
}

/** 0 to 1 with flat ends: an edge without a click. */
function smooth(part: number): number {
  const bounded = Math.min(1, Math.max(0, part));
  return 0.5 - 0.5 * Math.cos(Math.PI * bounded);
}

function encodeWav(samples: Float64Array): Bytes {
  const bytes = new Uint8Array(headerBytes + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const ascii = (at: number, word: string) => {
    for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
  };
  ascii(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  ascii(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  ascii(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, i) => {
    view.setInt16(headerBytes + 2 * i, Math.round(sample * 32_767), true);
  });
  return bytes;
}
