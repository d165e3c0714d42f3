// Databases as each released version of the schema wrote them, by hand: opened today, everything is still there.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Database, NewerDatabaseError, openDatabase, ownKey } from '../../../src/platform/store/database.ts';
import { type Migration, migrations } from '../../../src/platform/store/migrations.ts';
import { sampleCall, sampleContact, sampleRequest } from '../../support/samples/backup-samples.ts';
import { testIdentity } from '../../support/samples/test-identity.ts';

const name = 'freeflow-connect';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A database of that version, made by the browser's own interface: what today's code does plays no part. */
async function written(
  version: number,
  make: (database: IDBDatabase) => void,
  records: Readonly<Record<string, readonly unknown[]>>,
): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name, version);
    opening.onupgradeneeded = () => make(opening.result);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  await new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(Object.keys(records), 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    for (const [store, values] of Object.entries(records))
      for (const value of values) {
        const into = transaction.objectStore(store);
        if (into.keyPath === null) into.put(value, 'own');
        else into.put(value);
      }
  });
  database.close();
}

const identity = {
  keys: (await testIdentity(1)).keys,
  name: 'Alice',
  dev: new Uint8Array(8).fill(3),
  createdAt: 1_700_000_000_000,
  wordsChecked: true,
};
const version1Records = {
  identity: [identity],
  contacts: [await sampleContact(2), await sampleContact(3, { blocked: true })],
  requests: [await sampleRequest(5)],
  history: [await sampleCall(1), await sampleCall(2)],
  settings: [
    {
      relays: ['wss://relay.example/'],
      iceServers: [{ urls: 'stun:stun.example' }],
      doNotDisturb: true,
      ringWindow: false,
      ringtone: true,
      keepHistory: true,
      microphoneId: 'm',
      cameraId: '',
      speakerId: '',
    },
  ],
  rings: [{ callId: 'r', call: { callId: 'r' }, ring: { state: 'verifying' }, nextN: 0 }],
  finishedCalls: [{ callId: 'f', at: 1 }],
  relayDialects: [{ url: 'wss://relay.example/', dialect: 'mqtt' }],
};
const makeVersion1 = (database: IDBDatabase): void => {
  database.createObjectStore('identity');
  database.createObjectStore('contacts', { keyPath: 'id' });
  database.createObjectStore('requests', { keyPath: 'id' });
  database.createObjectStore('history', { keyPath: 'callId' }).createIndex('at', 'at');
  database.createObjectStore('settings');
  database.createObjectStore('rings', { keyPath: 'callId' });
  database.createObjectStore('finishedCalls', { keyPath: 'callId' }).createIndex('at', 'at');
  database.createObjectStore('relayDialects', { keyPath: 'url' });
};
const version2Records = {
  ...version1Records,
  notes: [{ callId: 'n', contactId: 'c', media: 'video', at: 1, st: 'AAAA', triedAt: 0 }],
};

interface Released {
  readonly make: (database: IDBDatabase) => void;
  readonly records: Readonly<Record<string, readonly unknown[]>>;
}

function makeVersion7(database: Parameters<typeof makeVersion1>[0]): void {
  makeVersion1(database);
  database.createObjectStore('notes', { keyPath: 'callId' });
  database.createObjectStore('receipts', { keyPath: 'callId' });
  database.createObjectStore('unwrittenWords');
  database.createObjectStore('portraits');
  database.createObjectStore('doors', { keyPath: 'id' });
  database.createObjectStore('ownDevices', { keyPath: 'dev' });
  database.createObjectStore('ownEntries', { keyPath: 'key' });
}

