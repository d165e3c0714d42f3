// How items of an agenda are moved up and down.
import type { Agenda } from '../../core/room/agenda.ts';
import { placeAt } from '../../core/room/reading/board.ts';

/** The new places when an item goes one place up or down among those of the same meeting. */
export function itemsMoved(
  items: Agenda['items'],
  item: string,
  by: -1 | 1,
): readonly { readonly id: string; readonly order: string }[] {
  const moving = items.find(({ id }) => id === item);
  const together = items.filter(({ now, state }) => now === moving?.now && state === moving?.state);
  const neighbour = together[together.findIndex(({ id }) => id === item) + by];
  if (!neighbour) return [];
  const others = items.filter(({ id }) => id !== item);
  const at = others.indexOf(neighbour) + (by === 1 ? 1 : 0);
  const { order, moved } = placeAt(others, at);
  return [{ id: item, order }, ...moved];
}
