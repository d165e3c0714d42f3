// What people write to each other in a call: the words on the chat channel, and the order of a conversation, which is the same on both
// sides. A message names no author: the proven link that it came over does. Parsing never throws.
import * as v from 'valibot';
import { fromBase64url } from './bytes.ts';
import { parseSmallJson } from './safe-json.ts';
import { wireObject } from './wire-object.ts';

/** The longest text of one message, in UTF-16 units. */
export const maxTextLength = 10_000;
/** A conversation keeps this many messages; the oldest go first. */
const maxMessages = 2_000;
/** A message may claim to come this many places after the last one that is known. */
const maxLead = 1_000;
const maxReceipts = 64;
/** Longest JSON text that is looked at: every letter of a message escaped. */
const maxWireLength = 65_536;

const idSchema = v.pipe(
  v.string(),
  v.check((text) => fromBase64url(text)?.length === 12),
);

const wordSchema = v.variant('t', [
  /** `n` is one more than the greatest number its author knew: the order of the conversation. `re` is the message it replies to. */
  wireObject({
    t: v.literal('say'),
    id: idSchema,
    n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    text: v.pipe(
      v.string(),
      v.maxLength(maxTextLength),
      v.check((text) => text !== '' && cleanText(text) === text),
    ),
    re: v.optional(idSchema),
  }),
  /** These have arrived: they need not be said again after an interruption. */
  wireObject({ t: v.literal('got'), ids: v.pipe(v.array(idSchema), v.minLength(1), v.maxLength(maxReceipts)) }),
]);

export type ChatWord = v.InferOutput<typeof wordSchema>;
export type ChatSaying = Extract<ChatWord, { t: 'say' }>;

/** @returns undefined for everything that is not exactly one of the words. */
export function parseChatWord(text: string): ChatWord | undefined {
  if (text.length > maxWireLength) return undefined;
  const json = parseSmallJson(text);
  const parsed = json === undefined ? undefined : v.safeParse(wordSchema, json);
  return parsed?.success ? parsed.output : undefined;
}

export function formatChatWord(word: ChatWord): string {
  return JSON.stringify(word);
}

/** Controls other than line breaks and tabs, and the byte order mark: nobody types them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const untypable = /[\0-\x08\v\f\r\x0E-\x1F\x7F-\x9F\uFEFF]/g;

/** A text as it may be sent and shown: line feeds only, whole characters, no controls, no blanks around. '' when nothing is left. */
export function cleanText(raw: string): string {
  return raw.replaceAll('\r\n', '\n').replace(untypable, '').toWellFormed().trim();
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
 * Puts a message where it belongs: by its number, then by its id. A message that is known already, one from before the oldest that is
 * kept, and one that claims to come from far ahead change nothing. @returns the same conversation then.
 */
export function addMessage(conversation: Conversation, message: ChatMessage): Conversation {
  const oldest = conversation.length >= maxMessages ? conversation[0] : undefined;
  if (message.n >= nextNumber(conversation) + maxLead || (oldest && !comesAfter(message, oldest))) return conversation;
  if (conversation.some(({ id }) => id === message.id)) return conversation;
  const before = conversation.findLastIndex((one) => comesAfter(message, one)) + 1;
  return conversation.toSpliced(before, 0, message).slice(-maxMessages);
}

function comesAfter(one: ChatMessage, other: ChatMessage): boolean {
  return one.n === other.n ? one.id > other.id : one.n > other.n;
}
