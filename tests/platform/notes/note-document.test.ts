// Notes: the same pieces make the same text, and nobody writes in another's name (E.96 to E.98). Seen to fail with the checks taken out (scripts/mutations.json,
// "room").
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Bytes } from '../../../src/core/base/bytes.ts';
import { noteClient } from '../../../src/core/room/note-text.ts';
import { maxNote } from '../../../src/core/room/reading/note-lines.ts';
import { NoteDocument } from '../../../src/platform/notes/note-document.ts';
import { lookAt } from '../../../src/platform/notes/note-piece.ts';
import { fuzzRuns, sealer } from '../../support/samples/test-identity.ts';
import { admit, deviceOf, found, keyOf, Replica } from '../../support/worlds/room-history.ts';

let room: Replica;
let note: string;

beforeEach(() => {
  room = new Replica();
  room.write('F', found);
  for (const name of ['A', 'B']) room.write('F', admit(name));
  note = room.write('F', { k: 'note', title: 'Minutes' }).id;
});

const pieces = (replica = room) => replica.view.show('notes')[0]?.pieces ?? [];
async function shownIn(replica = room): Promise<NoteDocument> {
  const shown = new NoteDocument(sealer);
  await shown.update({ id: note, pieces: pieces(replica) });
  return shown;
}
const textOf = (shown: NoteDocument) => shown.doc.getText('t').toString();

/** What somebody's editor makes of the note as they have it. */
async function edited(name: string, replica: Replica, edit: (text: Y.Text) => void, as = name): Promise<Bytes> {
  const { doc } = await shownIn(replica);
  const before = Y.encodeStateVector(doc);
  doc.clientID = await noteClient(sealer, note, { author: keyOf(as), device: deviceOf(0) });
  edit(doc.getText('t'));
  return new Uint8Array(Y.encodeStateAsUpdate(doc, before));
}
const entryOf = (update: Uint8Array) => ({ k: 'text', doc: note, u: Buffer.from(update).toString('base64url') });
const type = (name: string, replica: Replica, at: number, letters: string) =>
  edited(name, replica, (text) => text.insert(Math.min(at, text.length), letters)).then((update) =>
    replica.write(name, entryOf(update)),
  );

