// The wall as a board is read and changed: cards in their columns, and what has to be said so that one stands elsewhere.
import { type Card, orderBetween, type Wall } from '../wall.ts';

export interface BoardColumn {
  readonly id: string;
  readonly name: string;
  /** From above; those that are gone are not among them. */
  readonly cards: readonly Card[];
}

/** A card stands here from now on. */
export interface Placing {
  readonly id: string;
  readonly column: string;
  readonly order: string;
}

/** @param standard the columns while no member has chosen any. A card of a column that is not there stands in the first. */
export function boardOf({ columns = [], cards }: Wall, standard: Wall['columns']): readonly BoardColumn[] {
  const shown = columns.length > 0 ? columns : (standard ?? []);
  const known = new Set(shown.map(({ id }) => id));
  const columnOf = ({ column }: Card) => (known.has(column) ? column : shown[0]?.id);
  const sorted = cards.filter(({ isGone }) => !isGone).sort(byOrder);
  return shown.map((column) => ({ ...column, cards: sorted.filter((card) => columnOf(card) === column.id) }));
}

/** Whatever stands at one place stands in the order of its beginning: everybody sees the same. */
function byOrder(one: { readonly order: string; readonly id: string }, other: typeof one): number {
  if (one.order !== other.order) return one.order < other.order ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}

/** What is in a list with places: cards of a column, items of an agenda. */
interface InOrder {
  readonly id: string;
  readonly order: string;
}

/**
 * Where something has to stand to be at `index` of a list. @param list in its order, without what is placed.
 * @returns its place, and the new places of those that have to make room: none of them, but where two stood at one place.
 */
export function placeAt(
  list: readonly InOrder[],
  index: number,
): { readonly order: string; readonly moved: readonly InOrder[] } {
  const between = orderBetween(list[index - 1]?.order ?? '', list[index]?.order ?? '');
  if (between !== undefined) return { order: between, moved: [] };
  const places = spread(list.length + 1);
  const moved = list.map(({ id }, i) => ({ id, order: places[i < index ? i : i + 1] ?? '' }));
  return { order: places[index] ?? '', moved: moved.filter(({ order }, i) => order !== list[i]?.order) };
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** So many places with room before, between and behind them. */
function spread(count: number): readonly string[] {
  const step = Math.max(2, Math.floor(62 ** 3 / (count + 1)));
  return Array.from({ length: count }, (_, i) => {
    const at = (i + 1) * step;
    return [62 ** 2, 62, 1].map((unit) => digits[Math.floor(at / unit) % 62]).join('');
  });
}

/** What has to be said for a card to stand at `index` of a column. */
export function placingsFor(board: readonly BoardColumn[], card: string, column: string, index: number): Placing[] {
  const others = (board.find(({ id }) => id === column)?.cards ?? []).filter(({ id }) => id !== card);
  const { order, moved } = placeAt(others, index);
  return [{ id: card, column, order }, ...moved.map((one) => ({ ...one, column }))];
}
