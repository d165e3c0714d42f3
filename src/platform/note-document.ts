// Notes of a room as Yjs documents (docs/rooms.md#notes); the one import of yjs. Which pieces count, and their order, core/room/note-text.ts says; here
// each is looked at before it is applied, because Yjs believes whatever an update says of its author.
import * as Y from 'yjs';
import type { Bytes } from '../core/base/bytes.ts';
import type { Sealer } from '../core/base/ports.ts';
import { type Note, type NotePiece, noteClient } from '../core/room/note-text.ts';

/** Letters of one writer in one note: more than all entries of a writer can carry. */
const maxClock = 2 ** 30;

/** What an editor of notes writes: text, its marks, and elements. No documents within documents, and no bytes. */
const knownContents: ReadonlySet<unknown> = new Set([
  Y.ContentAny,
  Y.ContentDeleted,
  Y.ContentEmbed,
  Y.ContentFormat,
  Y.ContentString,
  Y.ContentType,
]);

/** A note as the pieces that count make it. */
export class NoteDocument {
  readonly #sealer: Pick<Sealer, 'sha256'>;
  #doc = new Y.Doc();
  #applied: string[] = [];
  /** Piece -> where its writer's letters end. */
  #ends = new Map<string, number>();
  #leftOut: string[] = [];

  constructor(sealer: Pick<Sealer, 'sha256'>) {
    this.#sealer = sealer;
  }

  /** Another one after an update that did not only add at the end. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  /** Pieces that are kept but not applied: in another's name, with a gap, or no update at all. */
  get leftOut(): readonly string[] {
    return this.#leftOut;
  }

  /** The pieces that count now, in their order. The same pieces make the same text, wherever they came from. */
  async update({ id, pieces }: Pick<Note, 'id' | 'pieces'>): Promise<void> {
    if (this.#applied.some((one, i) => pieces[i]?.entry !== one)) {
      this.#doc = new Y.Doc();
      this.#applied = [];
      this.#ends = new Map();
      this.#leftOut = [];
    }
    for (const piece of pieces.slice(this.#applied.length)) {
      const from = piece.after === undefined ? 0 : (this.#ends.get(piece.after) ?? 0);
      const end = endOf(this.#doc, piece, await noteClient(this.#sealer, id, piece), from);
      this.#applied.push(piece.entry);
      // Whoever writes nonsense goes on from where they were before.
      this.#ends.set(piece.entry, end ?? from);
      if (end === undefined || !applied(this.#doc, piece.update)) this.#leftOut.push(piece.entry);
    }
  }
}

/** Where the letters of this piece end. @returns undefined for what is not this writer's next update, or leans on what is not there. */
function endOf(doc: Y.Doc, { update }: NotePiece, client: number, from: number): number | undefined {
  let at = from;
  const isThere = (id: Y.ID | null): boolean =>
    id === null || id.clock < (id.client === client ? at : Y.getState(doc.store, id.client));
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    for (const struct of structs) {
      if (struct.id.client !== client || struct.id.clock !== at || struct.length < 1) return undefined;
      if (struct instanceof Y.Item) {
        const { origin, rightOrigin, parent, content } = struct;
        const leansOn = [origin, rightOrigin, parent instanceof Y.ID ? parent : null];
        if (!knownContents.has(content.constructor) || !leansOn.every(isThere)) return undefined;
      } else if (!(struct instanceof Y.GC)) return undefined;
      at += struct.length;
      if (at > maxClock) return undefined;
    }
    for (const [who, ranges] of ds.clients)
      for (const { clock, len } of ranges) if (!isThere(Y.createID(who, clock + len - 1))) return undefined;
    return at;
  } catch {
    return undefined;
  }
}

function applied(doc: Y.Doc, update: Bytes): boolean {
  try {
    Y.applyUpdate(doc, update);
    return true;
  } catch {
    return false;
  }
}
