// Keeps rooms: what is known of each, its entries, and what it last showed. Entries are texts as they came; whoever reads them takes them in anew,
// by the same rules as from anybody, so that a byte that was changed on the disk is found.

import type { SignedText } from '../../core/room/entry.ts';
import { writerOf } from '../../core/room/entry.ts';
import type { Placed } from '../../core/room/graph.ts';
import type { KeptRoom, KeptView, PackedEntries, RoomDatabase } from './room-database.ts';

const packLength = 64;
const channelName = 'freeflow-connect/rooms';

export class RoomStore {
  readonly #database: RoomDatabase;
  constructor(database: RoomDatabase) {
    this.#database = database;
  }

  /** All rooms that are kept here, by name. */
  async all(): Promise<readonly KeptRoom[]> {
    const rooms = await this.#database.getAll('rooms');
    return rooms.sort((one, other) => one.name.localeCompare(other.name));
  }

  async put(room: KeptRoom): Promise<void> {
    await this.#database.put('rooms', room);
    tellRoomChanged(room.room);
  }

  /** Changes what is named, if the room is kept here. */
  async change(room: string, change: Partial<Omit<KeptRoom, 'room'>>): Promise<void> {
    const transaction = this.#database.transaction('rooms', 'readwrite');
    const kept = await transaction.store.get(room);
    if (kept) await transaction.store.put({ ...kept, ...change });
    await transaction.done;
    if (kept) tellRoomChanged(room);
  }

  /**
   * Adds entries to a room, all or none. What one has written oneself must not be lost once it was sent, or the next entry would be a second
   * history: it is on the disk when this resolves.
   */
  async append(room: string, entries: readonly Placed[], by: 'us' | 'others'): Promise<void> {
    if (entries.length === 0) return;
    const durability = by === 'us' ? 'strict' : 'relaxed';
    const transaction = this.#database.transaction('entries', 'readwrite', { durability });
    const packs = new Map<string, Placed[]>();
    for (const entry of entries) {
      const key = `${writerOf(entry)} ${partOf(entry)}`;
      const pack = packs.get(key);
      if (pack) pack.push(entry);
      else packs.set(key, [entry]);
    }
    for (const [first, ...others] of packs.values()) {
      if (!first) continue;
      const { writer } = first;
      const part = partOf(first);
      const there = (await transaction.store.get([room, writer, part]))?.entries ?? [];
      // The same text again: its signature was mended.
      const texts = new Map(there.map((one) => [one.e, one] as const));
      for (const { signed } of [first, ...others]) texts.set(signed.e, signed);
      await transaction.store.put({ room, writer, part, entries: [...texts.values()] });
    }
    await transaction.done;
    tellRoomChanged(room);
  }

  /** Everything that is kept of a room. What is no text is left out. */
  async entries(room: string): Promise<readonly SignedText[]> {
    const packs = await this.#database.getAll('entries', everythingOf(room));
    return packs.flatMap(({ entries }: PackedEntries) => (Array.isArray(entries) ? entries.filter(isSignedText) : []));
  }

  async view(room: string): Promise<KeptView | undefined> {
    return this.#database.get('views', room);
  }

  /** Only what can be cloned into a database. */
  async putView(view: KeptView): Promise<void> {
    await this.#database.put('views', view);
  }

  /** Everything of a room goes from here; others keep what they have. */
  async remove(room: string): Promise<void> {
    const transaction = this.#database.transaction(['rooms', 'entries', 'views'], 'readwrite');
    await Promise.all([
      transaction.objectStore('rooms').delete(room),
      transaction.objectStore('entries').delete(everythingOf(room)),
      transaction.objectStore('views').delete(room),
      transaction.done,
    ]);
    tellRoomChanged(room);
  }
}

const partOf = ({ seq }: Pick<Placed, 'seq'>): number => Math.floor((seq - 1) / packLength);

/** An array sorts behind every text. */
const everythingOf = (room: string): IDBKeyRange => IDBKeyRange.bound([room], [room, []]);

function isSignedText(value: unknown): value is SignedText {
  const { e, s } = (value ?? {}) as Partial<Record<'e' | 's', unknown>>;
  return typeof e === 'string' && typeof s === 'string';
}

function tellRoomChanged(room: string): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(room);
  channel.close();
}

/** Calls back with each room that another context has changed. Returns a function that stops it. */
export function onRoomChanged(listener: (room: string) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: MessageEvent<string>) => listener(event.data);
  return () => channel.close();
}
