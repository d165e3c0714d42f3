// What the kinds of a room come to: words, agenda, wall, books, drawings, notes. Each rule was seen to fail with its line taken out
// (scripts/mutations.json, "room").
import { beforeEach, describe, expect, test } from 'vitest';
import { formatPoints, maxDrawn, parsePoints } from '../../../src/core/room/canvas.ts';
import { maxReactions } from '../../../src/core/room/conversation.ts';
import { noteClient } from '../../../src/core/room/note-text.ts';
import { orderBetween } from '../../../src/core/room/wall.ts';
import { sealer } from '../../support/samples/test-identity.ts';
import { admit, deviceOf, found, hashOf, keyOf, Replica, say } from '../../support/worlds/room-history.ts';

let room: Replica;
beforeEach(() => {
  room = new Replica();
  room.write('F', found);
  for (const name of ['A', 'B']) room.write('F', admit(name));
});

describe('words', () => {
  test('are changed and taken back by their author alone, and not changed any more then', () => {
    const word = room.write('A', say('first'));
    room.write('B', { k: 'amend', of: word.id, text: 'of B' });
    room.write('A', { k: 'amend', of: word.id, text: 'second' });
    expect(room.view.show('conversation')).toMatchObject([{ text: 'second', isAmended: true, isUnsaid: false }]);
    room.write('B', { k: 'unsay', of: word.id });
    expect(room.said()).toEqual(['second']);
    room.write('A', { k: 'unsay', of: word.id });
    room.write('A', { k: 'amend', of: word.id, text: 'third' });
    expect(room.view.show('conversation')).toMatchObject([{ text: '', isUnsaid: true }]);
  });

  test('keep their order by count, and are cleaned', () => {
    const before = room.graph.heads();
    room.write('A', say('a\u202e'), { see: before });
    room.write('B', say('b'), { see: before });
    room.write('A', say('c'));
    expect([...room.said().slice(0, 2)].sort()).toEqual(['a', 'b']);
    expect(room.said()[2]).toBe('c');
  });

  test('say what they answer and what they are about', () => {
    const [re, about] = [hashOf('re'), hashOf('card')];
    room.write('A', { ...say('x'), re, in: about });
    expect(room.view.show('conversation')).toMatchObject([{ re, in: about }]);
  });

  test('have one reaction of each person and emoji, and a bounded number of emoji', () => {
    const word = room.write('A', say('x'));
    const react = (name: string, emoji: string, on: boolean) =>
      room.write(name, { k: 'react', of: word.id, emoji, on });
    react('B', '👏', true);
    react('B', '👏', true);
    react('A', '👏', true);
    react('A', '👏', false);
    const reactions = () => room.view.show('conversation')[0]?.reactions ?? new Map();
    expect([...(reactions().get('👏') ?? [])]).toEqual([keyOf('B')]);
    react('B', '👏', false);
    expect(reactions().size).toBe(0);
    for (let i = 0; i <= maxReactions; i++) react('B', `e${i}`, true);
    expect(reactions().size).toBe(maxReactions);
  });

  test('nobody speaks of what they did not have', () => {
    const word = room.write('A', say('x'));
    room.write('A', { k: 'unsay', of: word.id }, { device: 1, before: '', see: word.heads });
    expect(room.said()).toEqual(['x']);
  });

  test('decisions stand apart, files are taken away by whoever put them there or by a steward', () => {
    room.write('A', { k: 'decision', text: 'Yes' });
    const file = { k: 'file', name: '../a.pdf', type: 'application/pdf', size: 5, hash: hashOf('file') };
    const one = room.write('A', file);
    const other = room.write('A', file);
    expect(room.view.show('decisions')).toMatchObject([{ text: 'Yes', author: keyOf('A') }]);
    expect(room.view.show('files')[0]?.name).toBe('a.pdf');
    room.write('B', { k: 'unfile', of: one.id });
    expect(room.view.show('files')).toHaveLength(2);
    room.write('F', { k: 'unfile', of: one.id });
    room.write('A', { k: 'unfile', of: other.id });
    expect(room.view.show('files')).toEqual([]);
  });
});

describe('the agenda', () => {
  test('carries open items on to the next meeting, and leaves done ones where they were', () => {
    const first = room.write('F', { k: 'meeting', title: 'Monday' });
    const [open, done] = ['Budget', 'Paint'].map((title) =>
      room.write('A', { k: 'item', title, order: title.slice(0, 1), meeting: first.id }),
    );
    room.write('B', { k: 'item-set', of: done?.id, state: 'done' });
    const shownOn = () => Object.fromEntries(room.view.show('agenda').items.map(({ title, now }) => [title, now]));
    expect(shownOn()).toEqual({ Budget: first.id, Paint: first.id });
    room.write('F', { k: 'met', meeting: first.id, began: 1, ended: 2, people: [keyOf('A')] });
    expect(shownOn()).toEqual({ Budget: undefined, Paint: first.id });
    const next = room.write('F', { k: 'meeting', title: 'Friday' });
    expect(shownOn()).toEqual({ Budget: next.id, Paint: first.id });
    expect(open?.kind).toBe('item');
  });

  test('puts off by hand what is carried, and keeps calls that nobody has planned', () => {
    const first = room.write('F', { k: 'meeting', title: 'Monday' });
    const next = room.write('F', { k: 'meeting', title: 'Friday' });
    const item = room.write('A', { k: 'item', title: 'Budget', order: 'V', meeting: first.id });
    room.write('A', { k: 'item-set', of: item.id, state: 'carried', minutes: 5 });
    expect(room.view.show('agenda').items).toMatchObject([{ now: next.id, minutes: 5, title: 'Budget' }]);
    room.write('F', { k: 'met', began: 1, ended: 2, people: [] });
    expect(room.view.show('agenda').unplanned).toHaveLength(1);
  });
});

