// Which pieces of a note count, in which order (docs/rooms.md#notes). What they say is Yjs's and read elsewhere; that everybody applies the same
// pieces in the same order, each by the writer whose name it bears, is decided here.
import { type Bytes, concat, fromBase64url, utf8 } from '../base/bytes.ts';
import type { Sealer } from '../base/ports.ts';
import type { BodyOf } from './entry-body.ts';
import { knows } from './graph.ts';
import { isSaid, type RoomFacts, type Said, Targets } from './room-facts.ts';

/** How far back the piece before is looked for, of a writer who has signed many histories. */
const maxBack = 64;

export interface NotePiece {
  readonly entry: string;
  readonly author: string;
  readonly device: string;
  readonly at: number;
  readonly update: Bytes;
  /** The piece of the same writer that this one goes on from. */
  readonly after: string | undefined;
}

export interface Note {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly title: string;
  /** Taken off the list; its words stay, and anybody can bring it back. */
  readonly isGone: boolean;
  /** Entries that gave it another title, took it off the list or brought it back. */
  readonly changes: readonly string[];
  readonly pieces: readonly NotePiece[];
}

const decoded = new WeakMap<BodyOf<'text'>, Bytes>();

/** Decoded once: notes are read again with each piece that comes. */
function bytesOf(body: BodyOf<'text'>): Bytes | undefined {
  const bytes = decoded.get(body) ?? fromBase64url(body.u);
  if (bytes) decoded.set(body, bytes);
  return bytes;
}

/** All notes of a room, oldest first. */
export function notesOf({ counted }: RoomFacts): readonly Note[] {
  const notes = new Targets<Omit<Note, 'pieces'> & { readonly pieces: NotePiece[] }>();
  const written = new Map<string, Said<'text'>[]>();
  for (const entry of counted) {
    const { id, author, device, writer, at } = entry;
    if (isSaid(entry, 'note'))
      notes.set(entry, { id, author, at, title: entry.body.title, isGone: false, changes: [], pieces: [] });
    else if (isSaid(entry, 'note-set')) {
      const note = notes.of(entry.body.of, entry);
      if (!note) continue;
      const { title = note.value.title, gone = note.value.isGone } = entry.body;
      // Growing what is there: a note that is renamed ten thousand times is not copied each time.
      (note.value.changes as string[]).push(id);
      notes.change(note.entry.id, { ...note.value, title, isGone: gone });
    } else if (isSaid(entry, 'text')) {
      const note = notes.of(entry.body.doc, entry);
      const update = bytesOf(entry.body);
      if (!note || !update) continue;
      const key = `${note.entry.id} ${writer}`;
      const own = written.get(key) ?? [];
      const after = own.slice(-maxBack).findLast((piece) => knows(entry, piece))?.id;
      note.value.pieces.push({ entry: id, author, device, at, update, after });
      own.push(entry);
      written.set(key, own);
    }
  }
  return notes.values;
}

/** The number under which a writer's letters stand in a note, so that nobody can write in another's name. */
export async function noteClient(
  sealer: Pick<Sealer, 'sha256'>,
  note: string,
  { author, device }: Pick<NotePiece, 'author' | 'device'>,
): Promise<number> {
  const parts = [note, author, device].map((text) => fromBase64url(text) ?? new Uint8Array(0));
  const hash = await sealer.sha256(concat(utf8('ffc/1 room note\0'), ...parts));
  return new DataView(hash.buffer).getUint32(0);
}
