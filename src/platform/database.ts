// The one IndexedDB database, its schema and its migrations. Stores are the only readers; after each write the name of the store
// is told to every page of the extension, so that they read again.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Bytes } from '../core/bytes.ts';
import type { Contact, ContactRequest, HistoryEntry, Settings } from '../core/contact.ts';
import type { RelayDialect } from '../core/ports.ts';
import type { RingRecord } from '../core/ring-machine.ts';
import type { IdentityKeys } from './identity-keys.ts';

/** The person's own identity: keys that cannot be exported, and a name. The 24 words are never here. */
export interface OwnIdentity {
  readonly keys: IdentityKeys;
  readonly name: string;
  /** 8 random bytes that tell this device from others with the same words (protocol C.6). */
  readonly dev: Bytes;
  readonly createdAt: number;
  /** Whether the person proved to have written the words down. */
  readonly wordsChecked: boolean;
}

interface Schema extends DBSchema {
  identity: { key: string; value: OwnIdentity };
  contacts: { key: string; value: Contact };
  requests: { key: string; value: ContactRequest };
  history: { key: string; value: HistoryEntry; indexes: { at: number } };
  settings: { key: string; value: Settings };
  rings: { key: string; value: RingRecord };
  finishedCalls: { key: string; value: { callId: string; at: number }; indexes: { at: number } };
  relayDialects: { key: string; value: { url: string; dialect: RelayDialect } };
}

export type StoreName =
  | 'identity'
  | 'contacts'
  | 'requests'
  | 'history'
  | 'settings'
  | 'rings'
  | 'finishedCalls'
  | 'relayDialects';
export type Database = IDBPDatabase<Schema>;

const schemaVersion = 1;

/** Opens the database, creating or migrating it. A newer version in another page closes this one, so that updates are never blocked. */
export async function openDatabase(name = 'freeflow-connect'): Promise<Database> {
  const database = await openDB<Schema>(name, schemaVersion, {
    upgrade(db, oldVersion) {
      if (oldVersion < 1) {
        db.createObjectStore('identity');
        db.createObjectStore('contacts', { keyPath: 'id' });
        db.createObjectStore('requests', { keyPath: 'id' });
        db.createObjectStore('history', { keyPath: 'callId' }).createIndex('at', 'at');
        db.createObjectStore('settings');
        db.createObjectStore('rings', { keyPath: 'callId' });
        db.createObjectStore('finishedCalls', { keyPath: 'callId' }).createIndex('at', 'at');
        db.createObjectStore('relayDialects', { keyPath: 'url' });
      }
    },
    blocking: () => database.close(),
  });
  return database;
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
