// The stores over a real IndexedDB implementation: bounds, changes, and what survives.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { HistoryEntry } from '../../../src/core/data/history-entry.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { type MissedNote, maxNotes } from '../../../src/core/signaling/missed-note.ts';

const local = new Map<string, unknown>();
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      local: {
        get: async (key: string) => ({ [key]: local.get(key) }),
        set: async (values: Record<string, unknown>) => {
          for (const [key, value] of Object.entries(values)) local.set(key, value);
        },
      },
    },
  },
}));

const { openDatabase, onStoreChanged } = await import('../../../src/platform/store/database.ts');
const { ContactStore } = await import('../../../src/platform/store/contact-store.ts');
const { HistoryStore } = await import('../../../src/platform/store/history-store.ts');
const { IdentityStore } = await import('../../../src/platform/store/identity-store.ts');
const { NoteStore } = await import('../../../src/platform/store/note-store.ts');
const { RingStore } = await import('../../../src/platform/store/ring-store.ts');
const { SettingsStore } = await import('../../../src/platform/store/settings-store.ts');

let database: Awaited<ReturnType<typeof openDatabase>>;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  local.clear();
  database = await openDatabase();
});

const contact = (id: string, name = id): Contact => ({
  id,
  name,
  ed25519: new Uint8Array(32),
  x25519: new Uint8Array(32),
  inboxSecret: new Uint8Array(16),
  relays: ['wss://relay.example'],
  addedAt: 0,
  addedFrom: 'link',
  blocked: false,
  verification: { state: 'unverified' },
});

const entry = (callId: string, at: number, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  callId,
  contactId: 'bob',
  contactName: 'Bob',
  direction: 'incoming',
  media: 'video',
  outcome: 'missed',
  at,
  durationMs: 0,
  seen: false,
  ...change,
});

describe('contacts', () => {
  test('come back by name and survive a second opening of the database', async () => {
    const store = new ContactStore(database);
    await store.add(contact('1', 'Zoe'));
    await store.add(contact('2', 'Ada'));
    database.close();
    const again = new ContactStore(await openDatabase());
    expect((await again.all()).map(({ name }) => name)).toEqual(['Ada', 'Zoe']);
  });

  test('a change touches only what it names, and nobody who is not there', async () => {
    const store = new ContactStore(database);
    await store.add(contact('1', 'Zoe'));
    await store.change('1', { hideAddress: true });
    await store.change('2', { hideAddress: true });
    expect(await store.all()).toEqual([{ ...contact('1', 'Zoe'), hideAddress: true }]);
  });

  // H4. Seen to fail with a plain change of `blocked`, and with a plain deletion.
  test('blocking and removing make what a person was handed worthless, also when they come back', async () => {
    const [store, settings] = [new ContactStore(database), new SettingsStore(database)];
    await store.add(contact('1'));
    await store.inboxTaken('1', 0);
    expect(await store.get('1')).toMatchObject({ inboxGeneration: 0, inboxOldest: 0, hasOurInbox: true });
    await store.setBlocked('1', true);
    expect(await store.get('1')).toMatchObject({
      blocked: true,
      inboxGeneration: 1,
      inboxOldest: 1,
      hasOurInbox: false,
    });
    await store.setBlocked('1', true);
    expect(await store.get('1')).toMatchObject({ inboxGeneration: 1 });
    await store.remove('1');
    expect((await settings.read()).inboxFloor).toBe(2);
    expect(await store.add(contact('1'))).toMatchObject({ inboxGeneration: 2 });
    // The others keep what they have.
    await store.add(contact('2'));
    await store.remove('3');
    expect((await settings.read()).inboxFloor).toBe(2);
  });

  test('a new link renews the inboxes of all, and leaves open what somebody holds', async () => {
    const store = new ContactStore(database);
    await store.add(contact('1'));
    await store.add(contact('2'));
    await store.inboxTaken('1', 0);
    await store.renewInboxes();
    expect(await store.get('1')).toMatchObject({ inboxGeneration: 1, inboxOldest: 0, hasOurInbox: true });
    expect(await store.get('2')).toMatchObject({ inboxGeneration: 1, inboxOldest: 1, hasOurInbox: false });
  });

  test('the own link is dated anew when its relays or its inbox change, and by nothing else (M9)', async () => {
    const settings = new SettingsStore(database);
    await settings.change({ doNotDisturb: true });
    expect((await settings.read()).linkMadeAt).toBe(0);
    await settings.change({ relays: ['wss://one.example'] });
    const first = (await settings.read()).linkMadeAt;
    expect(Date.now() - first).toBeLessThan(60_000);
    await settings.change({ relays: ['wss://one.example'], ringtone: false });
    expect((await settings.read()).linkMadeAt).toBe(first);
    await settings.change({ linkGeneration: 1 });
    expect((await settings.read()).linkMadeAt).toBeGreaterThan(first);
  });

  test('a write is told to other pages', async () => {
    const heard = new Promise<string>((resolve) => {
      const stop = onStoreChanged((store) => {
        stop();
        resolve(store);
      });
    });
    await new ContactStore(database).add(contact('1'));
    expect(await heard).toBe('contacts');
  });
});

