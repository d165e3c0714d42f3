// Where a card goes by a key or a pointer, as a place on the board. Pure.
import type { BoardColumn } from '../../core/room/reading/board.ts';

/** A place for a card: its column, and how many others stand above it there. */
export interface BoardPlace {
  readonly column: number;
  readonly index: number;
}

/** What is carried, from where, and where it is held now. */
export interface Carrying {
  readonly card: string;
  readonly from: BoardPlace;
  readonly at: BoardPlace;
  readonly by: 'keys' | 'pointer';
}

export type BoardStep = 'up' | 'down' | 'before' | 'after';

export function placeOf(board: readonly BoardColumn[], card: string): BoardPlace | undefined {
  const column = board.findIndex(({ cards }) => cards.some(({ id }) => id === card));
  const index = board[column]?.cards.findIndex(({ id }) => id === card);
  return index === undefined ? undefined : { column, index };
}

/** The place one step away for a card that is carried; the same where the board ends. */
export function carried(board: readonly BoardColumn[], card: string, from: BoardPlace, step: BoardStep): BoardPlace {
  const othersIn = (column: number) => board[column]?.cards.filter(({ id }) => id !== card).length ?? 0;
  const { column, index } = from;
  if (step === 'up') return { column, index: Math.max(0, index - 1) };
  if (step === 'down') return { column, index: Math.min(othersIn(column), index + 1) };
  const to = Math.min(board.length - 1, Math.max(0, column + (step === 'after' ? 1 : -1)));
  return to === column ? from : { column: to, index: Math.min(othersIn(to), index) };
}

/** The card that has the focus after a step; columns without cards are passed over. */
export function focusedAfter(board: readonly BoardColumn[], from: BoardPlace, step: BoardStep): string | undefined {
  const { column, index } = from;
  if (step === 'up') return board[column]?.cards[index - 1]?.id;
  if (step === 'down') return board[column]?.cards[index + 1]?.id;
  const by = step === 'after' ? 1 : -1;
  for (let to = column + by; to >= 0 && to < board.length; to += by) {
    const cards = board[to]?.cards ?? [];
    if (cards.length > 0) return cards[Math.min(index, cards.length - 1)]?.id;
  }
  return undefined;
}

/** The board as it looks while a card is carried to a place. */
export function boardWith(board: readonly BoardColumn[], card: string, place: BoardPlace): readonly BoardColumn[] {
  const moving = board.flatMap(({ cards }) => cards).find(({ id }) => id === card);
  if (!moving) return board;
  return board.map((column, i) => {
    const others = column.cards.filter(({ id }) => id !== card);
    const cards = i === place.column ? [...others.slice(0, place.index), moving, ...others.slice(place.index)] : others;
    return { ...column, cards };
  });
}
