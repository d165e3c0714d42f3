// Keeps rooms: what is known of each, its entries, and what it last showed. Entries are texts as they came; whoever reads them takes them in anew,
// by the same rules as from anybody, so that a byte that was changed on the disk is found.

import { type RoomEntry, type SignedText, writerOf } from '../../core/room/entry.ts';
import type { KeptInvitation, KeptRoom, KeptView, PackedEntries, RoomDatabase } from './room-database.ts';

const packLength = 64;
const channelName = 'freeflow-connect/rooms';
/** Invitations that are kept, those that were answered with no among them: of one person, so that nobody takes the room of others, and of all. */
const maxInvitations = { ofOne: 16, ofAll: 512 };

/** An entry as far as keeping it needs it. */
type Kept = Pick<RoomEntry, 'author' | 'device' | 'seq' | 'signed'>;

/** Which records of a room hold something new. */
export type NewPacks = readonly (readonly [writer: string, part: number])[];

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

  async get(room: string): Promise<KeptRoom | undefined> {
    return this.#database.get('rooms', room);
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
  async append(room: string, entries: readonly Kept[], by: 'us' | 'others'): Promise<void> {
    if (entries.length === 0) return;
    const durability = by === 'us' ? 'strict' : 'relaxed';
    const transaction = this.#database.transaction('entries', 'readwrite', { durability });
    const packs = new Map<string, Kept[]>();
    for (const entry of entries) {
      const key = `${writerOf(entry)} ${partOf(entry)}`;
      const pack = packs.get(key);
      if (pack) pack.push(entry);
      else packs.set(key, [entry]);
    }
    const changed: [string, number][] = [];
    for (const [first, ...others] of packs.values()) {
      if (!first) continue;
      const [writer, part] = [writerOf(first), partOf(first)];
      changed.push([writer, part]);
      const there = (await transaction.store.get([room, writer, part]))?.entries ?? [];
      // The same text again: its signature was mended.
      const texts = new Map(there.map((one) => [one.e, one] as const));
      for (const { signed } of [first, ...others]) texts.set(signed.e, signed);
      await transaction.store.put({ room, writer, part, entries: [...texts.values()] });
    }
    await transaction.done;
    tellRoomChanged(room, changed);
  }

  /** Everything that is kept of a room. What is no text is left out. */
  async entries(room: string): Promise<readonly SignedText[]> {
    return textsIn(await this.#database.getAll('entries', everythingOf(room)));
  }

  /** What these records of a room hold. */
  async entriesIn(room: string, packs: NewPacks): Promise<readonly SignedText[]> {
    const { store, done } = this.#database.transaction('entries');
    const found = await Promise.all(packs.map(([writer, part]) => store.get([room, writer, part])));
    await done;
    return textsIn(found.filter((pack) => pack !== undefined));
  }

  /** What one writer has written from a number on, by the records that hold it. */
  async entriesFrom(room: string, writer: string, seq: number): Promise<readonly SignedText[]> {
    const range = IDBKeyRange.bound([room, writer, partOf({ seq })], [room, writer, Number.POSITIVE_INFINITY]);
    return textsIn(await this.#database.getAll('entries', range));
  }

  /** Invitations that wait for an answer, the newest first. */
  async invitations(): Promise<readonly KeptInvitation[]> {
    const all = await this.#database.getAll('invitations');
    return all.filter(({ isDeclined }) => !isDeclined).sort((one, other) => other.at - one.at);
  }

  /** Keeps an invitation. Nothing changes where there is the room, or an invitation to it from the same person, or too many wait. */
  async invite(invitation: KeptInvitation): Promise<void> {
    const transaction = this.#database.transaction(['rooms', 'invitations'], 'readwrite');
    const invitations = transaction.objectStore('invitations');
    const [room, all] = await Promise.all([
      transaction.objectStore('rooms').get(invitation.room),
      invitations.getAll(),
    ]);
    const known = all.find((one) => one.room === invitation.room);
    const isAnswered = known?.by === invitation.by || known?.noTo?.includes(invitation.by) === true;
    const isFull =
      all.filter(({ by }) => by === invitation.by).length >= maxInvitations.ofOne ||
      (!known && all.length >= maxInvitations.ofAll);
    const isNew = !room && !isAnswered && !isFull;
    if (isNew) await invitations.put({ ...invitation, ...(known?.noTo ? { noTo: known.noTo } : {}) });
    await transaction.done;
    if (isNew) tellRoomChanged(invitation.room);
  }

  /** Yes: the room is kept from now on. No: it is not offered again by this person. */
  async answer(invitation: KeptInvitation, kept: KeptRoom | undefined): Promise<void> {
    const transaction = this.#database.transaction(['rooms', 'invitations'], 'readwrite');
    const invitations = transaction.objectStore('invitations');
    if (kept) {
      await transaction.objectStore('rooms').put(kept);
      await invitations.delete(invitation.room);
    } else {
      const noTo = [...(invitation.noTo ?? []), invitation.by].slice(-maxInvitations.ofOne);
      await invitations.put({ ...invitation, isDeclined: true, noTo });
    }
    await transaction.done;
    tellRoomChanged(invitation.room);
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

  /** All rooms go from here, and all invitations. */
  async removeAll(): Promise<void> {
    for (const { room } of await this.all()) await this.remove(room);
    await this.#database.clear('invitations');
  }
}

const partOf = ({ seq }: Pick<RoomEntry, 'seq'>): number => Math.floor((seq - 1) / packLength);

/** An array sorts behind every text. */
const everythingOf = (room: string): IDBKeyRange => IDBKeyRange.bound([room], [room, []]);

const textsIn = (packs: readonly PackedEntries[]): readonly SignedText[] =>
  packs.flatMap(({ entries }) => (Array.isArray(entries) ? entries.filter(isSignedText) : []));

function isSignedText(value: unknown): value is SignedText {
  const { e, s } = (value ?? {}) as Partial<Record<'e' | 's', unknown>>;
  return typeof e === 'string' && typeof s === 'string';
}

function tellRoomChanged(room: string, packs: NewPacks = []): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage({ room, packs });
  channel.close();
}

/** Calls back with each room that was changed, here or in another context, and with where it has new entries. Returns a function that stops it. */
export function onRoomChanged(listener: (room: string, packs: NewPacks) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<{ readonly room: string; readonly packs: NewPacks }>) =>
    listener(data.room, data.packs);
  return () => channel.close();
}
