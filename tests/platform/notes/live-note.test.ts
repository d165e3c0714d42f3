// A note that is written in: what was typed becomes pieces that fit into entries and are taken by everybody, in whatever order they come.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { noteClient } from '../../../src/core/room/note-text.ts';
import { plainLine } from '../../../src/core/room/reading/note-lines.ts';
import { LiveNote, type NoteEdit } from '../../../src/platform/notes/live-note.ts';
import { NoteDocument } from '../../../src/platform/notes/note-document.ts';
import { piecesOf } from '../../../src/platform/notes/note-piece.ts';
import { fuzzRuns, sealer } from '../../support/samples/test-identity.ts';
import { admit, deviceOf, found, keyOf, Replica } from '../../support/worlds/room-history.ts';

function begun() {
  const room = new Replica();
  room.write('F', found);
  for (const name of ['A', 'B']) room.write('F', admit(name));
  const note = room.write('F', { k: 'note', title: 'Minutes' }).id;
  return { room, note };
}

/** One member's browser: what they have, what counts there, and what they are writing. */
class Writer {
  readonly replica = new Replica();
  readonly shown = new NoteDocument(sealer);
  live!: LiveNote;
  rebuilt = 0;
  readonly #name: string;
  readonly #note: string;

  private constructor(name: string, note: string) {
    [this.#name, this.#note] = [name, note];
  }

  static async of(name: string, { room, note }: ReturnType<typeof begun>): Promise<Writer> {
    const writer = new Writer(name, note);
    writer.replica.learnFrom(room);
    await writer.look();
    return writer;
  }

  async look(): Promise<void> {
    const note = this.replica.view.show('notes').find(({ id }) => id === this.#note);
    const news = await this.shown.update(note ?? { id: this.#note, pieces: [] });
    // What need not be compared is the same when it is.
    if (this.live && news === 'more')
      expect(this.live.take(this.shown.doc, true) && this.live.take(this.shown.doc)).toBe(true);
    if (this.live?.take(this.shown.doc)) return;
    this.rebuilt += 1;
    const writer = { author: keyOf(this.#name), device: deviceOf(0) };
    this.live = new LiveNote(this.shown.doc, await noteClient(sealer, this.#note, writer));
  }

  async write(): Promise<void> {
    for (const piece of this.live.leave(this.shown.doc))
      this.replica.write(this.#name, { k: 'text', doc: this.#note, u: Buffer.from(piece).toString('base64url') });
    this.live.left();
    await this.look();
  }

  async learn(other: Writer): Promise<void> {
    this.replica.learnFrom(other.replica);
    await this.look();
  }

  get says(): string {
    return JSON.stringify(this.live.lines);
  }
}

const words = (writer: Writer) => writer.live.lines.map(({ runs }) => runs.map(({ text }) => text).join('')).join('|');

describe('a note that is written in', () => {
  test('cuts what was pasted into pieces that entries have room for, and no sign in two', async () => {
    const world = begun();
    const writer = await Writer.of('A', world);
    const pasted = `${'a'.repeat(1_999)}😀${'日本語'.repeat(4_000)}\n`;
    writer.live.edit([{ at: 0, letters: pasted, attributes: {} }]);
    writer.live.edit([{ at: 5, length: 7_000, attributes: { b: true } }]);
    const sent = writer.live.leave(writer.shown.doc);
    writer.live.stayed();
    expect(sent.length).toBeGreaterThan(3);
    expect(Math.max(...sent.map(({ length }) => length))).toBeLessThanOrEqual(9_216);
    await writer.write();
    const other = await Writer.of('B', world);
    await other.learn(writer);
    expect([other.shown.leftOut, other.says, other.rebuilt]).toEqual([[], writer.says, 1]);
    expect(words(other)).toBe(pasted.slice(0, -1));
    other.live.edit([{ at: 0, gone: pasted.length }]);
    await other.write();
    await writer.learn(other);
    expect([words(writer), writer.shown.leftOut]).toEqual(['', []]);
  });

  test('cuts what is taken away in many places', () => {
    const doc = new Y.Doc();
    for (let i = 0; i < 1_500; i++) {
      doc.clientID = 1_000_000 + i;
      doc.getText('t').insert(0, 'xy');
    }
    const before = Y.encodeStateVector(doc);
    doc.clientID = 7;
    doc.transact(() => {
      for (let i = 0; i < 1_500; i++) doc.getText('t').delete(i, 1);
    });
    const pieces = piecesOf(Y.encodeStateAsUpdate(doc, before));
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(9_216);
    expect(pieces.length).toBeGreaterThan(1);
  });

  test('writes what could not be written once more, without what was', async () => {
    const world = begun();
    const writer = await Writer.of('A', world);
    writer.live.edit([{ at: 0, letters: 'y'.repeat(30_000), attributes: {} }]);
    const [first] = writer.live.leave(writer.shown.doc);
    writer.live.stayed();
    // The disk was full after the first of several.
    writer.replica.write('A', { k: 'text', doc: world.note, u: Buffer.from(first ?? []).toString('base64url') });
    await writer.look();
    expect([writer.rebuilt, writer.live.hasTyped]).toEqual([1, true]);
    writer.live.edit([{ at: 0, letters: 'z', attributes: {} }]);
    await writer.write();
    expect([writer.shown.leftOut, words(writer).length, writer.rebuilt]).toEqual([[], 30_001, 1]);
  });

  test('E.96: begins anew when what counts is not what stands here: of two histories of one writer all show the same', async () => {
    const world = begun();
    const writer = await Writer.of('B', world);
    const heads = world.room.graph.heads();
    const client = await noteClient(sealer, world.note, { author: keyOf('A'), device: deviceOf(0) });
    const pieces = ['pay 10', 'pay 90'].map((letters) => {
      const doc = new Y.Doc();
      doc.clientID = client;
      doc.getText('t').insert(0, letters);
      const u = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64url');
      return world.room.draft('A', { k: 'text', doc: world.note, u }, { see: heads, before: '' });
    });
    const later = pieces.toSorted((one, other) => (one.id < other.id ? 1 : -1));
    for (const piece of later) {
      writer.replica.take(piece);
      await writer.look();
    }
    expect(writer.rebuilt).toBe(2);
    const fresh = await Writer.of('F', world);
    await fresh.learn(writer);
    expect(fresh.says).toBe(writer.says);
  });

  test('takes back what its writer has done, and nothing of others', async () => {
    const world = begun();
    const [a, b] = [await Writer.of('A', world), await Writer.of('B', world)];
    a.live.edit([{ at: 0, letters: 'mine\n', attributes: {} }]);
    await a.write();
    await b.learn(a);
    b.live.edit([{ at: 0, letters: 'theirs ', attributes: {} }]);
    await b.write();
    await a.learn(b);
    expect([a.live.undo(), words(a)]).toEqual([true, 'theirs ']);
    expect([a.live.redo(), words(a)]).toEqual([true, 'theirs mine']);
    await a.write();
    await b.learn(a);
    expect([b.says, b.shown.leftOut]).toEqual([a.says, []]);
  });

  test('is the same for all, whoever wrote what, in whatever order it came; nobody is left out', async () => {
    const edit: fc.Arbitrary<(length: number) => NoteEdit | undefined> = fc.oneof(
      fc.tuple(fc.nat(40), fc.constantFrom('a', 'word ', '\n', 'two\nlines', '😀'), fc.boolean()).map(
        ([at, letters, isBold]) =>
          (length: number): NoteEdit => ({
            at: Math.min(at, length),
            letters,
            attributes: isBold ? { b: true } : {},
          }),
      ),
      fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 6 })).map(
        ([at, gone]) =>
          (length: number) =>
            at + gone <= length ? { at, gone } : undefined,
      ),
      fc.tuple(fc.nat(40), fc.constantFrom({ b: null }, { i: true }, { k: 'bullet' }, { n: 2 })).map(
        ([at, attributes]) =>
          (length: number) =>
            at < length ? { at, length: 1, attributes } : undefined,
      ),
    );
    const step = fc.record({
      who: fc.nat(2),
      edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
      writes: fc.boolean(),
      undoes: fc.boolean(),
      learns: fc.option(fc.nat(2), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const world = begun();
        const writers = await Promise.all(['A', 'B', 'F'].map((name) => Writer.of(name, world)));
        for (const { who, edits, writes, undoes, learns } of steps) {
          const writer = writers[who] as Writer;
          for (const make of edits) {
            const made = make(writer.live.length);
            if (made) writer.live.edit([made]);
          }
          if (undoes) writer.live.undo();
          if (writes) await writer.write();
          if (learns !== undefined) await writer.learn(writers[learns] as Writer);
        }
        for (const writer of writers) await writer.write();
        for (const one of writers) for (const other of writers) await one.learn(other);
        for (const one of writers) for (const other of writers) await one.learn(other);
        expect(new Set(writers.map(({ says }) => says)).size).toBe(1);
        expect(writers.flatMap(({ shown }) => shown.leftOut)).toEqual([]);
        expect(writers.map(({ rebuilt }) => rebuilt)).toEqual([1, 1, 1]);
      }),
      { numRuns: fuzzRuns(25) },
    );
  });

  test('reads lines whose last has no end, and looks that nobody knows', async () => {
    const writer = await Writer.of('A', begun());
    expect(writer.live.lines).toEqual([{ ...plainLine, runs: [] }]);
    writer.live.edit([
      { at: 0, letters: 'one', attributes: {} },
      { at: 3, letters: '\n', attributes: { k: 'marquee', n: 99, d: true } },
      { at: 4, letters: 'two', attributes: { a: 7, b: 'yes', later: true } },
    ]);
    expect(writer.live.lines.map(({ kind, indent, done }) => [kind, indent, done])).toEqual([
      ['text', 4, false],
      ['text', 0, false],
    ]);
    expect(writer.live.lines[1]?.runs[0]).toMatchObject({ text: 'two', bold: false, link: '' });
    expect(writer.live.isOpenEnded).toBe(true);
  });
});
