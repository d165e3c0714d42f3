// Where messages are left (docs/protocol.md#topics): inbox topics that change every UTC day, and two random topics per call.
// Relays show their topic list to anyone; without the link nobody can tell whose topic it is. Reads no clock.
import { type Bytes, concat, toHex, u32be, utf8 } from '../base/bytes.ts';
import { clockToleranceMs } from '../base/clock-tolerance.ts';
import type { Sealer } from '../base/ports.ts';

const dayMs = 86_400_000;
const overlapMs = clockToleranceMs;

/** The number of whole UTC days since the Unix epoch. */
export function epochDay(nowMs: number): number {
  return Math.floor(nowMs / dayMs);
}

/** Inbox topic of one day: 32 bytes as lower-case hex. HKDF-SHA256 (RFC 5869) of the 16-byte inbox secret, salted with the owner's Ed25519 key. */
export async function inboxTopic(
  sealer: Pick<Sealer, 'hkdfSha256'>,
  inboxSecret: Bytes,
  ed25519: Bytes,
  epoch: number,
): Promise<string> {
  return toHex(await sealer.hkdfSha256(inboxSecret, ed25519, concat(utf8('ffc/1 inbox'), u32be(epoch)), 32));
}

/** The days whose topics the owner listens on and a caller writes to: those of two hours ago and of two hours ahead, one or two. */
export function epochsAround(nowMs: number): readonly number[] {
  return [...new Set([epochDay(nowMs - overlapMs), epochDay(nowMs + overlapMs)])];
}

/** The topics of an inbox on those days. */
export function inboxTopicsAround(
  sealer: Pick<Sealer, 'hkdfSha256'>,
  inboxSecret: Bytes,
  ed25519: Bytes,
  nowMs: number,
): Promise<readonly string[]> {
  return Promise.all(epochsAround(nowMs).map((epoch) => inboxTopic(sealer, inboxSecret, ed25519, epoch)));
}

/** Fewest topics of inboxes that a person asks a relay for, for each day. */
const fewestTopics = 8;

/**
 * Topics that nobody writes to, so many for each of the days that with `used` others they are a power of two, 8 at least: by their number relays
 * would know how many contacts a person has. The same on every device and all day long.
 */
export async function unusedTopics(
  sealer: Pick<Sealer, 'hkdfSha256'>,
  padding: Bytes,
  epochs: readonly number[],
  used: number,
): Promise<readonly string[]> {
  const wanted = Math.max(fewestTopics, 2 ** Math.ceil(Math.log2(Math.max(1, used))));
  const numbers = Array.from({ length: wanted - used }, (_, i) => i);
  const empty = new Uint8Array(0);
  return Promise.all(
    epochs.flatMap((epoch) =>
      numbers.map(async (i) =>
        toHex(await sealer.hkdfSha256(padding, empty, concat(utf8('ffc/1 unused topic'), u32be(epoch), u32be(i)), 32)),
      ),
    ),
  );
}

/** Milliseconds, above 0, until epochsAround gives other days. */
export function nextTopicChange(nowMs: number): number {
  const sinceMidnight = nowMs - epochDay(nowMs) * dayMs;
  const changes = [overlapMs, dayMs - overlapMs, dayMs + overlapMs];
  return (changes.find((change) => change > sinceMidnight) ?? dayMs) - sinceMidnight;
}

/** The two topics of a call, caller to callee and back, from the 32-byte call secret of the invite. */
export async function callTopics(
  sealer: Pick<Sealer, 'hkdfSha256'>,
  st: Bytes,
): Promise<{ readonly a2b: string; readonly b2a: string }> {
  return { a2b: await topicOf(sealer, st, 'ffc/1 a2b'), b2a: await topicOf(sealer, st, 'ffc/1 b2a') };
}

async function topicOf(sealer: Pick<Sealer, 'hkdfSha256'>, secret: Bytes, info: string): Promise<string> {
  return toHex(await sealer.hkdfSha256(secret, new Uint8Array(0), utf8(info), 32));
}
