// The database of rooms, apart from the one of keys and contacts: a room that cannot be read endangers nothing else. Its stores are read and
// written by room-store.ts alone.
import type { DBSchema, IDBPDatabase } from 'idb';
import type { SignedText } from '../../core/room/entry.ts';
import { openDatabase } from './database.ts';
import type { Migration } from './migrations.ts';

/** What this browser knows of a room beside its entries. */
export interface KeptRoom {
  readonly room: string;
  /** Shown before anything is read. */
  readonly name: string;
  readonly joinedAt: number;
  /** What this device writes as, 8 bytes, base64url: another one than the identity's once its profile was copied. */
  readonly device: string;
  /** Whether it is kept up to date while it is closed: members can then learn this computer's address. */
  readonly isKeptFresh: boolean;
  /** Whether all its blobs are fetched and kept. */
  readonly keepsBlobs: boolean;
  /** What this person has seen: the room's last entries then. */
  readonly seen: readonly string[];
}

/** Entries of one writer, 64 numbers to a record: reading and writing costs a quarter of one record for each. */
export interface PackedEntries {
  readonly room: string;
  readonly writer: string;
  readonly part: number;
  readonly entries: readonly SignedText[];
}

/** What a room showed when it was last open, to be painted before its entries are read. */
export interface KeptView {
  readonly room: string;
  readonly heads: readonly string[];
  readonly view: unknown;
}

interface RoomSchema extends DBSchema {
  rooms: { key: string; value: KeptRoom };
  entries: { key: [room: string, writer: string, part: number]; value: PackedEntries };
  views: { key: string; value: KeptView };
}

export type RoomDatabase = IDBPDatabase<RoomSchema>;

/** A step that was released is never changed. */
export const roomMigrations: readonly Migration[] = [
  (database) => {
    database.createObjectStore('rooms', { keyPath: 'room' });
    database.createObjectStore('entries', { keyPath: ['room', 'writer', 'part'] });
    database.createObjectStore('views', { keyPath: 'room' });
  },
];

/** Opens the database of rooms. @throws as `openDatabase` does. */
export async function openRoomDatabase(name = 'freeflow-connect-rooms', steps = roomMigrations): Promise<RoomDatabase> {
  const database: unknown = await openDatabase(name, steps);
  return database as RoomDatabase;
}
