// What two members say to each other about rooms over a proven link, and how entries travel (docs/rooms.md#meeting). Rooms are named by tags that
// mean something only to who knows the room, on this link. Parsing never throws.
import * as v from 'valibot';
import { type Bytes, concat, fromBase64url, fromUtf8, toBase64url, utf8 } from '../base/bytes.ts';
import type { Sealer } from '../base/ports.ts';
import { byteString, parseWire, whole, wireObject } from '../base/wire-object.ts';
import type { WordLimits } from '../base/word-budget.ts';
import { maxListLength } from '../blobs/blob-list.ts';
import { maxEntryBytes, maxSeq, type SignedText } from './entry.ts';
import { hashText, keyText, secretText, title } from './entry-fields.ts';

/** What one participant may make us read: a full room has some words, and a bounded number of entries between two of them. */
export const roomWordLimits: WordLimits = {
  words: { atOnce: 1_000, eachSecond: 40 },
  length: { atOnce: 20_000_000, eachSecond: 200_000 },
};
/** Entries as bytes: a room of 100,000 at once, then what members write. */
export const roomBytesLimits: WordLimits = {
  words: { atOnce: 4_000, eachSecond: 100 },
  length: { atOnce: 128_000_000, eachSecond: 4_000_000 },
};

const maxWordLength = 65_536;
/** Lines in one word, and names asked for in one. */
export const maxTips = 256;
export const maxNeeded = 64;
/** How many tags are said, the missing ones made up: how many rooms somebody has is told in three steps only. */
export const tagCounts: readonly number[] = [8, 32, 128];
export const maxBatchLength = 131_072;
const tagLength = 16;
const signatureLength = 64;
/** Of a removal that is handed over: it names a person and little else. */
const maxRemovalLength = 4_096;
const entriesMark = 1;

const tagText = secretText;
const tip = v.tuple([
  keyText,
  byteString(8),
  v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(maxSeq)),
  hashText,
]);
const blobSize = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 40));

const wordSchema = v.variant('t', [
  /** The rooms that this side has. Said again when that changes. */
  wireObject({
    t: v.literal('rooms'),
    tags: v.pipe(
      v.array(tagText),
      v.check((tags) => tagCounts.includes(tags.length)),
    ),
  }),
  /** The last entry of each branch: author, device, number, hash. The first ones tell all, later ones what is new. */
  wireObject({
    t: v.literal('tips'),
    tag: tagText,
    tips: v.pipe(v.array(tip), v.maxLength(maxTips)),
    /** More of them follow. */
    more: v.boolean(),
  }),
  /** These are missing. */
  wireObject({
    t: v.literal('need'),
    tag: tagText,
    ids: v.pipe(v.array(hashText), v.minLength(1), v.maxLength(maxNeeded)),
  }),
  /** The other side was let into this room and has nothing of it: its name, what it is called, how many are in it. */
  wireObject({ t: v.literal('invite'), room: hashText, name: title, members: whole(1, 216) }),
  /** The entry that has shown the other side out of a room, for it to read: nothing else of the room is told any more. */
  wireObject({
    t: v.literal('out'),
    tag: tagText,
    e: v.pipe(v.string(), v.maxLength(maxRemovalLength)),
    s: v.pipe(v.string(), v.maxLength(86)),
  }),
  /** The call over which this is said is a meeting of the room; of a planned one, if that is named. */
  wireObject({ t: v.literal('meeting'), tag: tagText, meeting: v.exactOptional(hashText) }),
  wireObject({ t: v.literal('blob-want'), tag: tagText, hash: hashText }),
  /** One block of a blob, please. */
  wireObject({ t: v.literal('blob-get'), tag: tagText, hash: hashText, at: whole(0, 2 ** 20) }),
  /** That block is not here, or not any more. */
  wireObject({ t: v.literal('blob-none'), tag: tagText, hash: hashText, at: whole(0, 2 ** 20) }),
  /** The hashes of a blob's blocks, from block `at` on; an empty list: it is not here. */
  wireObject({
    t: v.literal('blob-blocks'),
    tag: tagText,
    hash: hashText,
    size: blobSize,
    at: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 20)),
    list: v.pipe(
      v.string(),
      v.maxLength(Math.ceil((maxListLength * 4) / 3)),
      v.check((text) => (fromBase64url(text)?.length ?? 1) % 32 === 0),
    ),
  }),
]);

export type RoomWord = v.InferOutput<typeof wordSchema>;
export type Tip = v.InferOutput<typeof tip>;

/** @returns undefined for everything that is not exactly one of the words. */
export function parseRoomWord(text: string): RoomWord | undefined {
  return parseWire(wordSchema, text, maxWordLength);
}

export function formatRoomWord(word: RoomWord): string {
  return JSON.stringify(word);
}

/** The name of a room on one link, by the hash of what its two sides have said to each other at its beginning. */
export async function roomTag(sealer: Pick<Sealer, 'hkdfSha256'>, room: string, transcript: Bytes): Promise<string> {
  const name = fromBase64url(room) ?? new Uint8Array(32);
  return toBase64url(await sealer.hkdfSha256(name, transcript, utf8('ffc/1 room tag\0'), tagLength));
}

/** Entries of one room on their way. */
export interface EntryBatch {
  readonly tag: string;
  readonly entries: readonly SignedText[];
}

/** How long an entry is in a batch. */
export function lengthInBatch({ e }: SignedText): number {
  return 2 + signatureLength + utf8(e).length;
}

export function formatEntryBatch({ tag, entries }: EntryBatch): Bytes {
  const parts = entries.flatMap(({ e, s }) => {
    const text = utf8(e);
    return [Uint8Array.of(text.length >> 8, text.length & 255), fromBase64url(s) ?? new Uint8Array(64), text];
  });
  return concat(Uint8Array.of(entriesMark), fromBase64url(tag) ?? new Uint8Array(tagLength), ...parts);
}

/** @returns undefined for everything that is not exactly a batch. */
export function parseEntryBatch(bytes: Uint8Array): EntryBatch | undefined {
  if (bytes.length > maxBatchLength || bytes.length <= tagLength || bytes[0] !== entriesMark) return undefined;
  const tag = toBase64url(bytes.subarray(1, 1 + tagLength));
  const entries: SignedText[] = [];
  let at = 1 + tagLength;
  while (at < bytes.length) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    const from = at + 2 + signatureLength;
    if (length === 0 || length > maxEntryBytes || from + length > bytes.length) return undefined;
    const e = fromUtf8(bytes.subarray(from, from + length));
    if (e === undefined) return undefined;
    entries.push({ e, s: toBase64url(bytes.subarray(at + 2, from)) });
    at = from + length;
  }
  return { tag, entries };
}
