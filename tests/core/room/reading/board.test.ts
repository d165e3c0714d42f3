// Cards and items stand where they were put, however often they are moved, and whatever stood at one place before.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boardOf, placeAt, placingsFor } from '../../../../src/core/room/reading/board.ts';
import type { Card } from '../../../../src/core/room/wall.ts';

const card = (id: string, column: string, order: string, isGone = false): Card => ({
  ...{ id, column, order, isGone, author: 'a', at: 0, title: id, changes: [] },
});
const standard = [
  { id: 'ideas', name: 'Ideas' },
  { id: 'done', name: 'Done' },
];
const idsIn = (column: { readonly cards: readonly Card[] } | undefined) => column?.cards.map(({ id }) => id);

describe('board', () => {
  test('cards stand in their order, those that are gone nowhere, and those of an unknown column in the first', () => {
    const cards = [
      card('b', 'ideas', 'V'),
      card('a', 'ideas', 'M'),
      card('x', 'ideas', 'A', true),
      card('c', 'old', 'Z'),
    ];
    const board = boardOf({ columns: undefined, cards }, standard);
    expect(board.map(idsIn)).toEqual([['a', 'b', 'c'], []]);
  });

  test('a column that members have chosen takes the place of the standard ones', () => {
    const board = boardOf({ columns: [{ id: 'now', name: 'Now' }], cards: [card('a', 'now', 'V')] }, standard);
    expect(board.map(({ name }) => name)).toEqual(['Now']);
  });

  test('two cards at one place leave room for a third between them', () => {
    const board = boardOf({ columns: undefined, cards: [card('a', 'ideas', 'V'), card('b', 'ideas', 'V')] }, standard);
    const placings = placingsFor(board, 'c', 'ideas', 1);
    const placed = new Map(placings.map(({ id, order }) => [id, order]));
    const cards = ['a', 'b', 'c'].map((id) => card(id, 'ideas', placed.get(id) ?? 'V'));
    expect(idsIn(boardOf({ columns: undefined, cards }, standard)[0])).toEqual(['a', 'c', 'b']);
  });

  test('what is put at an index stands there, after any number of moves', () => {
    const moves = fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 200 });
    fc.assert(
      fc.property(moves, fc.constantFrom<string>('V', 'A', '0', 'zzz'), (all, beginning) => {
        let list = Array.from({ length: 8 }, (_, i) => ({ id: `${i}`, order: beginning }));
        for (const [from, to] of all) {
          const moving = list[from];
          const others = list.filter((one) => one !== moving);
          const { order, moved } = placeAt(others, to);
          const placed = new Map(moved.map((one) => [one.id, one.order]));
          const expected = [...others.slice(0, to), moving, ...others.slice(to)].map((one) => one?.id);
          list = list.map(({ id, order: before }) => ({
            id,
            order: id === moving?.id ? order : (placed.get(id) ?? before),
          }));
          list.sort((one, other) =>
            one.order < other.order ? -1 : one.order > other.order ? 1 : one.id < other.id ? -1 : 1,
          );
          expect(list.map(({ id }) => id)).toEqual(expected);
          expect(list.every((one) => /^[0-9A-Za-z]{1,64}$/.test(one.order))).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
