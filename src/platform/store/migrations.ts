// How the database came to its present schema, one step for each version. A step that was released is never changed: a browser
// may come from any of them. Each runs in the transaction of the upgrade: when one fails, the database stays as it was.
import type { IDBPDatabase, IDBPTransaction } from 'idb';

type Upgrade = IDBPTransaction<unknown, string[], 'versionchange'>;

/** Knows the stores of its own time by their names, not today's schema. Waits for nothing but requests of the transaction. */
export type Migration = (database: IDBPDatabase, upgrade: Upgrade) => void | Promise<void>;

/** `migrations[0]` makes version 1 out of nothing, each next one the next version: their number is the present version. */
export const migrations: readonly Migration[] = [
  (database) => {
    database.createObjectStore('identity');
    database.createObjectStore('contacts', { keyPath: 'id' });
    database.createObjectStore('requests', { keyPath: 'id' });
    database.createObjectStore('history', { keyPath: 'callId' }).createIndex('at', 'at');
    database.createObjectStore('settings');
    database.createObjectStore('rings', { keyPath: 'callId' });
    database.createObjectStore('finishedCalls', { keyPath: 'callId' }).createIndex('at', 'at');
    database.createObjectStore('relayDialects', { keyPath: 'url' });
  },
  // Notes of calls that reached nobody.
  (database) => {
    database.createObjectStore('notes', { keyPath: 'callId' });
  },
  // Each contact has an inbox of its own here and there: the one that all of them shared is listened on by nobody. Receipts are owed for a while.
  async (database, upgrade) => {
    database.createObjectStore('receipts', { keyPath: 'callId' });
    const contacts = upgrade.objectStore('contacts');
    for (const contact of await contacts.getAll()) {
      const { friendsInbox: _friendsInbox, hasOurInbox: _hasOurInbox, ...kept } = contact;
      await contacts.put(kept);
    }
  },
  // What the 24 words stand for, until they are written down.
  (database) => {
    database.createObjectStore('unwrittenWords');
  },
  // Small pictures of people, by key.
  (database) => {
    database.createObjectStore('portraits');
  },
  // Doors for guests who come later.
  (database) => {
    database.createObjectStore('doors', { keyPath: 'id' });
  },
  // Other devices with the same words, and what is the same on all of them.
  (database) => {
    database.createObjectStore('ownDevices', { keyPath: 'dev' });
    database.createObjectStore('ownEntries', { keyPath: 'key' });
  },
  // Messages that were left when a call was not answered.
  (database) => {
    database.createObjectStore('messages', { keyPath: 'm' });
  },
];

/** Runs the steps that a database of `oldVersion` (0: a new one) has not seen, in their order. */
export async function migrate(
  steps: readonly Migration[],
  oldVersion: number,
  database: IDBPDatabase,
  upgrade: Upgrade,
): Promise<void> {
  for (const step of steps.slice(oldVersion)) await step(database, upgrade);
}
