// The wall of a room: cards in columns, what they need, how far they are. Every member may change every card; of two changes of one field the
// later one holds, and who wrote over what stays to be read.
import { type Change, fieldsIn, isSaid, type RoomFacts, Targets } from './room-facts.ts';

interface CardFields {
  readonly title: string;
  readonly text?: string;
  readonly column: string;
  readonly order: string;
  readonly who?: readonly string[];
  readonly due?: number;
  /** In parts of 100. */
  readonly progress?: number;
  readonly need?: string;
  readonly pledge?: string;
}

export interface Card extends CardFields {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly isGone: boolean;
  readonly changes: readonly Change<CardFields>[];
}

export interface Wall {
  /** Undefined: nobody has chosen any. */
  readonly columns: readonly { readonly id: string; readonly name: string }[] | undefined;
  /** Those that are gone among them. */
  readonly cards: readonly Card[];
}

/** The wall as it stands. */
export function wallOf({ counted }: RoomFacts): Wall {
  const cards = new Targets<Card>();
  let columns: Wall['columns'];
  for (const entry of counted) {
    const { id, author, at } = entry;
    if (isSaid(entry, 'columns')) columns = entry.body.columns;
    else if (isSaid(entry, 'card')) {
      const { title, column, order } = entry.body;
      cards.set(entry, { id, author, at, isGone: false, changes: [], title, column, order, ...fieldsIn(entry.body) });
    } else if (isSaid(entry, 'card-set', 'card-gone')) {
      const card = cards.of(entry.body.of, entry);
      if (!card) continue;
      if (entry.body.k === 'card-gone') cards.change(card.entry.id, { ...card.value, isGone: entry.body.gone });
      else {
        const fields = fieldsIn(entry.body);
        // Growing what is there: a card that is moved ten thousand times is not copied each time.
        (card.value.changes as Change<CardFields>[]).push({ by: id, author, fields });
        cards.change(card.entry.id, { ...card.value, ...fields });
      }
    }
  }
  return { columns, cards: cards.values };
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * A place between two others, '' standing for the very beginning or end. Compared as text. @returns undefined when there is no room, and
 * the neighbours have to be placed anew.
 */
export function orderBetween(low: string, high: string): string | undefined {
  let text = '';
  let isBelowHigh = high === '';
  for (let i = 0; i < 64; i++) {
    const least = Math.max(0, digits.indexOf(low[i] ?? '0'));
    const most = isBelowHigh ? digits.length : digits.indexOf(high[i] ?? '0');
    if (most - least > 1) return text + (digits[Math.floor((least + most) / 2)] ?? '');
    text += digits[least] ?? '';
    if (least < most) isBelowHigh = true;
  }
  return undefined;
}