describe('the wall', () => {
  test('has cards whose fields are each the last that somebody set, and what was written over', () => {
    const card = room.write('A', { k: 'card', title: 'Roof', column: 'ideas', order: 'V' });
    const seen = room.graph.heads();
    room.write('A', { k: 'card-set', of: card.id, column: 'done' }, { see: seen });
    room.write('B', { k: 'card-set', of: card.id, progress: 40, column: 'doing' }, { see: seen });
    const [shown] = room.view.show('wall').cards;
    expect(shown?.progress).toBe(40);
    expect(shown?.changes.at(-1)?.fields).toMatchObject({ column: shown?.column });
    expect(shown?.changes.map(({ fields }) => fields.column).sort()).toEqual(['doing', 'done']);
    room.write('B', { k: 'card-gone', of: card.id, gone: true });
    expect(room.view.show('wall').cards[0]?.isGone).toBe(true);
    room.write('B', { k: 'columns', columns: [{ id: 'ideas', name: 'Ideas' }] });
    expect(room.view.show('wall').columns).toEqual([{ id: 'ideas', name: 'Ideas' }]);
  });

  test('has room between any two cards, for a long time', () => {
    let [low, high] = ['', ''];
    for (let i = 0; i < 100; i++) {
      const middle = orderBetween(low, high);
      if (middle === undefined) throw new Error('no room');
      expect(middle > low && (high === '' || middle < high)).toBe(true);
      if (i % 3 === 0) high = middle;
      else low = middle;
    }
    expect(orderBetween('A', 'A0')).toBeUndefined();
    expect(orderBetween('A', 'A')).toBeUndefined();
  });
});

describe('a book', () => {
  const chapter = (book: string, more: object = {}) => ({
    k: 'chapter',
    book,
    title: 'Soil',
    order: 'V',
    parts: [{ text: 'Dig.' }],
    source: 'https://example.org',
    ...more,
  });

  test('has chapters by their versions; a new one is written by the author before, or the author of the book', () => {
    const book = room.write('F', { k: 'book', title: 'Garden' });
    const first = room.write('A', chapter(book.id));
    room.write('B', chapter(book.id, { of: first.id, title: 'Taken' }));
    const second = room.write('A', chapter(book.id, { of: first.id, title: 'Earth' }));
    room.write('F', chapter(book.id, { of: second.id, title: 'Ground', order: 'W' }));
    room.write('B', chapter(hashOf('no book')));
    const [shown] = room.view.show('books');
    expect(shown?.chapters.map(({ versions }) => versions.map(({ title }) => title))).toEqual([
      ['Soil', 'Earth', 'Ground'],
    ]);
  });

  test('has reviews of exactly one version, none by its author, the last of each person', () => {
    const book = room.write('F', { k: 'book', title: 'Garden' });
    const first = room.write('A', chapter(book.id));
    const review = (name: string, verdict: string) =>
      room.write(name, { k: 'review', of: first.id, verdict, sure: 7, text: '' });
    review('A', 'confirmed');
    review('B', 'wrong');
    const last = review('B', 'confirmed');
    room.write('A', chapter(book.id, { of: first.id }));
    const versions = () => room.view.show('books')[0]?.chapters[0]?.versions ?? [];
    expect(versions().map(({ reviews }) => reviews.map(({ verdict, author }) => [verdict, author]))).toEqual([
      [['confirmed', keyOf('B')]],
      [],
    ]);
    const own = review('F', 'doubtful');
    room.write('F', { k: 'withdraw', of: last.id });
    expect(versions()[0]?.reviews.find(({ id }) => id === own.id)?.isWithdrawn).toBe(false);
    room.write('F', { k: 'withdraw', of: own.id });
    expect(versions()[0]?.reviews[0]?.isWithdrawn).toBe(false);
    room.write('B', { k: 'withdraw', of: last.id });
    room.write('B', { k: 'withdraw', of: first.id });
    expect(versions()[0]).toMatchObject({
      isWithdrawn: false,
      reviews: [{ isWithdrawn: true }, { isWithdrawn: true }],
    });
    room.write('A', { k: 'withdraw', of: first.id });
    expect(versions()[0]?.isWithdrawn).toBe(true);
  });
});

