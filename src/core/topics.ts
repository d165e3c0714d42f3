// Where messages travel (protocol C.4): inbox topics that change every day and the two random topics of a call. All are 32 bytes, as hex.
import { concat, toHex, u32be, utf8, type Bytes } from './bytes.ts';
import type { Sealer } from './ports.ts';

const dayMs = 86_400_000;
/** Clocks may differ by this much: a listener subscribes to both days around midnight. */
const overlapMs = 7_200_000;

/** The day number that an inbox topic belongs to: whole days since the Unix epoch, UTC. */
export function epochDay(nowMs: number): number {
  return Math.floor(nowMs / dayMs);
}

/** HKDF-SHA256 (RFC 5869) of the inbox secret (16 bytes), salted with the owner's Ed25519 key, for one day. */
export async function inboxTopic(sealer: Sealer, inboxSecret: Bytes, ed25519: Bytes, epoch: number): Promise<string> {
  return toHex(await sealer.hkdfSha256(inboxSecret, ed25519, concat(utf8('ffc/1 inbox'), u32be(epoch)), 32));
}

/** The one or two inbox topics to listen on: those of two hours ago and of two hours ahead. */
export async function inboxTopicsAround(sealer: Sealer, inboxSecret: Bytes, ed25519: Bytes, nowMs: number): Promise<readonly string[]> {
  const epochs = new Set([epochDay(nowMs - overlapMs), epochDay(nowMs + overlapMs)]);
  return Promise.all([...epochs].map((epoch) => inboxTopic(sealer, inboxSecret, ed25519, epoch)));
}

/** Milliseconds until `inboxTopicsAround` gives another answer. */
export function nextTopicChange(nowMs: number): number {
  const untilBoundary = (shift: number) => dayMs - ((nowMs + shift) % dayMs);
  return Math.min(untilBoundary(overlapMs), untilBoundary(dayMs - overlapMs));
}

/** The topics of one call, from its secret of 32 bytes: caller to callee and back. */
export async function callTopics(sealer: Sealer, secret: Bytes): Promise<{ a2b: string; b2a: string }> {
  const topic = async (name: string) => toHex(await sealer.hkdfSha256(secret, new Uint8Array(), utf8(name), 32));
  const [a2b, b2a] = await Promise.all([topic('ffc/1 a2b'), topic('ffc/1 b2a')]);
  return { a2b, b2a };
}
