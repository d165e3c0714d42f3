// Messages that are left when a call is not answered: what is known of one, and how many there may be (docs/protocol.md#left-messages). Pure.
import * as v from 'valibot';
import { clockToleranceMs } from '../base/clock-tolerance.ts';
import { byteString, whole, wireObject } from '../base/wire-object.ts';
import { type Announced, announcedEntries, messageLifeMs, mostOfContact } from './announced.ts';

/** The longest that is recorded. */
export const longestSeconds = 180;
/** Of one contact may wait, and in all may lie here, in bytes. */
export const mostWaiting = 5;
const mostInAll = 500_000_000;
/** Of one contact are known, those that are over among them: more are not heard of before some are forgotten. */
const mostKnown = 200;
/** That it was there is known a little longer than it is kept, so that nothing comes twice. */
const rememberedMs = messageLifeMs + 7 * 24 * 3_600_000;

/** What is said in a call of one that waits: also which call it is about, and when that was. */
const waitingSchema = wireObject({ ...announcedEntries, call: byteString(16), at: whole(0, Number.MAX_SAFE_INTEGER) });

/** Of those that are over, the latest are told. */
export const mostOver = 32;

/** Everything that waits for the other side of a call, and what does not wait any more. */
export const leftSchema = wireObject({
  msgs: v.pipe(v.array(waitingSchema), v.maxLength(mostWaiting)),
  over: v.pipe(v.array(byteString(16)), v.maxLength(mostOver)),
});
export type SaidLeft = v.InferOutput<typeof leftSchema>;

export type MessageKind = Announced['kind'];

/** `draft`: recorded and not sent. `over`: taken back, deleted, or too old. */
type OutState = 'draft' | 'waiting' | 'delivered' | 'over';
/** `announced`: to be fetched. `over`: deleted, taken back before it was fetched, or too old. */
type InState = 'announced' | 'arrived' | 'heard' | 'over';

interface MessageFacts {
  /** 16 random bytes, base64url. */
  readonly m: string;
  readonly callId: string;
  /** From or to whom. */
  readonly contactId: string;
  readonly kind: MessageKind;
  readonly seconds: number;
  /** Bytes, sealed; 0 of a draft. */
  readonly size: number;
  /** Base64url of 32 bytes each; empty of a draft, and of one that is over. */
  readonly hash: string;
  readonly key: string;
  /** When the call was, ms since the epoch. */
  readonly at: number;
  /** Since when it is as it is. */
  readonly since: number;
}

export type SentMessage = MessageFacts & { readonly direction: 'out'; readonly state: OutState };
export type ReceivedMessage = MessageFacts & { readonly direction: 'in'; readonly state: InState };
export type LeftMessage = SentMessage | ReceivedMessage;

export function announcedOf({ m, seconds: s, size, kind, hash, key }: LeftMessage): Announced {
  return { m, s, size, kind, hash, key };
}

/** A message that was not known so far. */
export function receivedMessage(
  contactId: string,
  { m, s: seconds, size, kind, hash, key }: Announced,
  callId: string,
  at: number,
  now: number,
): ReceivedMessage {
  const facts = { m, callId, contactId, kind, seconds, size, hash, key, at: Math.min(at, now), since: now };
  return { ...facts, direction: 'in', state: 'announced' };
}

/** A moment that a message may name: as old as one may become, give or take what clocks may differ. */
export function isCredibleLeft(at: number, now: number): boolean {
  return at <= now + clockToleranceMs && now - at <= messageLifeMs + clockToleranceMs;
}

/** Whether its bytes lie here, or are about to. */
export function hasBytes({ state }: LeftMessage): boolean {
  return state === 'waiting' || state === 'announced' || state === 'arrived' || state === 'heard';
}

/** Whether a message that a contact tells of is written down. `all`: everything that is known here. */
export function mayBeKnown(all: readonly LeftMessage[], message: ReceivedMessage, now: number): boolean {
  const ofThem = all.filter((one) => one.direction === 'in' && one.contactId === message.contactId);
  return (
    isCredibleLeft(message.at, now) &&
    all.every(({ m }) => m !== message.m) &&
    // One for each call.
    ofThem.every(({ callId }) => callId !== message.callId) &&
    ofThem.length < mostKnown &&
    ofThem.filter(({ state }) => state === 'announced').length < mostWaiting
  );
}

const sizeOf = (some: readonly LeftMessage[]): number => some.reduce((sum, { size }) => sum + size, 0);

/** Whether there is room for its bytes beside those that lie here. */
export function hasRoomFor(
  all: readonly LeftMessage[],
  message: Pick<LeftMessage, 'm' | 'contactId' | 'size'>,
): boolean {
  const lying = all.filter((one) => one.m !== message.m && hasBytes(one) && one.state !== 'announced');
  const ofThem = lying.filter(({ contactId }) => contactId === message.contactId);
  return sizeOf(ofThem) + message.size <= mostOfContact && sizeOf(lying) + message.size <= mostInAll;
}

/** Whether one more may wait for this contact. */
export function mayWait(all: readonly LeftMessage[], contactId: string): boolean {
  const waiting = all.filter((one) => one.state === 'waiting' && one.contactId === contactId);
  return waiting.length < mostWaiting;
}

/** @returns whether it is so old that nothing is kept of it, not even that it was there. */
export function isForgotten({ state, at, since }: LeftMessage, now: number): boolean {
  const isDone = state === 'over' || state === 'delivered';
  return isDone && now - Math.max(at, since) >= rememberedMs;
}