describe('a note', () => {
  test('has what its writers have typed and taken away, offline too', async () => {
    await type('A', room, 0, 'Hello');
    const other = new Replica();
    other.learnFrom(room);
    await type('B', other, 5, ' world');
    await type('A', room, 5, '!');
    room.learnFrom(other);
    other.learnFrom(room);
    const [one, two] = [await shownIn(), await shownIn(other)];
    expect(textOf(one)).toBe(textOf(two));
    expect([...textOf(one)].sort().join('')).toBe([...'Hello world!'].sort().join(''));
    const gone = await edited('B', room, (text) => text.delete(0, 3));
    room.write('B', entryOf(gone));
    expect((await shownIn()).leftOut).toEqual([]);
    expect(textOf(await shownIn())).toHaveLength(9);
  });

  test('is the same whether it grew piece by piece or was made at once', async () => {
    const growing = new NoteDocument(sealer);
    for (const [name, letters] of [
      ['A', 'one '],
      ['B', 'two '],
      ['A', 'three '],
    ] as const) {
      await type(name, room, 0, letters);
      await growing.update({ id: note, pieces: pieces() });
    }
    const { doc } = growing;
    expect(textOf(growing)).toBe(textOf(await shownIn()));
    await growing.update({ id: note, pieces: pieces().slice(1) });
    expect(growing.doc).not.toBe(doc);
  });

  test('E.96: takes nothing in another’s name', async () => {
    await type('A', room, 0, 'mine');
    const forged = await edited('B', room, (text) => text.insert(0, 'forged '), 'A');
    const entry = room.write('B', entryOf(forged));
    const shown = await shownIn();
    expect([textOf(shown), shown.leftOut]).toEqual(['mine', [entry.id]]);
    // Nor in the name of somebody who has written nothing so far.
    const first = await edited('B', room, (text) => text.insert(0, 'forged '), 'F');
    const other = room.write('B', entryOf(first));
    expect((await shownIn()).leftOut).toEqual([entry.id, other.id]);
  });

  test('takes nothing with a gap, nothing twice, and nothing that is no update', async () => {
    const update = await edited('A', room, (text) => text.insert(0, 'one'));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, update);
    const before = Y.encodeStateVector(doc);
    doc.clientID = await noteClient(sealer, note, { author: keyOf('A'), device: deviceOf(0) });
    doc.getText('t').insert(3, ' two');
    const second = Y.encodeStateAsUpdate(doc, before);
    const wrong = [second, Uint8Array.of(1, 2, 3), new Uint8Array(9).fill(255)].map((one) =>
      room.write('A', entryOf(one)),
    );
    room.write('A', entryOf(update));
    wrong.push(room.write('A', entryOf(update)));
    room.write('A', entryOf(second));
    const shown = await shownIn();
    expect(textOf(shown)).toBe('one two');
    expect(shown.leftOut).toEqual(wrong.map(({ id }) => id));
  });

  test('takes away nothing that is not there, however much that is, and leans on nothing that is not', async () => {
    const number = (value: number): readonly number[] =>
      value < 128 ? [value] : [(value % 128) + 128, ...number(Math.floor(value / 128))];
    // No letters, then what is taken away of six hundred writers.
    const ranges = Array.from({ length: 600 }, (_, i) => [i + 1, 1, 2 ** 40, 1_000_000].flatMap(number));
    const bytes = [0, ...number(ranges.length), ...ranges.flat()];
    const away = room.write('A', entryOf(Uint8Array.from(bytes)));
    await type('B', room, 0, 'there');
    const copy = new Replica();
    copy.learnFrom(room);
    const leaning = await edited('A', copy, (text) => text.insert(2, 'x'));
    const other = new Replica();
    for (const entry of room.graph.all()) if (entry.author !== keyOf('B')) other.take(entry);
    const lost = other.write('A', entryOf(leaning));
    const shown = await shownIn(other);
    expect(shown.leftOut).toEqual([away.id, lost.id]);
    expect(shown.doc.store.pendingStructs).toBeNull();
    expect(shown.doc.store.pendingDs).toBeNull();
  });

  test('has no documents in it', async () => {
    const doc = new Y.Doc();
    doc.clientID = await noteClient(sealer, note, { author: keyOf('A'), device: deviceOf(0) });
    doc.getMap('m').set('x', new Y.Doc());
    const entry = room.write('A', entryOf(Y.encodeStateAsUpdate(doc)));
    expect((await shownIn()).leftOut).toEqual([entry.id]);
  });

  test('E.97: has letters, line feeds and marks in its one text, and nothing else', async () => {
    const client = await noteClient(sealer, note, { author: keyOf('A'), device: deviceOf(0) });
    const made = (make: (doc: Y.Doc) => void): Uint8Array => {
      const doc = new Y.Doc();
      doc.clientID = client;
      make(doc);
      return Y.encodeStateAsUpdate(doc);
    };
    const bad: readonly ((doc: Y.Doc) => void)[] = [
      (doc) => doc.getText('other').insert(0, 'unseen'),
      (doc) => doc.getText('t').insertEmbed(0, { image: 'https://elsewhere.example/spy.png' }),
      (doc) => doc.getMap('t').set('key', 'value'),
      (doc) => doc.getXmlFragment('t').insert(0, [new Y.XmlElement('script')]),
      (doc) => doc.getArray('t').insert(0, [1, [[[[2]]]]]),
      (doc) => doc.getText('t').insert(0, 'x', { a: { deep: [[[]]] } }),
      (doc) => doc.getText('t').insert(0, 'x', { a: `https://${'a'.repeat(2_001)}` }),
      (doc) => doc.getText('t').insert(0, 'x', { ['k'.repeat(33)]: true }),
      (doc) => doc.getText('t').insert(0, 'turned \u202e around'),
      (doc) => doc.getText('t').insert(0, 'bell \u0007'),
      () => undefined,
    ];
    const left = bad.map((make) => room.write('A', entryOf(made(make))).id);
    room.write('A', entryOf(made((doc) => doc.getText('t').insert(0, 'fine\n', { later: 'unknown', k: 'bullet' }))));
    const shown = await shownIn();
    expect(shown.leftOut).toEqual(left);
    expect([textOf(shown), shown.leftOutOf]).toEqual(['fine\n', [keyOf('A')]]);
  });

  test('E.98: does not grow past its bounds, whatever was taken away of it; then letters can still be taken away', async () => {
    const client = await noteClient(sealer, note, { author: keyOf('A'), device: deviceOf(0) });
    const doc = new Y.Doc();
    doc.clientID = client;
    // Taken away at once: few bytes, and a long way to go for everybody.
    doc.getText('t').insert(0, 'x'.repeat(maxNote.length - 10));
    doc.getText('t').delete(0, maxNote.length - 10);
    room.write('A', entryOf(Y.encodeStateAsUpdate(doc)));
    const first = await shownIn();
    expect([first.leftOut, first.use.length]).toEqual([[], maxNote.length - 10]);
    const over = await type('B', room, 0, '12345678901');
    await type('B', room, 0, '1234567890');
    const full = await shownIn();
    expect([full.leftOut, textOf(full)]).toEqual([[over.id], '1234567890']);
    room.write('B', entryOf(await edited('B', room, (text) => text.delete(0, 5))));
    expect(textOf(await shownIn())).toBe('67890');
  });

  test('has so many lines, marks and pieces, and no more', async () => {
    const begin = await edited('A', room, (text) => text.insert(0, 'x'));
    room.write('A', entryOf(begin));
    const { doc, use } = await shownIn();
    const look = async (update: Bytes, almost: Partial<typeof use>) =>
      lookAt(doc, update, await noteClient(sealer, note, { author: keyOf('B'), device: deviceOf(0) }), 0, {
        ...use,
        ...almost,
      });
    const line = await edited('B', room, (text) => text.insert(0, '\n'));
    const bold = await edited('B', room, (text) => text.format(0, 1, { b: true }));
    expect(await look(line, {})).toBeDefined();
    expect(await look(line, { lines: maxNote.lines })).toBeUndefined();
    expect(await look(bold, {})).toBeDefined();
    expect(await look(bold, { marks: maxNote.marks - 1 })).toBeUndefined();
    expect(await look(line, { pieces: maxNote.pieces })).toBeUndefined();
  });

  test('is the same when pieces come between others late, near the end and far from it', async () => {
    const apart = new Replica();
    apart.learnFrom(room);
    for (let i = 0; i < 80; i++) await type('A', room, i, String(i % 10));
    const growing = await shownIn();
    for (const [name, letters] of [
      ['B', 'early'],
      ['B', 'again'],
    ] as const)
      await type(name, apart, 0, letters);
    room.learnFrom(apart);
    await growing.update({ id: note, pieces: pieces() });
    expect(textOf(growing)).toBe(textOf(await shownIn()));
    expect(growing.leftOut).toEqual([]);
    const late = new Replica();
    late.learnFrom(room);
    await type('A', room, 3, 'one');
    await type('B', late, 9, 'two');
    await growing.update({ id: note, pieces: pieces() });
    room.learnFrom(late);
    await growing.update({ id: note, pieces: pieces() });
    expect(textOf(growing)).toBe(textOf(await shownIn()));
    expect(growing.use).toEqual((await shownIn()).use);
  });

  test('takes nothing away that no piece takes away: a mark that says nothing now may say something later', async () => {
    await type('A', room, 0, 'abcdefgh');
    // One makes letters bold that another one takes away at the same time: nothing is left between the marks.
    const other = new Replica();
    other.learnFrom(room);
    room.write('A', entryOf(await edited('A', room, (text) => text.format(1, 2, { b: true }))));
    other.write('F', entryOf(await edited('F', other, (text) => text.delete(1, 2))));
    room.learnFrom(other);
    const marks = ({ doc }: NoteDocument) => {
      let count = 0;
      for (let item = doc.getText('t')._start; item; item = item.right)
        if (!item.deleted && item.content instanceof Y.ContentFormat) count += 1;
      return count;
    };
    const growing = new NoteDocument(sealer);
    // Somebody looks on: Yjs tidies what is looked at.
    expect(growing.text.length).toBe(0);
    await growing.update({ id: note, pieces: pieces() });
    expect(marks(growing)).toBe(2);
    // Made again from a state that was kept.
    for (let i = 0; i < 64; i++) await type('A', room, 3, 'x');
    await growing.update({ id: note, pieces: pieces() });
    await growing.update({ id: note, pieces: pieces().slice(0, -1) });
    expect([marks(growing), textOf(growing).length]).toEqual([2, 69]);
  });

  test('is the same everywhere, though a writer has signed two different letters for one place', async () => {
    const [one, other] = await Promise.all(
      ['pay 10', 'pay 90'].map((letters) => edited('A', room, (text) => text.insert(0, letters))),
    );
    const heads = room.graph.heads();
    for (const update of [one, other])
      room.write('A', entryOf(update ?? new Uint8Array(0)), { see: heads, before: '' });
    const copy = new Replica();
    for (const entry of [...room.graph.all()].toReversed()) copy.take(entry);
    while (copy.graph.size < room.graph.size) copy.learnFrom(room);
    expect(room.view.evidence).toHaveLength(1);
    expect(textOf(await shownIn(copy))).toBe(textOf(await shownIn()));
  });

  test('is the same for all who have the same, whoever typed what, where and when', async () => {
    const edit = fc.record({
      who: fc.constantFrom('A', 'B', 'F'),
      at: fc.nat(20),
      letters: fc.string({ minLength: 1, maxLength: 6 }),
      meets: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 14 }), async (edits) => {
        const copies = new Map(['A', 'B', 'F'].map((name) => [name, new Replica()] as const));
        for (const copy of copies.values()) copy.learnFrom(room);
        const meet = () => {
          for (const one of copies.values()) for (const other of copies.values()) one.learnFrom(other);
        };
        for (const { who, at, letters, meets } of edits) {
          const copy = copies.get(who);
          if (copy) await type(who, copy, at, letters);
          if (meets) meet();
        }
        meet();
        meet();
        const shown = await Promise.all([...copies.values()].map((copy) => shownIn(copy)));
        expect(new Set(shown.map(textOf)).size).toBe(1);
        expect(shown.flatMap(({ leftOut }) => leftOut)).toEqual([]);
        expect(textOf(shown[0] ?? new NoteDocument(sealer)).length).toBe(
          edits.reduce((sum, { letters }) => sum + letters.length, 0),
        );
      }),
      { numRuns: fuzzRuns(20) },
    );
  });
});
