// Two backgrounds of one person, wired as in a browser, over their own databases: what one has, the other gets.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { type Bytes, toHex } from '../../src/core/base/bytes.ts';
import type { RelayPool } from '../../src/core/base/ports.ts';
import { limitMs } from '../../tools/machine/limits.mjs';
import { fakeSession } from '../support/doubles/fake-browser.ts';
import { sampleCall, sampleContact } from '../support/samples/backup-samples.ts';
import { sealer, testIdentity } from '../support/samples/test-identity.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../support/doubles/fake-browser.ts')).fakeBrowser,
}));
const { openDatabase, ownKey } = await import('../../src/platform/store/database.ts');
const { ContactStore } = await import('../../src/platform/store/contact-store.ts');
const { DoorStore } = await import('../../src/platform/store/door-store.ts');
const { HistoryStore } = await import('../../src/platform/store/history-store.ts');
const { MessageStore } = await import('../../src/platform/messages/message-store.ts');
const { NoteStore } = await import('../../src/platform/store/note-store.ts');
const { OwnDeviceStore } = await import('../../src/platform/store/own-device-store.ts');
const { OwnEntryStore } = await import('../../src/platform/store/devices/own-entry-store.ts');
const { ReceiptStore } = await import('../../src/platform/store/receipt-store.ts');
const { RingStore } = await import('../../src/platform/store/ring-store.ts');
const { SettingsStore } = await import('../../src/platform/store/settings-store.ts');
const { extensionWorld } = await import('../../src/background/extension-world.ts');
const { Listening } = await import('../../src/background/listening.ts');

const alice = await testIdentity(1);
const bobsId = toHex((await testIdentity(2)).ed25519);
const hearers: { topics: ReadonlySet<string>; hear: (topicHex: string, payload: Bytes) => void }[] = [];
const begun: { close(): void }[] = [];

/** One relay for all. */
function pool(): RelayPool {
  const self: (typeof hearers)[number] = { topics: new Set(), hear: () => undefined };
  hearers.push(self);
  return {
    publish: async (topicHex, payload) => {
      for (const { topics, hear } of hearers) if (topics.has(topicHex)) setTimeout(() => hear(topicHex, payload), 0);
    },
    setTopics: (topics) => {
      self.topics = topics;
    },
    onMessage: (listener) => {
      self.hear = listener;
    },
    onState: () => undefined,
    setUrls: () => undefined,
    retryNow: () => undefined,
    states: () => [],
    ready: async () => true,
    close: () => undefined,
  };
}

async function device(name: string, fromWords: boolean) {
  const database = await openDatabase(name);
  const dev = new TextEncoder().encode(name.padEnd(8, '.'));
  const own = { keys: alice.keys, name: 'Alice', dev, createdAt: fromWords ? 2 : 1, wordsChecked: true };
  const identity = fromWords ? { ...own, fromWords: true as const } : own;
  await database.put('identity', identity, ownKey);
  const stores = {
    contacts: new ContactStore(database),
    settings: new SettingsStore(database),
    history: new HistoryStore(database),
    rings: new RingStore(database),
    notes: new NoteStore(database),
    receipts: new ReceiptStore(database),
    doors: new DoorStore(database),
    messages: new MessageStore(database),
    devices: new OwnDeviceStore(database),
    entriesOf: (by: string) => new OwnEntryStore(database, by),
  };
  const listening = await Listening.start(
    extensionWorld({
      identity,
      stores,
      sealer,
      ringtone: { start: async () => undefined, stop: async () => undefined },
      logger: { info: () => undefined, fault: (what, error) => expect.fail(`${what}: ${String(error)}`) },
      openPool: pool,
      bell: { inboxes: async () => [], look: async () => undefined },
    }),
  );
  begun.push(listening);
  return { listening, ...stores };
}

afterEach(() => {
  for (const one of begun.splice(0)) one.close();
});

test('own devices: a second one gets what there is, a change comes over, and a removal stays', {
  timeout: limitMs(30_000),
}, async () => {
  globalThis.indexedDB = new IDBFactory();
  fakeSession.values.clear();
  const desk = await device('desk', false);
  await desk.contacts.add(await sampleContact(2, { name: 'Bob' }));
  await desk.history.put(await sampleCall(1));
  await desk.settings.change({ hideAddress: true });
  const laptop = await device('laptop', true);
  await laptop.listening.devices.look(false);
  await vi.waitFor(async () => expect(await laptop.contacts.get(bobsId)).toMatchObject({ name: 'Bob' }), 10_000);
  expect(await laptop.history.recent()).toHaveLength(1);
  expect((await laptop.settings.read()).hideAddress).toBe(true);
  expect(await desk.devices.all(Date.now())).toHaveLength(1);
  await laptop.contacts.remove(bobsId);
  laptop.listening.devices.same.changed();
  await vi.waitFor(async () => expect(await desk.contacts.get(bobsId)).toBeUndefined(), 15_000);
  await desk.listening.devices.look(true);
  await vi.waitFor(async () => expect((await laptop.contacts.all()).length).toBe(0), 5_000);
});
