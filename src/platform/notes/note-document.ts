// Notes of a room as Yjs documents (docs/rooms.md#notes). Which pieces count, and their order, core/room/note-text.ts says; each is looked at before
// it is applied (note-piece.ts).
import * as Y from 'yjs';
import type { Sealer } from '../../core/base/ports.ts';
import { writerOf } from '../../core/room/entry.ts';
import { type Note, type NotePiece, noteClient } from '../../core/room/note-text.ts';
import { lookAt, type NoteUse, noUse, rootName, take } from './note-piece.ts';

/** Where a piece that comes between others is likely to come: the state is kept every so many pieces, the last few times. */
const pace = 64;
const keptStates = 4;

interface Step {
  readonly piece: NotePiece;
  /** Where the letters of its writer end. */
  readonly end: number;
  readonly use: NoteUse;
  readonly isLeftOut: boolean;
}

function applied(doc: Y.Doc, update: Uint8Array): boolean {
  try {
    take(doc, update);
    return true;
  } catch {
    return false;
  }
}

/** A note as the pieces that count make it. */
export class NoteDocument {
  readonly #sealer: Pick<Sealer, 'sha256'>;
  #doc = new Y.Doc();
  #steps: Step[] = [];
  readonly #ends = new Map<string, number>();
  #states: { readonly steps: number; readonly state: Uint8Array }[] = [];
  readonly #clients = new Map<string, number>();

  constructor(sealer: Pick<Sealer, 'sha256'>) {
    this.#sealer = sealer;
  }

  /** Another one after an update that did not only add at the end. */
  get doc(): Y.Doc {
    return this.#doc;
  }

  get text(): Y.Text {
    return this.#doc.getText(rootName);
  }

  /** Pieces that are kept but not applied: in another's name, with a gap, too much, or no update at all. */
  get leftOut(): readonly string[] {
    return this.#leftOutSteps.map(({ piece }) => piece.entry);
  }

  /** Who has written those, by key. */
  get leftOutOf(): readonly string[] {
    return [...new Set(this.#leftOutSteps.map(({ piece }) => piece.author))];
  }

  /** How much the note has had in it. */
  get use(): NoteUse {
    return this.#steps.at(-1)?.use ?? noUse;
  }

  /** The number of a writer in this note -> their key. */
  get authors(): ReadonlyMap<number, string> {
    return new Map(this.#steps.map(({ piece }) => [this.#clients.get(writerOf(piece)) ?? -1, piece.author] as const));
  }

  get #leftOutSteps(): readonly Step[] {
    return this.#steps.filter(({ isLeftOut }) => isLeftOut);
  }

  /**
   * The pieces that count now, in their order. The same pieces make the same text, wherever they came from.
   * @returns 'more' where there is only something behind what there was, and nothing of it is left out.
   */
  async update({ id, pieces }: Pick<Note, 'id' | 'pieces'>): Promise<'same' | 'more' | 'other'> {
    const differs = this.#steps.findIndex(({ piece }, i) => pieces[i]?.entry !== piece.entry);
    if (differs !== -1) this.#goBackTo(differs);
    const known = this.#steps.length;
    for (const piece of pieces.slice(known)) {
      await this.#take(id, piece);
      // A long note is seconds of work: the page goes on meanwhile.
      if (this.#steps.length % pace === 0) await new Promise((done) => setTimeout(done));
    }
    if (differs !== -1 || this.#steps.slice(known).some(({ isLeftOut }) => isLeftOut)) return 'other';
    return this.#steps.length > known ? 'more' : 'same';
  }

  async #take(note: string, piece: NotePiece): Promise<void> {
    const client = this.#clients.get(writerOf(piece)) ?? (await noteClient(this.#sealer, note, piece));
    this.#clients.set(writerOf(piece), client);
    const from = piece.after === undefined ? 0 : (this.#ends.get(piece.after) ?? 0);
    const { use } = this;
    const looked = lookAt(this.#doc, piece.update, client, from, use);
    const isApplied = looked !== undefined && applied(this.#doc, piece.update);
    // What Yjs itself gives up on is not half there.
    if (looked && !isApplied) this.#goBackTo(this.#steps.length);
    // Whoever writes nonsense goes on from where they were before.
    const end = isApplied ? looked.end : from;
    this.#steps.push({ piece, end, use: isApplied ? looked.use : use, isLeftOut: !isApplied });
    this.#ends.set(piece.entry, end);
    if (this.#steps.length % pace !== 0) return;
    this.#states.push({ steps: this.#steps.length, state: Y.encodeStateAsUpdate(this.#doc) });
    this.#states = this.#states.slice(-keptStates);
  }

  /** Makes the document again as it was after the first pieces. */
  #goBackTo(steps: number): void {
    this.#states = this.#states.filter((one) => one.steps <= steps);
    const known = this.#states.at(-1);
    this.#doc = new Y.Doc();
    if (known) take(this.#doc, known.state);
    for (const { piece } of this.#steps.splice(steps)) this.#ends.delete(piece.entry);
    for (const { piece, isLeftOut } of this.#steps.slice(known?.steps ?? 0))
      if (!isLeftOut) applied(this.#doc, piece.update);
  }
}
