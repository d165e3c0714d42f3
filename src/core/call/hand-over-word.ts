// What two devices of one person say to each other while a call goes over from one to the other (docs/protocol.md#moving), on a channel of its
// own. JSON text, one word each. Both have the same keys, so nothing here is secret from the other. Parsing never throws.
import * as v from 'valibot';
import { fromBase64url, toBase64url } from '../base/bytes.ts';
import { byteString, hex32, parseWire, wireObject } from '../base/wire-object.ts';
import { type ChatMessage, maxTextLength } from '../transfer/chat.ts';
import { toldStays } from './hand-over.ts';

/** Longest text that is looked at. */
const maxWireLength = 64_000;
/** Base64url of an envelope of 4 kB, which the first words of a call are, with room. */
const maxBodyLength = 23_000;
/** Messages of one piece: each has about twenty structural signs of JSON, of 4096 that a word may have. */
const maxPiece = { messages: 100, length: 40_000 };

const name = v.pipe(v.string(), v.maxLength(512));

const person = wireObject({
  id: hex32,
  x: byteString(32),
  name,
  /** The key of their call page: where first words for it are left. */
  ek: byteString(32),
  relays: v.pipe(v.array(v.pipe(v.string(), v.maxLength(128))), v.maxLength(3)),
  /** The own address is hidden from them. */
  hides: v.boolean(),
  /** The call with them there, and what only its two ends know. */
  moves: wireObject({ id: byteString(16), h: byteString(16) }),
});

const wordSchema = v.variant('t', [
  /** The device that has the call tells all about it. `lasts` is how long it has been up, in ms. */
  wireObject({
    t: v.literal('state'),
    call: byteString(16),
    direction: v.picklist(['incoming', 'outgoing']),
    lasts: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    person,
    camera: v.boolean(),
    microphone: v.boolean(),
    hand: v.boolean(),
    locked: v.boolean(),
  }),
  /** A piece of the conversation. `by`: whose message, '' for the person themself. */
  wireObject({
    t: v.literal('chat'),
    messages: v.pipe(
      v.array(
        wireObject({
          id: byteString(12),
          n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
          text: v.pipe(v.string(), v.maxLength(maxTextLength)),
          re: v.exactOptional(byteString(12)),
          by: v.union([v.literal(''), hex32]),
        }),
      ),
      v.maxLength(maxPiece.messages),
    ),
  }),
  /** To be handed to the other person of the call, or from them: a sealed envelope. */
  wireObject({
    t: v.literal('pass'),
    topic: hex32,
    body: v.pipe(
      v.string(),
      v.maxLength(maxBodyLength),
      v.check((text) => fromBase64url(text) !== undefined),
    ),
  }),
  /** Envelopes on these topics are for the other device. */
  wireObject({ t: v.literal('listen'), topics: v.pipe(v.array(hex32), v.maxLength(4)) }),
  /** The other person's device is ready: leave now. */
  wireObject({ t: v.literal('commit') }),
  wireObject({ t: v.literal('done') }),
  /** The call stays where it is. */
  wireObject({ t: v.literal('stay'), why: v.picklist(toldStays) }),
]);

export type HandOverWord = v.InferOutput<typeof wordSchema>;
export type OwnState = Extract<HandOverWord, { t: 'state' }>;

/** @returns undefined for everything that is not exactly one of the words. */
export function parseHandOverWord(text: string): HandOverWord | undefined {
  return parseWire(wordSchema, text, maxWireLength);
}

export function formatHandOverWord(word: HandOverWord): string {
  return JSON.stringify(word);
}

/** An envelope to hand over. */
export function passWord(topic: string, body: Uint8Array<ArrayBuffer>): HandOverWord {
  return { t: 'pass', topic, body: toBase64url(body) };
}

/** A conversation in pieces that each fit into a word. */
export function chatPieces(conversation: readonly ChatMessage[]): readonly HandOverWord[] {
  const pieces: HandOverWord[] = [];
  let messages: Extract<HandOverWord, { t: 'chat' }>['messages'] = [];
  let length = 0;
  for (const { id, n, text, re, author } of conversation) {
    const message = { id, n, text, ...(re === undefined ? {} : { re }), by: author };
    const more = JSON.stringify(message).length;
    if (messages.length === maxPiece.messages || (messages.length > 0 && length + more > maxPiece.length)) {
      pieces.push({ t: 'chat', messages });
      messages = [];
      length = 0;
    }
    messages.push(message);
    length += more;
  }
  if (messages.length > 0) pieces.push({ t: 'chat', messages });
  return pieces;
}
