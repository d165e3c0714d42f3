// A note while somebody writes in it: what counts, and before all others what was typed here and is no entry yet.
import * as Y from 'yjs';
import type { Bytes } from '../../core/base/bytes.ts';
import type { NoteAttributes, NoteLine } from '../../core/room/reading/note-lines.ts';
import { piecesOf, rootName, take } from './note-piece.ts';
import { linesOf } from './note-reading.ts';

/** One thing that is done to the text; places are counted in UTF-16 units, as the text is when its turn comes. */
export type NoteEdit =
  | { readonly at: number; readonly gone: number }
  | { readonly at: number; readonly letters: string; readonly attributes: NoteAttributes }
  | { readonly at: number; readonly length: number; readonly attributes: NoteAttributes };

/** A place that stays where it is while others write around it. */
export type NotePlace = Y.RelativePosition;

const typing = 'typing';
const others = 'others';

const wordsOf = (doc: Y.Doc): string =>
  JSON.stringify([
    doc.getText(rootName).toDelta(),
    [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([one], [other]) => one - other),
  ]);

export class LiveNote {
  readonly #doc = new Y.Doc();
  readonly #text: Y.Text;
  readonly #undo: Y.UndoManager;
  /** Typed here, no entry yet. */
  #typed: Uint8Array[] = [];
  /** About to become entries. */
  #leaving: Uint8Array[] = [];
  readonly #listeners = new Set<(isOwn: boolean) => void>();

  /** @param shown what counts. @param client of the writer here in this note. */
  constructor(shown: Y.Doc, client: number) {
    take(this.#doc, Y.encodeStateAsUpdate(shown), others);
    // Only now: Yjs takes another number when it meets its own in what others wrote.
    this.#doc.clientID = client;
    this.#text = this.#doc.getText(rootName);
    this.#undo = new Y.UndoManager(this.#text, { trackedOrigins: new Set([typing]), captureTimeout: 600 });
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === typing || origin === this.#undo) this.#typed.push(update);
      for (const listener of this.#listeners) listener(origin === typing);
    });
  }

  /** In UTF-16 units, line feeds among them. */
  get length(): number {
    return this.#text.length;
  }

  get lines(): readonly NoteLine[] {
    return linesOf(this.#text);
  }

  /** The last line has no line feed of its own: nothing can be said of its look before it has. */
  get isOpenEnded(): boolean {
    return this.#text.length === 0 || !this.#text.toString().endsWith('\n');
  }

  /** Something was typed here that is no entry yet. */
  get hasTyped(): boolean {
    return this.#typed.length + this.#leaving.length > 0;
  }

  /** Calls back after each change. Returns a function that stops it. */
  onChange(listener: (isOwn: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Does what the person here has typed. */
  edit(edits: readonly NoteEdit[]): void {
    this.#doc.transact(() => {
      for (const edit of edits)
        if ('gone' in edit) this.#text.delete(edit.at, edit.gone);
        else if ('letters' in edit) this.#text.insert(edit.at, edit.letters, { ...edit.attributes });
        else this.#text.format(edit.at, edit.length, { ...edit.attributes });
    }, typing);
  }

  undo(): boolean {
    return this.#undo.undo() !== null;
  }

  redo(): boolean {
    return this.#undo.redo() !== null;
  }

  placeAt(index: number): NotePlace {
    return Y.createRelativePositionFromTypeIndex(this.#text, index);
  }

  indexOf(place: NotePlace): number {
    return Y.createAbsolutePositionFromRelativePosition(place, this.#doc)?.index ?? 0;
  }

  /** What was typed since, as pieces for entries, without what counts already. To be followed by `left` or `stayed`. */
  leave(shown: Y.Doc): readonly Bytes[] {
    this.#leaving.push(...this.#typed.splice(0));
    if (this.#leaving.length === 0) return [];
    return piecesOf(Y.diffUpdate(Y.mergeUpdates(this.#leaving), Y.encodeStateVector(shown)));
  }

  /** They are entries now. */
  left(): void {
    this.#leaving = [];
  }

  /** They could not be written: they leave another time. */
  stayed(): void {
    this.#typed.unshift(...this.#leaving.splice(0));
  }

  /**
   * Takes what counts by now. @param isOnlyMore nothing in it is other than it was: then there is nothing to be compared.
   * @returns whether this still is that, with what was typed here behind it; else another one has to be made: a member has lied, the own words
   * count no more, or this browser writes as another device.
   */
  take(shown: Y.Doc, isOnlyMore = false): boolean {
    take(this.#doc, Y.encodeStateAsUpdate(shown, Y.encodeStateVector(this.#doc)), others);
    if (isOnlyMore) return true;
    const expected = new Y.Doc();
    take(expected, Y.encodeStateAsUpdate(shown));
    for (const update of [...this.#leaving, ...this.#typed]) take(expected, update);
    return wordsOf(expected) === wordsOf(this.#doc);
  }

  close(): void {
    this.#undo.destroy();
    this.#doc.destroy();
  }
}
