// The wiring of the background: what of everything that reaches the own inboxes gets where.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Bytes, toBase64url, toHex } from '../../src/core/base/bytes.ts';
import type { RelayPool } from '../../src/core/base/ports.ts';
import { formatContactLink } from '../../src/core/identity/contact-link.ts';
import { ContactInboxMaker } from '../../src/core/identity/inboxes.ts';
import { callTopics, epochDay, inboxTopic } from '../../src/core/identity/topics.ts';
import { openSignal, sealSignal } from '../../src/core/signaling/mail.ts';
import type { SignalBody } from '../../src/core/signaling/signal.ts';
import { fakeSession } from '../support/doubles/fake-browser.ts';
import { sampleContact } from '../support/samples/backup-samples.ts';
import { sealer, type TestIdentity, testIdentity } from '../support/samples/test-identity.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../support/doubles/fake-browser.ts')).fakeBrowser,
}));
const { openDatabase } = await import('../../src/platform/store/database.ts');
const { MessageStore } = await import('../../src/platform/messages/message-store.ts');
const { ContactStore } = await import('../../src/platform/store/contact-store.ts');
const { DoorStore } = await import('../../src/platform/store/door-store.ts');
const { HistoryStore } = await import('../../src/platform/store/history-store.ts');
const { NoteStore } = await import('../../src/platform/store/note-store.ts');
const { OwnDeviceStore } = await import('../../src/platform/store/own-device-store.ts');
const { OwnEntryStore } = await import('../../src/platform/store/devices/own-entry-store.ts');
const { ReceiptStore } = await import('../../src/platform/store/receipt-store.ts');
const { RingStore } = await import('../../src/platform/store/ring-store.ts');
const { SettingsStore } = await import('../../src/platform/store/settings-store.ts');
const { extensionWorld } = await import('../../src/background/extension-world.ts');
const { Listening } = await import('../../src/background/listening.ts');

const [bob, alice, mallory] = await Promise.all([testIdentity(1), testIdentity(2), testIdentity(3)]);
const identity = { keys: bob.keys, name: 'Bob', dev: new Uint8Array(8), createdAt: 0, wordsChecked: true };
const st = new Uint8Array(32).fill(4);
const random = (length: number) => toBase64url(crypto.getRandomValues(new Uint8Array(length)));

let deliver: (topicHex: string, payload: Bytes) => void;
let published: { topicHex: string; message: Bytes }[];
let topics: ReadonlySet<string>;
let listening: Awaited<ReturnType<typeof Listening.start>>;
let stores: Parameters<typeof extensionWorld>[0]['stores'];

beforeEach(async () => {
  // The page of the held call lives.
  vi.stubGlobal('navigator', {
    locks: { query: async () => ({ held: [{ name: 'page:p' }] }), request: () => new Promise(() => undefined) },
  });
  globalThis.indexedDB = new IDBFactory();
  fakeSession.values.clear();
  [published, topics] = [[], new Set()];
  const database = await openDatabase();
  stores = {
    contacts: new ContactStore(database),
    settings: new SettingsStore(database),
    history: new HistoryStore(database),
    rings: new RingStore(database),
    notes: new NoteStore(database),
    receipts: new ReceiptStore(database),
    doors: new DoorStore(database),
    devices: new OwnDeviceStore(database),
    entriesOf: (dev) => new OwnEntryStore(database, dev),
    messages: new MessageStore(database),
  };
  const pool: RelayPool = {
    publish: async (topicHex, message) => void published.push({ topicHex, message }),
    setTopics: (wanted) => {
      topics = wanted;
    },
    onMessage: (listener) => {
      deliver = listener;
    },
    onState: () => undefined,
    setUrls: () => undefined,
    retryNow: () => undefined,
    states: () => [],
    ready: async () => true,
    close: () => undefined,
  };
  listening = await Listening.start(
    extensionWorld({
      identity,
      stores,
      sealer,
      ringtone: { start: async () => undefined, stop: async () => undefined },
      logger: { info: () => undefined, fault: (_, error) => expect.fail(String(error)) },
      openPool: () => pool,
      bell: { inboxes: async () => [], look: async () => undefined },
    }),
  );
});

afterEach(() => listening.close());

const topicOf = (secret: Bytes) => inboxTopic(sealer, secret, bob.ed25519, epochDay(Date.now()));
const linkOf = (one: TestIdentity, by = one) =>
  formatContactLink(
    {
      ed25519: one.ed25519,
      x25519: one.x25519,
      inboxSecret: new Uint8Array(16),
      relays: [],
      name: 'Somebody',
      madeAt: 1,
    },
    { sealer, signer: by.signer },
  );
