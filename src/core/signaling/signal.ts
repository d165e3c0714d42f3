// The words inside an envelope (docs/protocol.md#signals): what caller and callee say to each other over relays. Parsing never throws;
// whatever is not exactly one of these messages is undefined.
import * as v from 'valibot';
import { fromBase64url } from '../base/bytes.ts';
import { moveLosses, moveObstacles } from '../base/move-outlook.ts';
import { parseSmallJson } from '../base/safe-json.ts';
import { byteString, hex32, wireObject } from '../base/wire-object.ts';
import { maxPeople } from '../group/roster.ts';
import { maxLinkLength } from '../identity/contact-link.ts';
import { isAcceptableX25519Key } from '../identity/ed25519-point.ts';
import { announcedSchema } from '../messages/announced.ts';
import { sharedFindingsSchema } from '../network/network-findings.ts';
import {
  candidateList,
  candidatesFields,
  descriptionFields,
  descriptionText,
  type WireCandidate,
} from './link-message.ts';

/** An X25519 key that something can be sealed to: low-order ones are refused (docs/hostile-cases.md#e16). */
export const sealingKey = v.pipe(
  v.string(),
  v.maxLength(43),
  v.check((text) => {
    const key = fromBase64url(text);
    return key?.length === 32 && isAcceptableX25519Key(key);
  }),
);
/** Ids of people, as many as are in a call beside the person here. */
const others = v.pipe(v.array(hex32), v.maxLength(maxPeople - 1));
const counter = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** What every signal begins with. */
export const head = { v: v.literal(1), id: byteString(16), dev: byteString(8), n: counter, ts: counter };

const signalSchema = v.variant('t', [
  /** Caller to inbox. `st` is the call secret, `ek` the per-call key, `cm` the commitment, `exp` the last moment to ring. */
  wireObject({
    ...head,
    t: v.literal('invite'),
    exp: counter,
    st: byteString(32),
    ek: sealingKey,
    cm: byteString(32),
    media: v.picklist(['audio', 'video']),
    /** The caller's own contact link, so that a stranger's request can be answered. */
    link: v.pipe(v.string(), v.maxLength(maxLinkLength)),
    /** How many more are in the call or called into it, besides caller and callee; left out in a call of two. */
    others: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(maxPeople - 2))),
    /** The caller is in a call with the callee already, on another device: which call, and what only its two ends know (docs/protocol.md#moving). */
    moves: v.exactOptional(wireObject({ id: byteString(16), h: byteString(16) })),
  }),
  /** From one device to the own inbox: asks the own device `to` for a link without media, over which its call is handed over. */
  wireObject({
    ...head,
    t: v.literal('move'),
    to: byteString(8),
    exp: counter,
    st: byteString(32),
    ek: sealingKey,
    cm: byteString(32),
  }),
  /** From the page of a room to the inbox that another member has in it (docs/rooms.md#meeting-without-a-call): asks for a link without media. */
  wireObject({
    ...head,
    t: v.literal('meet'),
    exp: counter,
    st: byteString(32),
    ek: sealingKey,
    cm: byteString(32),
    /** The asking person's static key: whoever is asked may not have read the room so far. */
    x: sealingKey,
  }),
  /** Between devices with the same words (docs/protocol.md#own-devices): who is there? `asks`: the asking one knows of no other. */
  wireObject({
    ...head,
    t: v.literal('where'),
    nonce: byteString(16),
    asks: v.exactOptional(v.literal(true)),
    /** The digest of what the asking one has. */
    h: v.exactOptional(byteString(12)),
  }),
  /** Here is a device that you do not know yet. */
  wireObject({ ...head, t: v.literal('known'), to: byteString(8), nonce: byteString(16) }),
  /** A call goes on here, with these people; `id` is the call's. */
  wireObject({
    ...head,
    t: v.literal('here'),
    to: byteString(8),
    nonce: byteString(16),
    who: others,
    /** Why it cannot go to another device now. */
    stays: v.exactOptional(v.picklist(moveObstacles)),
    /** What would end if it did. */
    loses: v.exactOptional(v.pipe(v.array(v.picklist(moveLosses)), v.maxLength(moveLosses.length), v.readonly())),
  }),
  wireObject({ ...head, t: v.literal('ringing'), nonce: byteString(16) }),
  wireObject({ ...head, t: v.literal('alive'), nonce: byteString(16) }),
  /** Callee to caller: the knock is on the screen of somebody who can let the caller in. */
  wireObject({ ...head, t: v.literal('shown') }),
  /** Callee to caller: consent, the per-call key, the random part and the offer with the first candidates. */
  wireObject({
    ...head,
    t: v.literal('accept'),
    ek: sealingKey,
    r: byteString(32),
    sdp: descriptionText,
    c: candidateList,
  }),
  /** Caller to callee: opens the commitment and answers the offer. */
  wireObject({ ...head, t: v.literal('answer'), r: byteString(32), sdp: descriptionText, c: candidateList }),
  wireObject({ ...head, ...candidatesFields }),
  /** Both ways, when a call has lost its way and the data channel with it. */
  wireObject({ ...head, ...descriptionFields }),
  /** Caller to the inbox: one device took the call or declined it; the others stop. */
  wireObject({ ...head, t: v.literal('taken'), winner: byteString(8), how: v.picklist(['answered', 'declined']) }),
  wireObject({ ...head, t: v.literal('cancel'), why: v.picklist(['cancelled', 'no-answer']) }),
  /** `why`: of a knock that no person has looked at: all places are taken, nobody new is let in, the door was closed. */
  wireObject({ ...head, t: v.literal('decline'), why: v.exactOptional(v.picklist(['full', 'locked', 'closed'])) }),
  wireObject({ ...head, t: v.literal('busy') }),
  /** Caller to inbox, up to a day after a call that reached nobody: when it was, and the secret of the topics for the answer. */
  wireObject({
    ...head,
    t: v.literal('missed'),
    at: counter,
    media: v.picklist(['audio', 'video']),
    st: byteString(32),
    /** The caller's own contact link, where the callee may not have added the caller yet. */
    link: v.exactOptional(v.pipe(v.string(), v.maxLength(maxLinkLength))),
    /** A message was left: it waits for the next call of the two (docs/protocol.md#left-messages). */
    msg: v.exactOptional(announcedSchema),
  }),
  wireObject({ ...head, t: v.literal('noted') }),
  /** Both ways after a call that failed although both had said yes: what each side found out about its network. */
  wireObject({ ...head, t: v.literal('findings'), f: sharedFindingsSchema }),
  wireObject({ ...head, t: v.literal('bye'), why: v.picklist(['hung-up', 'security', 'failed', 'elsewhere']) }),
]);

