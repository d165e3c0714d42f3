// What two people and two machines compare to know that nobody sits between them (docs/protocol.md#binding): the commitment, the four
// emoji, the transcript hash and the safety number. A is always the caller. Knows no WebRTC: fingerprints come in as bytes.
import { type Bytes, concat, utf8 } from '../base/bytes.ts';
import { quantumKeyBytes, type Sealer } from '../base/ports.ts';
import { type SasEmoji, sasEmojiTable } from './sas-emoji.ts';

/** Everything that a call's security hangs on. 32 bytes each, but `id`, which has 16. */
export interface CallTranscript {
  readonly id: Bytes;
  /** Identity keys of caller and callee. */
  readonly edA: Bytes;
  readonly xA: Bytes;
  readonly edB: Bytes;
  readonly xB: Bytes;
  /** The callee's ML-KEM-768 key, where the call was begun with it: whoever talks a caller out of it, or into another, is found out. */
  readonly quantumKeyB?: Bytes | undefined;
  /** X25519 keys of this call. */
  readonly ekA: Bytes;
  readonly ekB: Bytes;
  /** SHA-256 fingerprints of the DTLS certificates (RFC 8122). */
  readonly fpA: Bytes;
  readonly fpB: Bytes;
  /** Random parts: the caller commits to rA before the callee reveals rB. */
  readonly rA: Bytes;
  readonly rB: Bytes;
}

const noSalt = new Uint8Array(0);
const safetyRounds = 5200;

/**
 * The caller's promise in the invite: SHA-256("ffc/1 cm" ‖ rA ‖ fpA), 32 bytes. It covers the fingerprint, so that no
 * certificate can be chosen after rB is known.
 */
export function commitment(sealer: Pick<Sealer, 'sha256'>, rA: Bytes, fpA: Bytes): Promise<Bytes> {
  return sealer.sha256(concat(utf8('ffc/1 cm'), sized(rA, 32), sized(fpA, 32)));
}

/** The four emoji that both people see: 24 bits of HKDF-SHA256 (RFC 5869) over the whole transcript. */
export async function sasEmoji(
  sealer: Pick<Sealer, 'hkdfSha256' | 'sha256'>,
  transcript: CallTranscript,
): Promise<readonly SasEmoji[]> {
  const input = concat(sized(transcript.rA, 32), sized(transcript.rB, 32));
  const info = concat(utf8('ffc/1 sas'), await keysOf(sealer, transcript));
  const [first = 0, second = 0, third = 0] = await sealer.hkdfSha256(input, noSalt, info, 3);
  const bits = (first << 16) | (second << 8) | third;
  return [18, 12, 6, 0].flatMap((shift) => sasEmojiTable[(bits >>> shift) & 63] ?? []);
}

/** What both machines tell each other over the connected data channel: SHA-256("ffc/1 transcript" ‖ keys ‖ rA ‖ rB), 32 bytes. */
export async function transcriptHash(sealer: Pick<Sealer, 'sha256'>, transcript: CallTranscript): Promise<Bytes> {
  const { rA, rB } = transcript;
  const keys = await keysOf(sealer, transcript);
  return sealer.sha256(concat(utf8('ffc/1 transcript'), keys, sized(rA, 32), sized(rB, 32)));
}

/**
 * What only the two ends of a proven link know of it, to be named by another device that takes one end's place (docs/protocol.md#moving):
 * the first 16 bytes of SHA-256("ffc/1 moves" ‖ transcript hash).
 */
export async function moveProof(sealer: Pick<Sealer, 'sha256'>, transcript: Bytes): Promise<Bytes> {
  return (await sealer.sha256(concat(utf8('ffc/1 moves'), sized(transcript, 32)))).slice(0, 16);
}

/**
 * The number of a pair of people, for comparing outside of calls: 30 digits in groups of five, the same from both sides. The
 * person with the smaller Ed25519 key comes first; 5200 rounds h = SHA-256(h ‖ keys) make searching for look-alikes slow; then
 * five bytes (big-endian, modulo 100000) give each group, as in Signal's numbers.
 */
export async function safetyNumber(
  sealer: Pick<Sealer, 'sha256'>,
  edA: Bytes,
  xA: Bytes,
  edB: Bytes,
  xB: Bytes,
): Promise<string> {
  const a = concat(sized(edA, 32), sized(xA, 32));
  const b = concat(sized(edB, 32), sized(xB, 32));
  const keys = isBefore(a, b) ? concat(a, b) : concat(b, a);
  let hash = utf8('ffc/1 safety');
  for (let round = 0; round < safetyRounds; round++) hash = await sealer.sha256(concat(hash, keys));
  const groups = Array.from({ length: 6 }, (_, group) => {
    const number = hash.slice(5 * group, 5 * group + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    return String(number % 100_000).padStart(5, '0');
  });
  return groups.join(' ');
}

/** Fixed lengths keep two transcripts from ever giving the same bytes. */
async function keysOf(sealer: Pick<Sealer, 'sha256'>, transcript: CallTranscript): Promise<Bytes> {
  const { id, edA, xA, edB, xB, ekA, ekB, fpA, fpB, quantumKeyB } = transcript;
  const keys = [edA, xA, edB, xB, ekA, ekB, fpA, fpB].map((key) => sized(key, 32));
  const begun = concat(sized(id, 16), ...keys);
  return quantumKeyB ? concat(begun, await sealer.sha256(sized(quantumKeyB, quantumKeyBytes))) : begun;
}

function sized(bytes: Bytes, length: number): Bytes {
  if (bytes.length !== length) throw new RangeError(`expected ${length} bytes, got ${bytes.length}`);
  return bytes;
}

function isBefore(a: Bytes, b: Bytes): boolean {
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 || (a[at] ?? 0) < (b[at] ?? 0);
}
