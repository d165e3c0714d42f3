// What two sides say about files: words on one channel, bytes in frames on another, so that neither waits for the other. A file is
// checked in blocks of 1 MiB: its hash is the SHA-256 over the SHA-256 of each block, so that a beginning can be checked by itself.
// Parsing never throws.
import * as v from 'valibot';
import { type Bytes, fromBase64url, toBase64url } from '../base/bytes.ts';
import { byteString, parseWire, wireObject } from '../base/wire-object.ts';
import type { WordLimits } from '../base/word-budget.ts';

export const blockLength = 1_048_576;
/** The sender stays at most this far ahead of what the receiver has written down. */
export const windowLength = 8 * blockLength;
const idLength = 16;
/** Id, then the offset as a big-endian 64-bit number. */
const frameHeaderLength = idLength + 8;
const maxWordLength = 4_096;

/** More than 500 files that are offered or asked for at once, and one `progress` for each block that a fast network brings. */
export const fileWordLimits: WordLimits = {
  words: { atOnce: 2_000, eachSecond: 300 },
  length: { atOnce: 1_000_000, eachSecond: 100_000 },
};
/** Frames of 64 KiB faster than any browser carries them; tiny ones cost as much as large ones. Their bytes the window bounds. */
export const fileFrameLimits: WordLimits = {
  words: { atOnce: 8_000, eachSecond: 8_000 },
  length: { atOnce: 2 ** 30, eachSecond: 2 ** 30 },
};

const idSchema = byteString(idLength);
const hashSchema = byteString(32);
const lengthSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const factsEntries = {
  id: idSchema,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(255)),
  size: lengthSchema,
  /** Media type as the sender's system names it, or ''. */
  type: v.pipe(v.string(), v.regex(/^(?:[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64})?$/)),
  /** When it was last changed, in ms since the epoch: to know it again. */
  modified: lengthSchema,
};

/** Facts about a file, under the id of its transfer. */
export const fileFactsSchema = v.strictObject(factsEntries);
export type FileFacts = v.InferOutput<typeof fileFactsSchema>;

/** Why a transfer was ended: by a person, no room on the disk, the disk, a source that cannot be read any more, nonsense. */
const cancelReasons = ['stopped', 'no-room', 'storage', 'source', 'broken'] as const;
export type CancelReason = (typeof cancelReasons)[number];

const wordSchema = v.variant('t', [
  /** Sender: this can be had. Said again after an interruption. `picture`: pasted into the chat. `fresh`: what you have is not its beginning. */
  wireObject({ t: v.literal('offer'), ...factsEntries, picture: v.boolean(), fresh: v.boolean() }),
  /** Receiver: send from here on. `head` is the hash of what comes before. */
  wireObject({ t: v.literal('accept'), id: idSchema, from: lengthSchema, head: hashSchema }),
  wireObject({ t: v.literal('decline'), id: idSchema }),
  /** Either: no bytes for now. A sender goes on with an offer, a receiver with `wanted`. */
  wireObject({ t: v.literal('pause'), id: idSchema }),
  /** Receiver: so much is written down. */
  wireObject({ t: v.literal('progress'), id: idSchema, at: lengthSchema }),
  /** Sender: that was all. */
  wireObject({ t: v.literal('end'), id: idSchema, hash: hashSchema }),
  /** Receiver: whether what is written down is what was sent. */
  wireObject({ t: v.literal('verdict'), id: idSchema, same: v.boolean() }),
  wireObject({ t: v.literal('cancel'), id: idSchema, why: v.picklist(cancelReasons) }),
  /** Receiver: this was accepted and is not whole yet; please offer it again. */
  wireObject({ t: v.literal('wanted'), ...factsEntries, at: lengthSchema }),
]);

export type FileWord = v.InferOutput<typeof wordSchema>;
export type FileWordOf<Kind extends FileWord['t']> = Extract<FileWord, { t: Kind }>;

/** @returns undefined for everything that is not exactly one of the words. */
export function parseFileWord(text: string): FileWord | undefined {
  const word = parseWire(wordSchema, text, maxWordLength);
  return word?.t === 'wanted' && word.at > word.size ? undefined : word;
}

export function formatFileWord(word: FileWord): string {
  return JSON.stringify(word);
}

/** The facts of a word that carries them. */
export function factsOf({ id, name, size, type, modified }: FileFacts): FileFacts {
  return { id, name, size, type, modified };
}

/** Some bytes of a file and their place in it. */
export interface FileFrame {
  readonly id: string;
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Memory for frames with up to so many bytes of a file, to be used again and again. */
export function roomForFrames(length: number): Bytes {
  return new Uint8Array(frameHeaderLength + length);
}

/** @returns the frame, at the beginning of `room`. */
export function formatFileFrame({ id, offset, bytes }: FileFrame, room = roomForFrames(bytes.length)): Bytes {
  const frame = room.subarray(0, frameHeaderLength + bytes.length);
  frame.set(fromBase64url(id) ?? [], 0);
  new DataView(frame.buffer, frame.byteOffset).setBigUint64(idLength, BigInt(offset));
  frame.set(bytes, frameHeaderLength);
  return frame;
}

/** The bytes stay where they are. @returns undefined when there are none, or their offset is no safe number. */
export function parseFileFrame(frame: ArrayBuffer): FileFrame | undefined {
  if (frame.byteLength <= frameHeaderLength) return undefined;
  const offset = new DataView(frame).getBigUint64(idLength);
  if (offset > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return {
    id: toBase64url(new Uint8Array(frame, 0, idLength)),
    offset: Number(offset),
    bytes: new Uint8Array(frame, frameHeaderLength),
  };
}

/** Whether a transfer may go on from here: between two blocks, or at the very end. */
export function isBlockBorder(at: number, size: number): boolean {
  return at === size || (at < size && at % blockLength === 0);
}
