// What binds a call to two people and their certificates (protocol D): the commitment in the invite, the four emoji, the transcript.
import { type Bytes, concat, toHex, utf8 } from './bytes.ts';
import type { Sealer } from './ports.ts';
import { type SasEmoji, sasEmojiTable } from './sas-emoji.ts';

/** All that both sides have committed to. A is the caller, B the callee, on both sides alike. */
export interface CallTranscript {
  /** Call id, 16 bytes. */
  readonly id: Bytes;
  /** The random parts, 32 bytes each. */
  readonly rA: Bytes;
  readonly rB: Bytes;
  /** Identity keys, 32 bytes each. */
  readonly edA: Bytes;
  readonly xA: Bytes;
  readonly edB: Bytes;
  readonly xB: Bytes;
  /** Per-call X25519 keys. */
  readonly ekA: Bytes;
  readonly ekB: Bytes;
  /** SHA-256 fingerprints of both certificates. */
  readonly fpA: Bytes;
  readonly fpB: Bytes;
}

function fields({ id, edA, xA, edB, xB, ekA, ekB, fpA, fpB }: CallTranscript): Bytes {
  return concat(id, edA, xA, edB, xB, ekA, ekB, fpA, fpB);
}

/** The caller's commitment in the invite to its random part and its certificate, 32 bytes: neither can be chosen later. */
export function commitment(sealer: Sealer, rA: Bytes, fpA: Bytes): Promise<Bytes> {
  return sealer.sha256(concat(utf8('ffc/1 cm'), rA, fpA));
}

/** Four emoji from the first 24 bits of HKDF-SHA256 over both random parts and everything in the transcript. */
export async function sasEmoji(sealer: Sealer, transcript: CallTranscript): Promise<readonly SasEmoji[]> {
  const info = concat(utf8('ffc/1 sas'), fields(transcript));
  const bits = await sealer.hkdfSha256(concat(transcript.rA, transcript.rB), new Uint8Array(), info, 3);
  const number = ((bits[0] ?? 0) << 16) | ((bits[1] ?? 0) << 8) | (bits[2] ?? 0);
  return [18, 12, 6, 0].flatMap((shift) => sasEmojiTable[(number >>> shift) & 63] ?? []);
}

/** What each side says first over the data channel, 32 bytes: equal only if both saw the same call. */
export function transcriptHash(sealer: Sealer, transcript: CallTranscript): Promise<Bytes> {
  return sealer.sha256(concat(utf8('ffc/1 transcript'), fields(transcript), transcript.rA, transcript.rB));
}

const safetyRounds = 5200;

/**
 * Thirty digits in six groups of five that two people can compare on any other way: equal on both sides, whoever asks.
 * Iterated SHA-256 over both people's keys, the smaller first; each group is five bytes modulo 100000.
 */
export async function safetyNumber(sealer: Sealer, edA: Bytes, xA: Bytes, edB: Bytes, xB: Bytes): Promise<string> {
  const pairs = [concat(edA, xA), concat(edB, xB)].sort((a, b) => (toHex(a) < toHex(b) ? -1 : 1));
  const keys = concat(utf8('ffc/1 safety number'), ...pairs);
  let digest = await sealer.sha256(keys);
  for (let round = 1; round < safetyRounds; round++) digest = await sealer.sha256(concat(digest, keys));
  const groups = Array.from({ length: 6 }, (_, group) => {
    const value = digest.subarray(group * 5, group * 5 + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 100_000).padStart(5, '0');
  });
  return groups.join(' ');
}
