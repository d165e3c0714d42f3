// A room as lines of text, with its files between them (docs/rooms.md#room-file), to be kept or carried elsewhere. Reading takes what is whole; what
// was damaged is missing then, and asked for at the next meeting. A file can do nothing that a link could not.
import * as v from 'valibot';
import type { ByteSource } from '../base/byte-source.ts';
import { fromUtf8 } from '../base/bytes.ts';
import { parseSmallJson } from '../base/safe-json.ts';
import { wireObject } from '../base/wire-object.ts';
import { maxEntryLength, type SignedText } from '../room/entry.ts';
import { hashText } from '../room/entry-fields.ts';

/** Every letter of an entry escaped, and the rest of the line. */
const lineBounds = { maxLength: 6 * maxEntryLength + 1_000, maxTokens: 16 };
/** Bytes after which a line is none any more. */
const maxLineBytes = 3 * lineBounds.maxLength;
const readLength = 1_048_576;
const lineEnd = 10;

const firstLine = wireObject({ format: v.literal('freeflow-room'), v: v.literal(1), room: hashText });
const entryLine = wireObject({ e: v.string(), s: v.pipe(v.string(), v.maxLength(86)) });
const blobLine = wireObject({
  blob: hashText,
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 40)),
});

export interface RoomFile {
  readonly room: string;
  readonly entries: readonly SignedText[];
}

/** The bytes of one of a room's files, and where they begin. */
export interface CarriedBlob {
  readonly hash: string;
  readonly size: number;
  readonly at: number;
}

/** What could be read of a room. Nothing is proven yet. */
export interface ReadRoom extends RoomFile {
  readonly blobs: readonly CarriedBlob[];
  /** It ends in the middle of a file. */
  readonly isCut: boolean;
  /** Where the next room begins, or the source ends. */
  readonly end: number;
}

/** Lines, each with its end. */
export function* formatRoomFile({ room, entries }: RoomFile): Generator<string> {
  yield `${JSON.stringify({ format: 'freeflow-room', v: 1, room })}\n`;
  for (const { e, s } of entries) yield `${JSON.stringify({ e, s })}\n`;
}

/** Stands before the bytes of a file; a line feed stands behind them. */
export function formatBlobLine({ hash, size }: Pick<CarriedBlob, 'hash' | 'size'>): string {
  return `${JSON.stringify({ blob: hash, size })}\n`;
}

/** Lines of a source, wherever somebody goes on reading. */
class Lines {
  readonly #source: ByteSource;
  #chunk = new Uint8Array(0);
  /** Where the chunk begins. */
  #at = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The line that begins there, without its end. @returns no text where it is none, undefined where the source ends. */
  async at(from: number): Promise<{ readonly text: string | undefined; readonly next: number } | undefined> {
    if (from >= this.#source.size) return undefined;
    let isLine = true;
    let parts: Uint8Array[] = [];
    for (let at = from; ; ) {
      const bytes = await this.#bytes(at);
      const end = bytes.indexOf(lineEnd);
      const part = end < 0 ? bytes : bytes.subarray(0, end);
      parts.push(part);
      at += part.length;
      // What is too long for a line is passed over, not gathered.
      if (at - from > maxLineBytes) [isLine, parts] = [false, []];
      if (end < 0 && at < this.#source.size && bytes.length > 0) continue;
      return { text: isLine ? decoded(parts) : undefined, next: at + 1 };
    }
  }

  async #bytes(at: number): Promise<Uint8Array> {
    if (at < this.#at || at >= this.#at + this.#chunk.length) {
      this.#chunk = await this.#source.read(at, Math.min(this.#source.size, at + readLength));
      this.#at = at;
    }
    return this.#chunk.subarray(at - this.#at);
  }
}

function decoded(parts: readonly Uint8Array[]): string | undefined {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return fromUtf8(bytes);
}

/** Reads the room that begins at `from`. @returns undefined where none does. */
export async function parseRoomFile(source: ByteSource, from = 0): Promise<ReadRoom | undefined> {
  const lines = new Lines(source);
  const first = await lines.at(from);
  const head = v.safeParse(firstLine, first?.text === undefined ? undefined : parseSmallJson(first.text));
  if (!head.success || !first) return undefined;
  const entries: SignedText[] = [];
  const blobs: CarriedBlob[] = [];
  let at = first.next;
  for (;;) {
    const line = await lines.at(at);
    if (!line) return { room: head.output.room, entries, blobs, isCut: false, end: source.size };
    const json = line.text ? parseSmallJson(line.text, 1, lineBounds) : undefined;
    if (v.is(firstLine, json)) return { room: head.output.room, entries, blobs, isCut: false, end: at };
    at = line.next;
    const entry = v.safeParse(entryLine, json);
    if (entry.success) entries.push({ e: entry.output.e, s: entry.output.s });
    const blob = v.safeParse(blobLine, json);
    if (!blob.success) continue;
    const { blob: hash, size } = blob.output;
    if (at + size > source.size) return { room: head.output.room, entries, blobs, isCut: true, end: source.size };
    blobs.push({ hash, size, at });
    at += size + 1;
  }
}
