// One entry of a room: the text that its author has signed, and what is read from it (docs/rooms.md#entry). The text is kept and passed on as
// it is; it is never built again from what was read. What decides whether an entry is taken at all stands in its head, which every version
// reads alike; a body that this version does not understand is kept and shown to nobody.
import * as v from 'valibot';
import { type Bytes, concat, fromBase64url, toBase64url, utf8 } from '../base/bytes.ts';
import type { Sealer, Signer } from '../base/ports.ts';
import { parseSmallJson } from '../base/safe-json.ts';
import { byteString, wireObject } from '../base/wire-object.ts';
import { isAcceptableEd25519Key } from '../identity/ed25519-point.ts';
import { type EntryBody, parseBody } from './entry-body.ts';
import { hashText, keyText } from './entry-fields.ts';
import { isCanonicalSignature } from './signature-form.ts';

/** Of the text of an entry, in UTF-16 units and in bytes of UTF-8. */
export const maxEntryLength = 24_576;
export const maxEntryBytes = 60_000;
/** How many other writers' last entries one entry names. */
export const maxHeads = 16;
/** Entries of one writer, a person's device, in one room. */
export const maxSeq = 50_000;
const maxTokens = 4_096;
/** Each entry counts one more than those before it: a room of all that anybody may write stays below. */
const maxCount = 2 ** 40;

const count = (most: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(most));

const headSchema = wireObject({
  v: v.literal(1),
  /** Author: Ed25519 key. */
  a: keyText,
  /** Device: 8 random bytes. */
  d: byteString(8),
  /** 1, 2, 3 … of this writer. */
  s: count(maxSeq),
  /** One more than the greatest of those before. */
  n: count(maxCount),
  /** This writer's entry before. */
  p: v.union([v.literal(''), hashText]),
  /** Last entries of other writers that the author had, sorted. */
  h: v.pipe(v.array(hashText), v.maxLength(maxHeads)),
  /** The author's clock, in ms: shown, never decided by. */
  t: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  k: v.pipe(v.string(), v.regex(/^[a-z][a-z-]{0,31}$/)),
});

/** An entry as it travels and is stored: its text, and the signature (64 bytes, base64url). */
export interface SignedText {
  readonly e: string;
  readonly s: string;
}

/** What an entry says. Keys, devices and hashes are base64url, as on the wire. */
export interface RoomEntry {
  /** SHA-256 of what was signed. */
  readonly id: string;
  readonly author: string;
  readonly device: string;
  readonly seq: number;
  readonly n: number;
  /** '' at a writer's first. */
  readonly before: string;
  readonly heads: readonly string[];
  readonly at: number;
  readonly kind: string;
  /** Undefined for a kind or form that this version does not know. */
  readonly body: EntryBody | undefined;
  readonly signed: SignedText;
}

/** Where an entry stands, before it is written. */
export type EntryPlace = Pick<RoomEntry, 'device' | 'seq' | 'n' | 'before' | 'heads' | 'at'>;

const noRoom = toBase64url(new Uint8Array(32));

/** What is signed, and hashed for the name of an entry. `room` is '' for the founding entry, which is there before its room has a name. */
function signedBytes(room: string, text: string): Bytes {
  return concat(utf8('ffc/1 room entry\0'), fromBase64url(room || noRoom) ?? new Uint8Array(32), utf8(text));
}

/** The name of the room that this text founds. */
export async function roomOf(sealer: Pick<Sealer, 'sha256'>, foundingText: string): Promise<string> {
  return toBase64url(await sealer.sha256(concat(utf8('ffc/1 room\0'), utf8(foundingText))));
}

/** Writes an entry. @param room '' for the founding entry. */
export async function signRoomEntry(
  signer: Signer,
  room: string,
  { device, seq, n, before, heads, at }: EntryPlace,
  body: EntryBody,
): Promise<SignedText> {
  const { k, ...rest } = body;
  const head = { v: 1, a: toBase64url(signer.publicKey), d: device, s: seq, n, p: before, h: heads, t: at, k };
  const e = JSON.stringify({ ...head, ...rest });
  return { e, s: toBase64url(await signer.sign(signedBytes(room, e))) };
}

/**
 * What an entry from anywhere says; nothing is proven yet. @returns undefined for everything whose head or length is not exactly right. Never
 * throws.
 */
export async function readRoomEntry(
  sealer: Pick<Sealer, 'sha256'>,
  room: string,
  signed: SignedText,
): Promise<RoomEntry | undefined> {
  const { e: text } = signed;
  const json = parseSmallJson(text, 4, { maxLength: maxEntryLength, maxTokens });
  const parsed = json === undefined ? undefined : v.safeParse(headSchema, json);
  if (!parsed?.success || utf8(text).length > maxEntryBytes) return undefined;
  const { a: author, d: device, s: seq, n, p: before, h: heads, t: at, k: kind } = parsed.output;
  if ((before === '') !== (seq === 1) || !isSortedApart(heads) || heads.includes(before)) return undefined;
  const isFounding = seq === 1 && heads.length === 0;
  if (
    isFounding !== (kind === 'found') ||
    (isFounding && (n !== 1 || (room !== '' && room !== (await roomOf(sealer, text)))))
  )
    return undefined;
  const body = parseBody(json);
  if (isFounding && body === undefined) return undefined;
  const id = toBase64url(await sealer.sha256(signedBytes(isFounding ? '' : room, text)));
  return { id, author, device, seq, n, before, heads, at, kind, body, signed };
}

/** Whether its author has signed exactly this, in a form that every engine judges alike. */
export async function isRoomEntrySigned(
  sealer: Pick<Sealer, 'verify'>,
  room: string,
  { author, kind, signed }: RoomEntry,
): Promise<boolean> {
  const [key, signature] = [fromBase64url(author), fromBase64url(signed.s)];
  if (!key || !signature || !isCanonicalSignature(signature) || !isAcceptableEd25519Key(key)) return false;
  return sealer.verify(key, signature, signedBytes(kind === 'found' ? '' : room, signed.e));
}

/** Ascending, nothing twice. */
function isSortedApart(texts: readonly string[]): boolean {
  return texts.every((text, i) => i === 0 || (texts[i - 1] ?? '') < text);
}

/** The order of everything in a room: by count, then by name. */
export function inOrder(one: Pick<RoomEntry, 'n' | 'id'>, other: Pick<RoomEntry, 'n' | 'id'>): number {
  return one.n - other.n || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0);
}

/** Person and device: who writes one chain. */
export function writerOf({ author, device }: Pick<RoomEntry, 'author' | 'device'>): string {
  return `${author}.${device}`;
}
