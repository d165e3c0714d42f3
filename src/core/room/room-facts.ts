// What reducers know of a room: the entries that count, in their order, and how one finds what another speaks of.

import type { Sight } from './count.ts';
import type { BodyOf, EntryBody } from './entry-body.ts';
import { knows, type Placed } from './graph.ts';

/** An entry of one kind. */
export type Said<Kind extends EntryBody['k']> = Placed & { readonly body: BodyOf<Kind> };

export interface RoomFacts {
  /** All that counts, in its order. */
  readonly counted: readonly Placed[];
  /** All votes, those among them that do not count; in no order. */
  readonly votes: readonly Said<'vote'>[];
  /** Who may, as all entries together tell it. */
  readonly sight: Sight;
  /** What the author of an entry could see of that. */
  seenAt(entry: Placed): Sight;
}

/** Whether an entry is of one of these kinds. */
export function isSaid<Kind extends EntryBody['k']>(entry: Placed, ...kinds: readonly Kind[]): entry is Said<Kind> {
  return kinds.some((kind) => kind === entry.body?.k);
}

/** Finds what an entry speaks of. Nobody can speak of what they did not have: such an entry means nothing. */
export class Targets<Value> {
  readonly #values = new Map<string, { readonly entry: Placed; value: Value }>();

  set(entry: Placed, value: Value): void {
    this.#values.set(entry.id, { entry, value });
  }

  /** Another value for the same thing. */
  change(id: string, value: Value): void {
    const known = this.#values.get(id);
    if (known) known.value = value;
  }

  /** What `id` names, if it is there and `by` knew it. */
  of(id: string | undefined, by: Placed): { readonly entry: Placed; readonly value: Value } | undefined {
    const known = id === undefined ? undefined : this.#values.get(id);
    return known && knows(by, known.entry) ? known : undefined;
  }

  get values(): readonly Value[] {
    return [...this.#values.values()].map(({ value }) => value);
  }
}

/** Who changed what of a thing, in order: what somebody else has written over can still be read. */
export interface Change<Fields> {
  readonly by: string;
  readonly author: string;
  readonly fields: Partial<Fields>;
}

/** The fields that an entry sets, without those that are absent or belong to no thing. */
export function fieldsIn<Fields extends object>(body: Fields): Partial<Omit<Fields, 'k' | 'of'>> {
  const { k: _k, of: _of, ...fields } = body as Fields & { k?: unknown; of?: unknown };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Omit<Fields, 'k' | 'of'>
  >;
}