const version7Records = {
  ...version2Records,
  receipts: [{ callId: 'n', contactId: 'c', st: 'AAAA', at: 1, dueAt: 2, isSent: false }],
  unwrittenWords: [new Uint8Array(32).fill(9)],
  portraits: [{ jpeg: new Uint8Array([255, 216]), sent: 'ab' }],
  doors: [{ id: 'd', secret: 'AAAA', title: 'Choir', from: 1, until: 2 }],
  ownDevices: [{ dev: 'AAAAAAAAAAA', firstAt: 1, seenAt: 2, n: 3 }],
  ownEntries: [{ key: 'me', entry: { name: { at: 1, by: 'AAAAAAAAAAA', value: 'Alice' } } }],
};

/** Every version that there was. Whoever adds one adds it here as it was, and changes none of the others. */
const released: Readonly<Record<number, Released>> = {
  1: { make: makeVersion1, records: version1Records },
  2: {
    make: (database) => {
      makeVersion1(database);
      database.createObjectStore('notes', { keyPath: 'callId' });
    },
    records: version2Records,
  },
  3: {
    make: (database) => {
      makeVersion1(database);
      database.createObjectStore('notes', { keyPath: 'callId' });
      database.createObjectStore('receipts', { keyPath: 'callId' });
    },
    records: {
      ...version2Records,
      receipts: [{ callId: 'n', contactId: 'c', st: 'AAAA', at: 1, dueAt: 2, isSent: false }],
    },
  },
  4: {
    make: (database) => {
      makeVersion1(database);
      database.createObjectStore('notes', { keyPath: 'callId' });
      database.createObjectStore('receipts', { keyPath: 'callId' });
      database.createObjectStore('unwrittenWords');
    },
    records: {
      ...version2Records,
      receipts: [{ callId: 'n', contactId: 'c', st: 'AAAA', at: 1, dueAt: 2, isSent: false }],
      unwrittenWords: [new Uint8Array(32).fill(9)],
    },
  },
  5: {
    make: (database) => {
      makeVersion1(database);
      database.createObjectStore('notes', { keyPath: 'callId' });
      database.createObjectStore('receipts', { keyPath: 'callId' });
      database.createObjectStore('unwrittenWords');
      database.createObjectStore('portraits');
    },
    records: {
      ...version2Records,
      receipts: [{ callId: 'n', contactId: 'c', st: 'AAAA', at: 1, dueAt: 2, isSent: false }],
      unwrittenWords: [new Uint8Array(32).fill(9)],
      portraits: [{ jpeg: new Uint8Array([255, 216]), sent: 'ab' }],
    },
  },
  6: {
    make: (database) => {
      makeVersion1(database);
      database.createObjectStore('notes', { keyPath: 'callId' });
      database.createObjectStore('receipts', { keyPath: 'callId' });
      database.createObjectStore('unwrittenWords');
      database.createObjectStore('portraits');
      database.createObjectStore('doors', { keyPath: 'id' });
    },
    records: {
      ...version2Records,
      receipts: [{ callId: 'n', contactId: 'c', st: 'AAAA', at: 1, dueAt: 2, isSent: false }],
      unwrittenWords: [new Uint8Array(32).fill(9)],
      portraits: [{ jpeg: new Uint8Array([255, 216]), sent: 'ab' }],
      doors: [{ id: 'd', secret: 'AAAA', title: 'Choir', from: 1, until: 2 }],
    },
  },
  7: { make: makeVersion7, records: version7Records },
  8: {
    make: (database) => {
      makeVersion7(database);
      database.createObjectStore('messages', { keyPath: 'm' });
    },
    records: {
      ...version7Records,
      messages: [{ m: 'm', callId: 'n', contactId: 'c', direction: 'in', state: 'announced', at: 1, since: 2 }],
    },
  },
};

/** Stores with their keys and indexes. */
async function shapeOf(database: Database): Promise<unknown> {
  return [...database.objectStoreNames].map((store) => {
    const { keyPath, autoIncrement, indexNames } = database.transaction(store).store;
    return { store, keyPath, autoIncrement, indexes: [...indexNames] };
  });
}

test('every version has its database here', () => {
  expect(Object.keys(released).map(Number)).toEqual(migrations.map((_, index) => index + 1));
});

