// A door for guests as the background keeps it: who knocks is told of while nobody looks, hears when it is closed, and waits while it is on hold.
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import type { Stores } from '../../src/background/extension-world.ts';
import { HeldCalls } from '../../src/background/held-calls.ts';
import { KnockNotices } from '../../src/background/knock-notices.ts';
import type { Listening } from '../../src/background/listening.ts';
import type { KnockView } from '../../src/core/call/requests.ts';
import { liveAs } from '../../src/platform/extension/page-life.ts';
import { readView, writeView } from '../../src/platform/extension/session-view.ts';
import { fakeExtension as browser } from '../support/doubles/fake-extension.ts';
import { fakeLocks } from '../support/doubles/fake-locks.ts';

const shown = vi.hoisted(() => [] as string[]);
vi.mock('webextension-polyfill', async () => ({
  default: (await import('../support/doubles/fake-extension.ts')).fakeExtension,
}));
vi.mock('../../src/background/ring-notification.ts', () => ({
  showKnockNotification: async (id: string, name: string) => void shown.push(`${name} (${id})`),
  clearKnockNotification: async (id: string) => void shown.push(`gone: ${id}`),
}));
vi.stubGlobal('navigator', { locks: fakeLocks });
afterAll(() => void vi.unstubAllGlobals());

let told: string[];
let notices: KnockNotices;
let heldCalls: HeldCalls;
let tabId: number;
const kept = new Set<string>();

const knock = (contactId: string): KnockView => ({
  call: { callId: `call of ${contactId}`, contactId } as KnockView['call'],
  link: '',
  door: 'secret',
});
const hold = (page: string, guestSecret?: string) =>
  heldCalls.hold({
    ...{ callId: page, contactId: '', contactName: '', direction: 'outgoing', linked: true },
    ...{ tabId: page === 'door' ? tabId : tabId + 1, page, guestSecret },
  });

beforeEach(async () => {
  browser.reset();
  fakeLocks.reset();
  shown.length = 0;
  kept.clear();
  told = [];
  notices = new KnockNotices();
  const listening = {
    runner: { settle: async () => undefined, held: async () => undefined, freed: async () => undefined },
    knocks: {
      close: async (_door: string, waiting: readonly KnockView[]) =>
        void told.push(...waiting.map(({ call }) => call.contactId)),
    },
    followInboxes: async () => void told.push('inboxes'),
  };
  heldCalls = new HeldCalls({
    listening: async () => listening as unknown as Listening,
    stores: async () => ({ notes: { removeOf: async () => undefined } }) as unknown as Stores,
    isKept: async (secret) => kept.has(secret),
    onDoor: async () => undefined,
    onKnockGone: (id) => notices.over(id),
    onLetGo: () => undefined,
    fault: (error) => {
      throw error;
    },
  });
  ({ id: tabId } = browser.openTab(browser.runtime.getURL('src/call/index.html?door=1')));
  browser.openTab(browser.runtime.getURL('src/call/index.html?ring=1'));
  await liveAs('door');
  await liveAs('call');
  await hold('door', 'secret');
  await writeView('knocks', [knock('carol')]);
  told.length = 0;
});

// Seen to fail without `isClosed`.
test('who waits hears that the door was closed, and nothing while it is on hold', async () => {
  await hold('call');
  expect(told).toEqual(['inboxes']);
  await heldCalls.goOn('door');
  await writeView('knocks', [knock('carol')]);
  told.length = 0;
  await hold('door');
  expect(told).toEqual(['carol', 'inboxes']);
  expect(shown).toContain('gone: carol');
});

test('a page that is gone closes its door', async () => {
  await heldCalls.letGo(tabId);
  expect(told).toEqual(['carol', 'inboxes']);
});

test('at a door for later they wait on when its page is gone', async () => {
  kept.add('secret');
  await heldCalls.letGo(tabId);
  expect(told).toEqual(['inboxes']);
  expect(shown).toEqual([]);
  expect(await readView('knocks')).toHaveLength(1);
});

test('those at another door wait on', async () => {
  await writeView('knocks', [knock('carol'), { ...knock('dora'), door: 'later' }]);
  await heldCalls.letGo(tabId);
  expect(await readView('knocks')).toMatchObject([{ door: 'later' }]);
});

test('of one person a notification tells once, however often they ask anew', async () => {
  await notices.shown('carol', 'Carol');
  await notices.shown('carol', 'Carol');
  expect(shown).toEqual(['Carol (carol)']);
  await notices.over('carol');
  await notices.shown('carol', 'Carol');
  expect(shown).toEqual(['Carol (carol)', 'gone: carol', 'Carol (carol)']);
});

test('its buttons answer the knock that is there now, and none that is gone', async () => {
  await notices.answer('dora', true);
  expect(await readView('knockAnswer')).toBeUndefined();
  await notices.answer('carol', false);
  expect(await readView('knockAnswer')).toEqual({ callId: 'call of carol', admits: false });
});