export type Signal = v.InferOutput<typeof signalSchema>;
type SignalKind = Signal['t'];
export type SignalOf<Kind extends SignalKind> = Extract<Signal, { t: Kind }>;
/** A signal before the sender's head (version, call id, device, counter, time) is put on it. */
export type SignalBody = { [Kind in SignalKind]: Omit<SignalOf<Kind>, 'v' | 'id' | 'dev' | 'n' | 'ts'> }[SignalKind];

/** Parses the body of an opened envelope; undefined when it is not exactly one of the messages above. */
export function parseSignal(body: string): Signal | undefined {
  const json = parseSmallJson(body);
  if (json === undefined) return undefined;
  const parsed = v.safeParse(signalSchema, json);
  return parsed.success ? parsed.output : undefined;
}

/** The text that goes into an envelope. */
export function formatSignal(signal: { readonly t: string }): string {
  return JSON.stringify(signal);
}

/** Room in the 4 kB bucket for a description and its candidates, beside the other fields of `accept`, in bytes of JSON. */
const descriptionRoom = 3_640;

/**
 * Splits candidates into those that travel with a description without leaving the 4 kB bucket, and the rest.
 * @param sdp in its compact form.
 */
export function candidatesThatFit(
  sdp: string,
  candidates: readonly WireCandidate[],
): { readonly first: readonly WireCandidate[]; readonly rest: readonly WireCandidate[] } {
  let room = descriptionRoom - JSON.stringify(sdp).length;
  const fits = candidates.findIndex((candidate) => {
    room -= JSON.stringify(candidate).length + 1;
    return room < 0;
  });
  const count = fits === -1 ? candidates.length : fits;
  return { first: candidates.slice(0, count), rest: candidates.slice(count) };
}