const inviteWith = (link: string, by: TestIdentity): SignalBody => ({
  ...{ t: 'invite', exp: Date.now() + 60_000, st: toBase64url(st), ek: toBase64url(by.x25519) },
  ...{ cm: random(32), media: 'video', link },
});

/** Somebody sends a word to one of Bob's inboxes. */
async function post(by: TestIdentity, secret: Bytes, body: SignalBody): Promise<void> {
  const topicHex = await topicOf(secret);
  const head = { v: 1 as const, id: random(16), dev: random(8), n: 1, ts: Date.now() };
  const to = { ed25519: bob.ed25519, x25519: bob.x25519 };
  const message = await sealSignal({ sealer, signer: by.signer, to, topicHex, signal: { ...head, ...body } });
  deliver(topicHex, message);
}

const requests = () => stores.contacts.requests(Date.now());
const befriend = async () => {
  await stores.contacts.add(await sampleContact(2, { name: 'Alice' }));
  await listening.followSettings();
};

// Mutation (C.6). Seen to fail with the comparison of the link's key and the sender's taken out.
test('a stranger waits in the list by their own link only, and hears nothing', async () => {
  await post(mallory, bob.keys.inboxSecret, inviteWith(await linkOf(alice), mallory));
  await post(mallory, bob.keys.inboxSecret, inviteWith(await linkOf(mallory, alice), mallory));
  await post(mallory, bob.keys.inboxSecret, inviteWith('', mallory));
  await post(alice, bob.keys.inboxSecret, inviteWith(await linkOf(alice), alice));
  await vi.waitFor(async () => expect(await requests()).toHaveLength(1));
  expect(await requests()).toMatchObject([{ id: toHex(alice.ed25519), name: 'Somebody', attempts: 1 }]);
  expect(published).toEqual([]);
  expect(fakeSession.values.get('ring')).toBeUndefined();
});

test('a contact is answered, by the link and by the inbox that is kept for them', async () => {
  await befriend();
  const inbox = await new ContactInboxMaker(sealer, bob.signer).secret(alice.ed25519, 0);
  const { b2a } = await callTopics(sealer, st);
  for (const secret of [bob.keys.inboxSecret, inbox]) {
    published.length = 0;
    await post(alice, secret, inviteWith('', alice));
    await vi.waitFor(() => expect(published.map(({ topicHex }) => topicHex)).toEqual([b2a]));
  }
  const [answer] = published;
  const { opener, ed25519: ownEd25519 } = alice;
  const opened = await openSignal({
    sealer,
    opener,
    ownEd25519,
    topicHex: b2a,
    message: answer?.message ?? new Uint8Array(),
  });
  expect(opened?.signal.t).toBe('ringing');
});

test('in the inbox of a contact nobody else is heard, not even another contact', async () => {
  await befriend();
  const inbox = await new ContactInboxMaker(sealer, bob.signer).secret(alice.ed25519, 0);
  await post(mallory, inbox, inviteWith(await linkOf(mallory), mallory));
  await post(alice, inbox, inviteWith('', alice));
  await vi.waitFor(() => expect(published).toHaveLength(1));
  expect(await requests()).toEqual([]);
});

// H4. Seen to fail with the contacts not read for the inboxes.
test('the inbox of a contact is listened on until they are blocked or removed', async () => {
  const inbox = await topicOf(await new ContactInboxMaker(sealer, bob.signer).secret(alice.ed25519, 0));
  expect(topics.has(inbox)).toBe(false);
  await befriend();
  expect(topics.has(inbox)).toBe(true);
  await stores.contacts.setBlocked(toHex(alice.ed25519), true);
  await listening.followSettings();
  expect(topics.has(inbox)).toBe(false);
  await stores.contacts.setBlocked(toHex(alice.ed25519), false);
  await listening.followSettings();
  expect(topics.has(inbox)).toBe(false);
});

// docs/hostile-cases.md#e81
test('what comes to the guests’ inbox knocks and rings nowhere', async () => {
  await befriend();
  const guests = new Uint8Array(16).fill(6);
  fakeSession.values.set('heldCall', {
    callId: 'x',
    contactId: 'y',
    contactName: 'Y',
    linked: true,
    guestSecret: toBase64url(guests),
    tabId: 1,
    page: 'p',
  });
  await listening.followInboxes();
  await post(alice, guests, inviteWith('', alice));
  await vi.waitFor(() => expect(fakeSession.values.get('knocks')).toMatchObject([{ door: toBase64url(guests) }]));
  expect(published).toEqual([]);
});
