// What people write to each other in a call: the words on the chat channel, and the order of a conversation, which is the same on both
// sides. A message names no author: the proven link that it came over does. Parsing never throws.
import * as v from 'valibot';
import { isVisible, withoutTurns } from '../base/visible-text.ts';
import { byteString, parseWire, wireObject } from '../base/wire-object.ts';
import type { WordLimits } from '../base/word-budget.ts';

/** The longest text of one message, in UTF-16 units. */
export const maxTextLength = 10_000;
/** A conversation keeps this many messages; the oldest go first. */
const maxMessages = 2_000;
/** A number is believed when it is no further than this from the last one that is known, before or after it. */
const maxDistance = 1_000;
/** The first number of all, when nothing is known yet, is believed below this. */
const maxFirst = 2 ** 40;
const maxReceipts = 64;
/** More marks than any script puts on one letter would paint over the lines around. */
const maxMarksInARow = 8;

/** What one participant may make us read, receipts and words that came before among it. */
export const chatReadLimits: WordLimits = {
  words: { atOnce: 400, eachSecond: 100 },
  length: { atOnce: 1_000_000, eachSecond: 100_000 },
};
/** What of it is shown, in messages and in UTF-16 units of text; the rest waits. More than anybody writes by hand. */
export const chatShownLimits: WordLimits = {
  words: { atOnce: 60, eachSecond: 20 },
  length: { atOnce: 20_000, eachSecond: 8_000 },
};
/** So many messages of one participant wait to be shown; more are not taken, and so said again by an honest one. */
export const maxWaiting = 64;
/** A side says no more than this, in messages and UTF-16 units of text, that the other one has not acknowledged; one message it always may. */
export const maxUnderWay = { messages: 32, length: 60_000 };
/** Longest JSON text that is looked at: every letter of a message escaped. */
const maxWireLength = 65_536;

const idSchema = byteString(12);

const wordSchema = v.variant('t', [
  /** `n` is one more than the greatest number its author knew: the order of the conversation. `re` is the message it replies to. */
  wireObject({
    t: v.literal('say'),
    id: idSchema,
    n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    text: v.pipe(v.string(), v.maxLength(maxTextLength), v.transform(cleanText), v.minLength(1)),
    re: v.optional(idSchema),
  }),
  /** These have arrived: they need not be said again after an interruption. */
  wireObject({ t: v.literal('got'), ids: v.pipe(v.array(idSchema), v.minLength(1), v.maxLength(maxReceipts)) }),
]);

export type ChatWord = v.InferOutput<typeof wordSchema>;
export type ChatSaying = Extract<ChatWord, { t: 'say' }>;

/** @returns undefined for everything that is not exactly one of the words. */
export function parseChatWord(text: string): ChatWord | undefined {
  return parseWire(wordSchema, text, maxWireLength);
}

export function formatChatWord(word: ChatWord): string {
  return JSON.stringify(word);
}

/** Controls other than line breaks and tabs, and the byte order mark: nobody types them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const untypable = /[\0-\x08\v\f\r\x0E-\x1F\x7F-\x9F\uFEFF]/g;
const tooManyMarks = new RegExp(`(\\p{M}{${maxMarksInARow}})\\p{M}+`, 'gu');

/**
 * A text as it may be sent and shown: line feeds only, whole characters, no controls, nothing that turns the order of what is around it, no
 * piles of marks, no blanks around. '' when nothing is left that anybody would see.
 */
export function cleanText(raw: string): string {
  const typed = withoutTurns(raw.replaceAll('\r\n', '\n').replace(untypable, '').toWellFormed());
  const text = typed.replace(tooManyMarks, '$1').trim();
  return isVisible(text) ? text : '';
}

/** One message of a conversation. `author` is a participant, or '' for the person here. */
export interface ChatMessage extends Omit<ChatSaying, 't'> {
  readonly author: string;
}

/** Messages in their order. Never changed, only replaced. */
export type Conversation = readonly ChatMessage[];

/** The number that the next own message takes. */
export function nextNumber(conversation: Conversation): number {
  return (conversation.at(-1)?.n ?? 0) + 1;
}

/**
 * Puts a message where it belongs: by its number, then by its id. A number that is far from all that is known here, because its author was
 * not there, or claims it, counts as the next one: the message stands where it came. So does one from before the oldest that is kept.
 * @returns the same conversation for a message of this author that is known already.
 */
export function addMessage(conversation: Conversation, message: ChatMessage): Conversation {
  if (conversation.some(({ id, author }) => id === message.id && author === message.author)) return conversation;
  const oldest = conversation.length >= maxMessages ? conversation[0] : undefined;
  const isForgotten = oldest !== undefined && !comesAfter(message, oldest);
  const placed =
    isNear(conversation, message.n) && !isForgotten ? message : { ...message, n: nextNumber(conversation) };
  const before = conversation.findLastIndex((one) => comesAfter(placed, one)) + 1;
  return conversation.toSpliced(before, 0, placed).slice(-maxMessages);
}

function isNear(conversation: Conversation, n: number): boolean {
  const last = conversation.at(-1);
  return last ? Math.abs(n - last.n) <= maxDistance : n < maxFirst;
}

function comesAfter(one: ChatMessage, other: ChatMessage): boolean {
  if (one.n !== other.n) return one.n > other.n;
  return one.id === other.id ? one.author > other.author : one.id > other.id;
}