describe('requests of strangers', () => {
  const call = (id: string, callId: string, at: number) => ({ id, name: 'S', link: 'l', callId, at });

  test('a flood keeps at most twenty, the newest (E.46)', async () => {
    const store = new ContactStore(database);
    for (let i = 0; i < 60; i++) await store.addCall(call(`stranger ${i}`, 'one', 1_000 + i), undefined, 1_000 + i);
    const kept = await store.requests(2_000);
    expect(kept).toHaveLength(20);
    expect(kept[0]?.id).toBe('stranger 59');
    expect(kept.at(-1)?.id).toBe('stranger 40');
  });

  test('repeated calls of one stranger are one request, told of once, and counted until somebody looks', async () => {
    const store = new ContactStore(database);
    expect(await store.addCall(call('s', 'one', 1), 0, 1)).toBe(true);
    expect(await store.addCall(call('s', 'one', 2), 0, 2)).toBe(false);
    expect(await store.addCall(call('s', 'two', 3), 0, 3)).toBe(false);
    expect(await store.requests(3)).toMatchObject([{ id: 's', name: 'S', link: 'l', lastAt: 3, attempts: 2 }]);
    expect(await store.unseenRequests(3)).toBe(1);
    await store.requestsSeen();
    expect(await store.unseenRequests(3)).toBe(0);
    await store.addCall(call('s', 'three', 4), 0, 4);
    expect(await store.unseenRequests(4)).toBe(1);
  });

  test('one that was put away waits for their next call', async () => {
    const store = new ContactStore(database);
    await store.addCall(call('s', 'one', 1), 0, 1);
    await store.putRequestAway('s');
    await store.addCall(call('s', 'one', 2), 0, 2);
    expect([await store.requests(2), await store.unseenRequests(2)]).toEqual([[], 0]);
    await store.addCall(call('s', 'two', 3), 0, 3);
    expect(await store.requests(3)).toMatchObject([{ id: 's', attempts: 2 }]);
  });

  test('a request is forgotten after seven days', async () => {
    const store = new ContactStore(database);
    await store.addCall(call('s', 'one', 0), undefined, 0);
    expect(await store.requests(7 * 86_400_000)).toEqual([]);
  });
});

