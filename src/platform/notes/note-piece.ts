// One piece of a note, looked at before it is applied, and made: Yjs believes whatever an update says of its author and of its place, and notes
// are bounded (docs/rooms.md#notes).
import * as Y from 'yjs';
import type { Bytes } from '../../core/base/bytes.ts';
import { areLetters, isAttribute, maxNote } from '../../core/room/reading/note-lines.ts';

/** The text of a note, within its document. */
export const rootName = 't';

/**
 * Applies an update, and nothing but that. Yjs would tidy afterwards: take away marks that say nothing now. What says nothing now may say something
 * once a piece comes between, and who had it tidied would show something else than who had not.
 */
export function take(doc: Y.Doc, update: Uint8Array, origin?: unknown): void {
  doc.transact((transaction) => {
    Y.applyUpdate(doc, update, origin);
    // It tidies after what came from elsewhere.
    transaction.local = true;
  }, origin);
}

/** How much a note has had in it, what was taken away among it. */
export interface NoteUse {
  readonly length: number;
  readonly lines: number;
  readonly marks: number;
  readonly pieces: number;
}

export const noUse: NoteUse = { length: 0, lines: 0, marks: 0, pieces: 0 };

export interface LookedAt {
  /** Where the writer's letters end with it. */
  readonly end: number;
  readonly use: NoteUse;
}

/** What letters, marks and line feeds this content is made of; undefined for anything else. */
function useOf({ content, length }: Y.Item): Omit<NoteUse, 'pieces'> | undefined {
  if (content instanceof Y.ContentString) {
    const { str } = content;
    return areLetters(str) ? { length, lines: str.split('\n').length - 1, marks: 0 } : undefined;
  }
  if (content instanceof Y.ContentFormat)
    return isAttribute(content.key, content.value) ? { length, lines: 0, marks: 1 } : undefined;
  return content instanceof Y.ContentDeleted ? { length, lines: 0, marks: 0 } : undefined;
}

/** Stands in the text of the note, by itself or beside what stands there. */
function isInText({ origin, rightOrigin, parent, parentSub }: Y.Item): boolean {
  if (parentSub !== null) return false;
  return origin !== null || rightOrigin !== null || (parent as unknown) === rootName;
}

/**
 * @param from where the writer's letters end so far. @param use of the note so far.
 * @returns undefined for what is not this writer's next update, leans on what is not there, is no text, or makes the note too large.
 */
export function lookAt(doc: Y.Doc, update: Bytes, client: number, from: number, use: NoteUse): LookedAt | undefined {
  let at = from;
  let { length, lines, marks } = use;
  const isThere = (id: Y.ID | null): boolean =>
    id === null || id.clock < (id.client === client ? at : Y.getState(doc.store, id.client));
  try {
    const { structs, ds } = Y.decodeUpdate(update);
    if (structs.length === 0 && ds.clients.size === 0) return undefined;
    for (const struct of structs) {
      if (struct.id.client !== client || struct.id.clock !== at || struct.length < 1) return undefined;
      let grown: ReturnType<typeof useOf> = { length: struct.length, lines: 0, marks: 0 };
      if (struct instanceof Y.Item) {
        if (!isInText(struct) || ![struct.origin, struct.rightOrigin].every(isThere)) return undefined;
        grown = useOf(struct);
      } else if (!(struct instanceof Y.GC)) return undefined;
      if (!grown) return undefined;
      [length, lines, marks] = [length + grown.length, lines + grown.lines, marks + grown.marks];
      if (length > maxNote.length || lines > maxNote.lines || marks > maxNote.marks) return undefined;
      at += struct.length;
    }
    for (const [who, ranges] of ds.clients)
      for (const { clock, len } of ranges) if (!isThere(Y.createID(who, clock + len - 1))) return undefined;
  } catch {
    return undefined;
  }
  if (use.pieces >= maxNote.pieces) return undefined;
  return { end: at, use: { length, lines, marks, pieces: use.pieces + 1 } };
}

/** Bytes of one piece: an entry has room for 9216. */
const maxPiece = 8_000;
/** UTF-16 units of letters in one struct of a piece: three bytes each at most. */
const maxLetters = 2_000;

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

/** Long letters as several structs, one beside the other, as Yjs itself would cut them. */
function cut(struct: Struct): readonly Struct[] {
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return [struct];
  const { id, origin, rightOrigin, parent, content } = struct;
  const cuts: Y.Item[] = [];
  for (let at = 0; at < content.str.length; ) {
    let letters = content.str.slice(at, at + maxLetters);
    // Two units that are one sign stay together.
    if (at + letters.length < content.str.length && /[\ud800-\udbff]$/.test(letters)) letters = letters.slice(0, -1);
    const before = at === 0 ? origin : Y.createID(id.client, id.clock + at - 1);
    const place = Y.createID(id.client, id.clock + at);
    cuts.push(new Y.Item(place, null, before, null, rightOrigin, parent, null, new Y.ContentString(letters)));
    at += letters.length;
  }
  return cuts;
}

interface Range {
  readonly client: number;
  readonly clock: number;
  readonly len: number;
}

function encoded(structs: readonly Struct[], gone: readonly Range[]): Bytes {
  const encoder = new Y.UpdateEncoderV1();
  const [first] = structs;
  encoder.writeLen(first ? 1 : 0);
  if (first) {
    encoder.writeLen(structs.length);
    encoder.writeClient(first.id.client);
    encoder.writeLen(first.id.clock);
    for (const struct of structs) struct.write(encoder, 0);
  }
  const clients = [...new Set(gone.map(({ client }) => client))];
  encoder.writeLen(clients.length);
  for (const client of clients) {
    const ranges = gone.filter((range) => range.client === client);
    encoder.writeClient(client);
    encoder.writeLen(ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
  return new Uint8Array(encoder.toUint8Array());
}

/** An update as pieces that entries have room for, to be applied one after the other; what is taken away comes last. */
export function piecesOf(update: Uint8Array): readonly Bytes[] {
  const { structs, ds } = Y.decodeUpdate(update);
  const gone: Range[] = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, len })),
  );
  const pieces: Bytes[] = [];
  const fill = <Part>(parts: readonly Part[], write: (some: readonly Part[]) => Bytes): void => {
    let some: Part[] = [];
    let size = 0;
    for (const part of parts) {
      const own = write([part]).length;
      if (some.length > 0 && size + own > maxPiece) {
        pieces.push(write(some));
        [some, size] = [[], 0];
      }
      some.push(part);
      size += own;
    }
    if (some.length > 0) pieces.push(write(some));
  };
  const whole = encoded(structs, gone);
  if (whole.length <= maxPiece) return structs.length + gone.length === 0 ? [] : [whole];
  fill(structs.flatMap(cut), (some) => encoded(some, []));
  fill(gone, (some) => encoded([], some));
  return pieces;
}