describe('a drawing', () => {
  const points = formatPoints([{ x: 1, y: -2, pressure: 128 }]);

  test('has strokes and shapes that are moved and erased', () => {
    const canvas = room.write('F', { k: 'canvas', title: 'Plan' });
    const stroke = room.write('A', { k: 'stroke', canvas: canvas.id, points, colour: 'red', width: 4 });
    const shape = room.write('B', { k: 'shape', canvas: canvas.id, form: 'box', x: 1, y: 2 });
    room.write('A', { k: 'shape-set', of: shape.id, x: 9 });
    room.write('A', { k: 'shape-set', of: stroke.id, x: 9 });
    room.write('B', { k: 'shape', canvas: hashOf('none'), form: 'box', x: 1, y: 2 });
    const drawn = () => room.view.show('canvases')[0]?.drawn ?? [];
    expect(drawn()).toMatchObject([
      { is: 'stroke', points },
      { is: 'shape', x: 9, y: 2 },
    ]);
    room.write('B', { k: 'erase', of: [stroke.id] });
    expect(drawn()).toMatchObject([{ is: 'shape' }]);
    expect(maxDrawn).toBe(5_000);
  });

  test('has points that are read as they were written, and nothing else is', () => {
    const some = [
      { x: -1_000_000, y: 1_000_000, pressure: 255 },
      { x: 0, y: 0, pressure: 0 },
    ];
    expect(parsePoints(formatPoints(some))).toEqual(some);
    for (const bytes of [[], [2, 2], [128], [128, 0, 0, 0], [255, 255, 255, 255, 255, 1, 0, 0], [0, 0, 1]])
      expect(parsePoints(Buffer.from(bytes).toString('base64url')), String(bytes)).toBeUndefined();
    expect(parsePoints('=')).toBeUndefined();
  });
});

describe('a note', () => {
  test('is made of pieces in one order, each going on from the last of the same device', () => {
    const note = room.write('F', { k: 'note', title: 'Minutes' });
    const piece = (name: string, device = 0) => room.write(name, { k: 'text', doc: note.id, u: 'AAAA' }, { device });
    const [first, , second] = [piece('A'), piece('A', 1), piece('A')];
    const pieces = room.view.show('notes')[0]?.pieces ?? [];
    expect(pieces.map(({ after }) => after)).toEqual([undefined, undefined, first.id]);
    expect(pieces.at(-1)).toMatchObject({ entry: second.id, author: keyOf('A'), device: deviceOf(0) });
    expect(pieces[0]?.update).toEqual(new Uint8Array(3));
  });

  test('has another number for each writer', async () => {
    const numbers = await Promise.all(
      [
        ['A', 0],
        ['A', 1],
        ['B', 0],
      ].map(([name, device]) =>
        noteClient(sealer, hashOf('note'), { author: keyOf(String(name)), device: deviceOf(Number(device)) }),
      ),
    );
    expect(new Set(numbers).size).toBe(3);
  });
});

describe('people', () => {
  test('are called as they call themselves, and are reached as they say', () => {
    const reach = { x: keyOf('x'), relays: ['wss://relay.example', 'javascript:1'], inbox: 'AAAAAAAAAAAAAAAAAAAAAA' };
    room.write('A', { k: 'join', name: 'Ana', ...reach });
    const members = () => room.view.show('people')?.members ?? new Map();
    expect(members().get(keyOf('A'))).toMatchObject({
      name: 'Ana',
      letInBy: keyOf('F'),
      reach: { relays: ['wss://relay.example'] },
    });
    expect(members().get(keyOf('B'))).toMatchObject({ name: 'B', reach: undefined });
    room.write('A', { k: 'profile', name: 'Anna', ...reach, inbox: 'BAAAAAAAAAAAAAAAAAAAAA' });
    expect(members().get(keyOf('A'))).toMatchObject({ name: 'Anna', reach: { inbox: 'BAAAAAAAAAAAAAAAAAAAAA' } });
    for (const name of ['A', 'B']) room.write(name, { k: 'compared', who: keyOf('A'), how: 'emoji' });
    expect([...(members().get(keyOf('A'))?.comparedBy ?? [])]).toEqual([keyOf('B')]);
  });

  test('name the room by its stewards', () => {
    room.write('F', { k: 'rename', name: 'Orchard' });
    room.write('A', { k: 'rename', name: 'Mine' });
    room.write('F', { k: 'policy', admit: 'members' });
    room.write('A', { k: 'policy', admit: 'stewards' });
    expect(room.view.show('people')).toMatchObject({ name: 'Orchard', admit: 'members', founder: keyOf('F') });
  });

  test('a kind of a later version is counted and passed on, not shown', () => {
    room.write('A', { k: 'dance' });
    room.write('A', { k: 'say', text: 7 });
    const next = room.write('B', say('after'));
    expect(room.view.unknown).toBe(2);
    expect(next.heads).toEqual(
      [...room.graph.all()]
        .filter(({ body }) => !body)
        .map(({ id }) => id)
        .slice(-1),
    );
  });
});
