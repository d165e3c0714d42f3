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
  /** What this browser writes as in this room, 8 bytes, base64url: another one once its profile was copied. */
  readonly device: string;
  /** Whether it is kept up to date while it is closed: members can then learn this computer's address. */
  readonly isKeptFresh: boolean;
  /** Whether its members are met while its page is open, who can then learn this computer's address; left out before that was asked. */
  readonly meets?: boolean;
  /** Whether all its blobs are fetched and kept. */
  readonly keepsBlobs: boolean;
  /** What this person has seen: the room's last entries then. */
  readonly seen: readonly string[];
  /** Who has invited us, by key (base64url): from them alone the room is taken while nothing of it is here. */
  readonly invitedBy?: string;
  /** A removal of ours that was handed over, which the room itself does not hold. */
  readonly shownOut?: SignedText;
}

/** Somebody has let us into a room, and we have not said yes yet. */
export interface KeptInvitation {
  readonly room: string;
  /** What the room is called, as they say. */
  readonly name: string;
  readonly members: number;
  /** Who says so, by key (base64url). */
  readonly by: string;
  /** In ms since the epoch. */
  readonly at: number;
  /** Put aside: not offered again. */
  readonly isDeclined: boolean;
  /** Whose invitations to this room were answered with no, by key: several could take turns. */
  readonly noTo?: readonly string[];
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
  invitations: { key: string; value: KeptInvitation };
}

export type RoomDatabase = IDBPDatabase<RoomSchema>;

/** A step that was released is never changed. */
export const roomMigrations: readonly Migration[] = [
  (database) => {
    database.createObjectStore('rooms', { keyPath: 'room' });
    database.createObjectStore('entries', { keyPath: ['room', 'writer', 'part'] });
    database.createObjectStore('views', { keyPath: 'room' });
  },
  // Rooms that others have let us into.
  (database) => {
    database.createObjectStore('invitations', { keyPath: 'room' });
  },
];

/** Opens the database of rooms. @throws as `openDatabase` does. */
export async function openRoomDatabase(name = 'freeflow-connect-rooms', steps = roomMigrations): Promise<RoomDatabase> {
  const database: unknown = await openDatabase(name, steps);
  return database as RoomDatabase;
}
