// Rooms for tests, without keys: members write entries and hand them to each other, honestly or not. What the product reads from a text is what
// stands here; that texts are signed is tested elsewhere.
import { createHash } from 'node:crypto';
import type { EntryPlace, RoomEntry } from '../../../src/core/room/entry.ts';
import { parseBody } from '../../../src/core/room/entry-body.ts';
import { type Placed, RoomGraph, type Taken } from '../../../src/core/room/graph.ts';
import { RoomView } from '../../../src/core/room/room-view.ts';
import { placeOfNext } from '../../../src/core/room/writing.ts';

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** The key of whoever is called so. */
export const keyOf = (name: string): string => base64url(createHash('sha256').update(name).digest());
/** A device by its number. */
export const deviceOf = (number: number): string => base64url(Uint8Array.from({ length: 8 }, () => number));
export const hashOf = (text: string): string => base64url(createHash('sha256').update(text).digest());

/** An entry as it would be read. */
function entryOf(author: string, place: EntryPlace, body: object): RoomEntry {
  const { device, seq, n, before, heads, at } = place;
  const json = { v: 1, a: author, d: device, s: seq, n, p: before, h: heads, t: at, ...body };
  const text = JSON.stringify(json);
  const kind = (body as { k: string }).k;
  const signed = { e: text, s: '' };
  return { id: hashOf(text), author, device, seq, n, before, heads, at, kind, body: parseBody(json), signed };
}

export interface HowToWrite {
  readonly device?: number;
  /** What the writer lets on to have seen; everything unless given. */
  readonly see?: readonly string[];
  /** The own entry that this one goes on from; the last unless given, '' for a beginning. */
  readonly before?: string;
  readonly n?: number;
}

export const found = { k: 'found', name: 'Garden', nonce: hashOf('nonce'), admit: 'stewards' } as const;
export const admit = (who: string, role: 'steward' | 'member' = 'member') =>
  ({ k: 'admit', who: keyOf(who), role, name: who }) as const;
export const remove = (who: string) => ({ k: 'remove', who: keyOf(who) }) as const;
export const say = (text: string) => ({ k: 'say', text }) as const;

/** What one member has of a room. */
export class Replica {
  readonly graph = new RoomGraph();
  #view: RoomView | undefined;
  readonly #new: Placed[] = [];

  /** Takes an entry of somebody else. */
  take(entry: RoomEntry): Taken {
    const result = this.graph.take(entry);
    if (result.state === 'taken') this.#new.push(result.entry);
    return result;
  }

  /** Writes as this person. @throws when the graph does not take it. */
  write(name: string, body: { readonly k: string; readonly [field: string]: unknown }, how: HowToWrite = {}): Placed {
    const result = this.try(name, body, how);
    if (result.state !== 'taken') throw new Error(`${JSON.stringify(result)}: ${JSON.stringify(body)}`);
    return result.entry;
  }

  /** Writes as this person, whatever comes of it. */
  try(name: string, body: { readonly k: string; readonly [field: string]: unknown }, how: HowToWrite = {}): Taken {
    return this.take(this.draft(name, body, how));
  }

  draft(
    name: string,
    body: { readonly k: string; readonly [field: string]: unknown },
    how: HowToWrite = {},
  ): RoomEntry {
    const honest = placeOfNext(this.graph, this.view, keyOf(name), deviceOf(how.device ?? 0), 0);
    const before = how.before ?? honest.before;
    const heads = (how.see ?? honest.heads).filter((id) => id !== before);
    const behind = [before, ...heads].flatMap((id) => this.graph.get(id) ?? []);
    const n = how.n ?? 1 + Math.max(0, ...behind.map((one) => one.n));
    const seq = 1 + (this.graph.get(before)?.seq ?? 0);
    return entryOf(keyOf(name), { ...honest, seq, n, before, heads: [...heads].sort() }, body);
  }

  /** Takes what the other has and this one has not. */
  learnFrom(other: Replica): void {
    for (const entry of other.graph.all()) if (!this.graph.has(entry.id)) this.take(entry);
  }

  /** Counted in steps, as in a room that is open. */
  get view(): RoomView {
    this.#view ??= new RoomView(this.graph, []);
    this.#view.add(this.#new.splice(0));
    return this.#view;
  }

  /** Names of the members, as tests call them. */
  members(...names: readonly string[]): readonly string[] {
    const members = this.view.show('people')?.members ?? new Map();
    return names.filter((name) => members.has(keyOf(name)));
  }

  /** What is said and counts, in its order. */
  said(): readonly string[] {
    return this.view.show('conversation').map(({ text }) => text);
  }
}

/** A view as one text, to compare: maps and sets in their order. */
export function shown(view: RoomView): string {
  const names = [
    'people',
    'conversation',
    'decisions',
    'files',
    'agenda',
    'wall',
    'ballots',
    'books',
    'canvases',
  ] as const;
  const plain = (_: string, value: unknown): unknown =>
    value instanceof Map || value instanceof Set ? [...value] : value;
  const all = [
    ...names.map((name) => view.show(name)),
    view.show('notes').map(({ pieces }) => pieces.map(({ entry }) => entry)),
  ];
  return JSON.stringify([all, view.evidence, view.unknown], plain);
}
