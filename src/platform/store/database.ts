// The one IndexedDB database and its schema as it is today (migrations.ts tells how it came to be). Stores are the only readers;
// after each write the name of the store is told to every page of the extension, so that they read again.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Bytes } from '../../core/base/bytes.ts';
import type { RelayDialect } from '../../core/base/ports.ts';
import type { RingRecord } from '../../core/call/ring-machine.ts';
import type { HistoryEntry } from '../../core/data/history-entry.ts';
import type { Settings } from '../../core/data/settings.ts';
import type { KeptEntry } from '../../core/devices/kept-entry.ts';
import type { OwnDevice } from '../../core/devices/own-device.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { KeptRequest } from '../../core/identity/contact-request.ts';
import type { KeptDoor } from '../../core/identity/kept-door.ts';
import type { LeftMessage } from '../../core/messages/left-message.ts';
import type { MissedNote, OwedReceipt } from '../../core/signaling/missed-note.ts';
import type { OwnIdentity } from '../crypto/own-identity.ts';
import { migrate, migrations } from './migrations.ts';
import type { KeptPortrait } from './portrait-store.ts';

/** The key of the one record in the stores that hold a single one. */
export const ownKey = 'own';

interface Schema extends DBSchema {
  identity: { key: string; value: OwnIdentity };
  contacts: { key: string; value: Contact };
  requests: { key: string; value: KeptRequest };
  history: { key: string; value: HistoryEntry; indexes: { at: number } };
  settings: { key: string; value: Settings };
  rings: { key: string; value: RingRecord };
  finishedCalls: { key: string; value: { callId: string; at: number }; indexes: { at: number } };
  relayDialects: { key: string; value: { url: string; dialect: RelayDialect } };
  notes: { key: string; value: MissedNote };
  receipts: { key: string; value: OwedReceipt };
  unwrittenWords: { key: string; value: Bytes };
  portraits: { key: string; value: KeptPortrait };
  doors: { key: string; value: KeptDoor };
  ownDevices: { key: string; value: OwnDevice };
  ownEntries: { key: string; value: { readonly key: string; readonly entry: KeptEntry } };
  messages: { key: string; value: LeftMessage };
}

export type StoreName =
  | 'identity'
  | 'contacts'
  | 'requests'
  | 'history'
  | 'settings'
  | 'rings'
  | 'finishedCalls'
  | 'relayDialects'
  | 'notes'
  | 'receipts'
  | 'unwrittenWords'
  | 'portraits'
  | 'doors'
  | 'ownDevices'
  | 'ownEntries'
  | 'messages';
export type Database = IDBPDatabase<Schema>;

/** The database was written by a later version of the extension: it is left as it is. */
export class NewerDatabaseError extends Error {
  readonly code = 'newer-database';
  constructor(cause: unknown) {
    super('the database is of a later version', { cause });
    this.name = 'NewerDatabaseError';
  }
}

/**
 * Opens the database, creating or migrating it. A newer version in another page closes this one, so that updates are never blocked.
 * @throws NewerDatabaseError, or what the browser or a migration says; then the database is as it was.
 */
export async function openDatabase(name = 'freeflow-connect', steps = migrations): Promise<Database> {
  let failure: unknown;
  try {
    const database = await openDB(name, steps.length, {
      upgrade(db, oldVersion, _newVersion, transaction) {
        // The transaction says of itself only that it was given up: the cause is kept here.
        transaction.done.catch(() => undefined);
        migrate(steps, oldVersion, db, transaction).catch((error: unknown) => {
          failure = error;
          transaction.abort();
        });
      },
      blocking: () => database.close(),
    });
    return database as unknown as Database;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'VersionError') throw new NewerDatabaseError(error);
    throw failure ?? error;
  }
}

const channelName = 'freeflow-connect/stores';

/** Tells every other page of the extension that a store changed. */
export function tellStoreChanged(store: StoreName): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(store);
  channel.close();
}

/** Calls back with the name of each store that another context has changed. Returns a function that stops it. */
export function onStoreChanged(listener: (store: StoreName) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = (event: MessageEvent<StoreName>) => listener(event.data);
  return () => channel.close();
}
