// Nostr events (NIP-01): made, signed by a key that lives for one event, and read. Knows no socket and no subscription.
import { schnorr, utils } from '@noble/secp256k1';
import { type Bytes, toHex, utf8 } from '../../core/base/bytes.ts';
import type { PublishFailure } from '../../core/base/ports.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { maxFrameBytes } from './relay-transport.ts';

/** Ephemeral gift wrap (NIP-59): routed by its `p` tag, one-time key, not stored. */
export const giftWrapKind = 21059;
/** Client authentication (NIP-42). */
const authKind = 22242;

/** A signed event (NIP-01). Hexadecimal is lower case; `created_at` is in seconds. */
export interface NostrEvent {
  readonly id: string;
  readonly pubkey: string;
  readonly created_at: number;
  readonly kind: number;
  readonly tags: readonly (readonly string[])[];
  readonly content: string;
  readonly sig: string;
}

/** Signs an event by a fresh key (BIP-340; NIP-01 "Events and signatures") that is forgotten at once. */
async function sign(kind: number, tags: string[][], content: string, nowMs: number): Promise<NostrEvent> {
  const secretKey = utils.randomSecretKey();
  const pubkey = toHex(schnorr.getPublicKey(secretKey));
  const created_at = Math.floor(nowMs / 1000);
  const hash = await crypto.subtle.digest(
    'SHA-256',
    utf8(JSON.stringify([0, pubkey, created_at, kind, tags, content])),
  );
  const id = new Uint8Array(hash);
  const sig = toHex(await schnorr.signAsync(id, secretKey));
  return { id: toHex(id), pubkey, created_at, kind, tags, content, sig };
}

/** A payload as an ephemeral gift wrap for a topic. strfry refuses ephemeral events above 60 s of age: `nowMs` is the real time. */
export function wrapPayload(topicHex: string, payload: Bytes, nowMs: number): Promise<NostrEvent> {
  return sign(giftWrapKind, [['p', topicHex]], toBase64(payload), nowMs);
}

/** The answer to a relay's challenge (NIP-42), by a throw-away key. */
export function answerChallenge(challenge: string, relayUrl: string, nowMs: number): Promise<NostrEvent> {
  const tags = [
    ['relay', relayUrl],
    ['challenge', challenge],
  ];
  return sign(authKind, tags, '', nowMs);
}

/**
 * Topic and payload of a gift wrap that came in, or undefined when it is not for one of the topics or not well-formed.
 * Its signature is not looked at: the payload is sealed, and the key says nothing.
 */
export function unwrapPayload(
  event: unknown,
  topics: ReadonlySet<string>,
): { readonly topicHex: string; readonly payload: Bytes } | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  const { kind, tags, content } = event as { kind?: unknown; tags?: unknown; content?: unknown };
  if (kind !== giftWrapKind || !Array.isArray(tags) || typeof content !== 'string') return undefined;
  const tag: unknown = tags.find((candidate: unknown) => Array.isArray(candidate) && candidate[0] === 'p');
  const topicHex: unknown = Array.isArray(tag) ? tag[1] : undefined;
  if (typeof topicHex !== 'string' || !topics.has(topicHex)) return undefined;
  const payload = fromBase64(content, maxFrameBytes);
  return payload && { topicHex, payload };
}

/** A message from a relay: a JSON array that begins with a word (NIP-01), or undefined. */
export function parseRelayMessage(text: string): readonly [string, ...unknown[]] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const message: unknown = JSON.parse(text);
    return Array.isArray(message) && typeof message[0] === 'string' ? [message[0], ...message.slice(1)] : undefined;
  } catch {
    return undefined;
  }
}

const tooLarge =
  /too (?:large|big|long)|(?:size|length) (?:limit|exceed)|max(?:imum)?[_ ](?:message|event|content)|must be less than or equal/i;
const wrongClock =
  /created_at|creation date|timestamp|too (?:old|new|early|late)|in the (?:past|future)|expired|clock/i;

const tooOften = /rate.?limit|too (?:many|much|fast|often|frequent)|slow(?:ing)? down|throttl|quota/i;
/** Of a relay that is not itself: NIP-01's `error:`, and what relays say without it. */
const trouble = /^error:|try again|temporar|unavailable|overload|internal|shutting down|busy/i;

/** What the reason of an `OK false` or `CLOSED` message means (NIP-01 and NIP-42 prefixes; strfry's and khatru's words). */
export function publishFailureOf(reason: string): Exclude<PublishFailure, 'down'> {
  if (reason.startsWith('rate-limited:')) return 'rate-limited';
  if (reason.startsWith('auth-required:') || reason.startsWith('restricted:')) return 'needs-login';
  // A relay may answer pow:, blocked: and mute: with any words behind them; only free text and invalid: tell of size or time.
  if (/^(?:pow|blocked|mute):/.test(reason)) return 'refused';
  if (tooLarge.test(reason)) return 'too-large';
  if (wrongClock.test(reason)) return 'clock-wrong';
  if (tooOften.test(reason)) return 'rate-limited';
  return trouble.test(reason) && !reason.startsWith('invalid:') ? 'in-trouble' : 'refused';
}

/** Whether a relay that refuses an event for its time finds it too old or too new; undefined when its words do not tell. */
export function refusedTimeIs(reason: string): 'old' | 'new' | undefined {
  const isOld = /too (?:old|early)|expired|in the past|stale/i.test(reason);
  const isNew = /too (?:new|late)|future|ahead/i.test(reason);
  return isOld === isNew ? undefined : isOld ? 'old' : 'new';
}
