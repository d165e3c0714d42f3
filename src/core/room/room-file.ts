// The entries of a room as lines of text (docs/rooms.md#room-file), to be kept or carried elsewhere. Reading takes what is whole; what was damaged is
// missing then, and asked for at the next meeting. A file can do nothing that a link could not.
import * as v from 'valibot';
import { parseSmallJson } from '../base/safe-json.ts';
import { wireObject } from '../base/wire-object.ts';
import { maxEntryLength, type SignedText } from './entry.ts';
import { hashText } from './entry-fields.ts';

/** Every letter of an entry escaped, and the rest of the line. */
const lineBounds = { maxLength: 6 * maxEntryLength + 1_000, maxTokens: 16 };
const firstLine = wireObject({ format: v.literal('freeflow-room'), v: v.literal(1), room: hashText });
const entryLine = wireObject({ e: v.string(), s: v.pipe(v.string(), v.maxLength(86)) });

export interface RoomFile {
  readonly room: string;
  readonly entries: readonly SignedText[];
}

/** Lines, each with its end. */
export function* formatRoomFile({ room, entries }: RoomFile): Generator<string> {
  yield `${JSON.stringify({ format: 'freeflow-room', v: 1, room })}\n`;
  for (const { e, s } of entries) yield `${JSON.stringify({ e, s })}\n`;
}

/** @returns undefined when it is no room file; else the room and what could be read. Nothing is proven yet. */
export function parseRoomFile(text: string): RoomFile | undefined {
  const [first = '', ...lines] = text.split('\n');
  const head = v.safeParse(firstLine, parseSmallJson(first));
  if (!head.success) return undefined;
  const entries = lines.flatMap((line) => {
    const read = v.safeParse(entryLine, line === '' ? undefined : parseSmallJson(line, 1, lineBounds));
    return read.success ? [{ e: read.output.e, s: read.output.s }] : [];
  });
  return { room: head.output.room, entries };
}