describe.each(Object.entries(released))('a database of version %s', (version, { make, records }) => {
  test('holds everything after it was opened', async () => {
    await written(Number(version), make, records);
    const database = await openDatabase(name);
    expect(database.version).toBe(migrations.length);
    for (const [store, values] of Object.entries(records)) {
      const found = await database.getAll(store as 'contacts');
      expect(found, store).toHaveLength(values.length);
      expect(found, store).toEqual(expect.arrayContaining([...values]));
    }
    expect((await database.get('identity', ownKey))?.keys.ed25519Private).toBeInstanceOf(CryptoKey);
    expect(await database.getAllFromIndex('history', 'at')).toEqual(records['history']);
  });

  test('has the same shape as a new one', async () => {
    await written(Number(version), make, records);
    const old = await openDatabase(name);
    expect(await shapeOf(old)).toEqual(await shapeOf(await openDatabase('new')));
  });
});

test('a database of a later version is named as such and left as it is', async () => {
  const makeLater = (database: IDBDatabase) => {
    makeVersion1(database);
    database.createObjectStore('of a later day');
  };
  await written(99, makeLater, version1Records);
  await expect(openDatabase(name)).rejects.toThrow(NewerDatabaseError);
  const still = await indexedDB.databases();
  expect(still).toEqual([{ name, version: 99 }]);
});

test('the inbox that all friends shared is forgotten with version 3, and nothing else of a contact', async () => {
  const made = released[2];
  if (!made) throw new Error('version 2 was released');
  const friend = await sampleContact(4);
  const friends = [{ ...friend, friendsInbox: new Uint8Array(16).fill(9), hasOurInbox: true }];
  await written(2, made.make, { ...made.records, contacts: friends });
  expect(await (await openDatabase(name)).getAll('contacts')).toEqual([friend]);
});

describe('migrations', () => {
  const steps = (ran: string[]): readonly Migration[] => [
    ...migrations,
    async (database, upgrade) => {
      ran.push('first new step');
      database.createObjectStore('extra', { keyPath: 'id' });
      for (const contact of await upgrade.objectStore('contacts').getAll())
        await upgrade.objectStore('contacts').put({ ...contact, note: 'migrated' });
    },
    (_database, upgrade) => {
      ran.push('second new step');
      upgrade.objectStore('extra').createIndex('by', 'by');
    },
  ];

  test('that are missing run in their order, and may rewrite what is there', async () => {
    await written(1, makeVersion1, version1Records);
    const ran: string[] = [];
    const database = await openDatabase(name, steps(ran));
    expect(ran).toEqual(['first new step', 'second new step']);
    expect(database.version).toBe(migrations.length + 2);
    expect(await database.getAll('contacts')).toMatchObject([{ note: 'migrated' }, { note: 'migrated' }]);
    database.close();
    await openDatabase(name, steps(ran));
    expect(ran).toHaveLength(2);
  });

  // Seen to fail without the abort in openDatabase: the half-done upgrade is then kept.
  test.each([
    ['at once', 0],
    ['after it has waited', 1],
  ])('that fail %s leave the database as it was, and tell the cause', async (_, waits) => {
    await written(1, makeVersion1, version1Records);
    const failing: readonly Migration[] = [
      ...steps([]),
      async (database, upgrade) => {
        database.deleteObjectStore('relayDialects');
        if (waits > 0) await upgrade.objectStore('history').clear();
        throw new Error('no such thing');
      },
    ];
    await expect(openDatabase(name, failing)).rejects.toThrow('no such thing');
    expect(await indexedDB.databases()).toEqual([{ name, version: 1 }]);
    const database = await openDatabase(name);
    expect(await database.count('history')).toBe(2);
    expect(await database.count('relayDialects')).toBe(1);
    expect((await database.getAll('contacts'))[0]).not.toHaveProperty('note');
  });
});