describe('history', () => {
  test('is newest first and bounded', async () => {
    const store = new HistoryStore(database);
    for (let i = 0; i < 205; i++) await store.put(entry(`call ${i}`, i));
    const recent = await store.recent();
    expect(recent).toHaveLength(200);
    expect(recent[0]?.callId).toBe('call 204');
    expect(recent.at(-1)?.callId).toBe('call 5');
  });

  test('counts missed calls until they were looked at', async () => {
    const store = new HistoryStore(database);
    await store.put(entry('a', 1));
    await store.put(entry('b', 2, { outcome: 'answered', seen: true }));
    expect(await store.missedCount()).toBe(1);
    await store.markSeen();
    expect(await store.missedCount()).toBe(0);
    expect((await store.recent()).map(({ callId }) => callId)).toEqual(['b', 'a']);
  });

  test('forgets single calls', async () => {
    const store = new HistoryStore(database);
    for (const callId of ['a', 'b', 'c']) await store.put(entry(callId, 1));
    await store.remove(['a', 'c', 'of nobody']);
    expect((await store.recent()).map(({ callId }) => callId)).toEqual(['b']);
  });
});

describe('rings', () => {
  test('a finished call is remembered for a day, and then forgotten', async () => {
    const store = new RingStore(database);
    await store.finish('call', 0);
    expect(await store.isFinished('call')).toBe(true);
    await store.finish('later', 86_400_001);
    expect(await store.isFinished('call')).toBe(false);
    expect(await store.isFinished('later')).toBe(true);
  });
});

describe('settings', () => {
  test('begin with no relay, no server and every sign of a call on', async () => {
    expect(await new SettingsStore(database).read()).toMatchObject({
      relays: [],
      iceServers: [],
      ringWindow: true,
      ringtone: true,
    });
  });

  test('concurrent changes do not lose each other', async () => {
    const store = new SettingsStore(database);
    await Promise.all([store.change({ doNotDisturb: true }), store.change({ relays: ['wss://a'] })]);
    expect(await store.read()).toMatchObject({ doNotDisturb: true, relays: ['wss://a'] });
  });
});

describe('the identity', () => {
  test('a browser that never had one says so', async () => {
    expect(await new IdentityStore(database).read()).toEqual({ state: 'none' });
  });

  test('keys that were there and are gone are noticed (E.56)', async () => {
    local.set('identityPublicKey', 'abcd');
    expect(await new IdentityStore(database).read()).toEqual({ state: 'lost', publicKeyHex: 'abcd' });
  });
});

describe('notes of calls that reached nobody', () => {
  const note = (callId: string, at: number, triedAt = 0): MissedNote => ({
    callId,
    contactId: `contact of ${callId}`,
    media: 'video',
    at,
    st: 'secret',
    triedAt,
  });
  const hour = 3_600_000;

  // Seen to fail with the quarter of an hour not asked for, and with `all` taken for it.
  test('are handed out when it is their turn, or all at once, and those of yesterday never', async () => {
    const notes = new NoteStore(database);
    expect(await notes.takeDue(30 * hour, true)).toEqual([]);
    await notes.add(note('old', 5 * hour));
    await notes.add(note('waiting', 29 * hour, 30 * hour - 60_000));
    await notes.add(note('due', 28 * hour, 29 * hour));
    expect((await notes.takeDue(30 * hour, false)).map(({ callId }) => callId)).toEqual(['due']);
    expect(await notes.takeDue(30 * hour, false)).toEqual([]);
    expect((await notes.takeDue(30 * hour, true)).map(({ callId }) => callId).sort()).toEqual(['due', 'waiting']);
    expect((await database.getAllKeys('notes')).sort()).toEqual(['due', 'waiting']);
  });

  test('stay bounded, go one by one, and all of a person at once', async () => {
    const notes = new NoteStore(database);
    for (let number = 0; number < maxNotes + 5; number++) await notes.add(note(`call ${number}`, number));
    const kept = await database.getAllKeys('notes');
    expect(kept).toHaveLength(maxNotes);
    expect(kept).not.toContain('call 4');
    await notes.remove('call 5');
    await notes.removeOf('contact of call 6');
    expect(await database.count('notes')).toBe(maxNotes - 2);
  });
});
