// A page that holds a call and ends, however it does, lets go of it (fault 4), and an update of the extension waits for it (fault 2): the
// background's own wiring, with the browser's tabs, storage and locks stood in for.
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { heldCall, openOutgoing } from '../../src/background/call-tabs.ts';
import type { Stores } from '../../src/background/extension-world.ts';
import { HeldCalls } from '../../src/background/held-calls.ts';
import { KnockNotices } from '../../src/background/knock-notices.ts';
import type { Listening } from '../../src/background/listening.ts';
import { requestHandlers } from '../../src/background/request-handlers.ts';
import { WaitingUpdate } from '../../src/background/waiting-update.ts';
import { liveUnfrozen } from '../../src/call/page/frozen-page.ts';
import { PageHold } from '../../src/call/page/page-hold.ts';
import { defaultSettings } from '../../src/core/data/settings.ts';
import { answerRequests } from '../../src/platform/extension/messenger.ts';
import { busySign, liveAs } from '../../src/platform/extension/page-life.ts';
import { usePermit } from '../../src/platform/extension/page-permit.ts';
import { readView, writeView } from '../../src/platform/extension/session-view.ts';
import { fakeExtension as browser } from '../support/doubles/fake-extension.ts';
import { fakeLocks } from '../support/doubles/fake-locks.ts';
import { until } from '../support/runner/condition.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../support/doubles/fake-extension.ts')).fakeExtension,
}));
vi.stubGlobal('navigator', { locks: fakeLocks });
afterAll(() => void vi.unstubAllGlobals());

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A life of the background: what it was asked to do about calls that are over. */
function startBackground({ isRinging }: { readonly isRinging?: () => boolean } = {}) {
  const settled: string[] = [];
  const faults: unknown[] = [];
  const listening = {
    runner: {
      settle: async (callId: string) => void settled.push(callId),
      held: async () => undefined,
      freed: async () => undefined,
    },
  };
  const fault = (error: unknown) => void faults.push(error);
  const update = new WaitingUpdate(async () => isRinging?.() ?? false, fault);
  update.listen();
  const heldCalls = new HeldCalls({
    listening: async () => listening as unknown as Listening,
    stores: async () => ({ notes: { removeOf: async () => undefined } }) as unknown as Stores,
    ...{ isKept: async () => false, onDoor: async () => undefined, onKnockGone: async () => undefined },
    onLetGo: () => void update.take(),
    fault,
  });
  return { heldCalls, update, settled, faults };
}

/** A page that lives and has told the background of its call. */
async function hold(heldCalls: HeldCalls, page = 'one'): Promise<number> {
  const { id: tabId } = browser.openTab(browser.runtime.getURL('src/call/index.html?to=bob'));
  await liveAs(page);
  await heldCalls.hold({
    callId: 'call',
    contactId: 'bob',
    contactName: 'Bob',
    direction: 'outgoing',
    linked: false,
    tabId,
    page,
  });
  return tabId;
}

const tellUpdate = async () => {
  browser.runtime.onUpdateAvailable.tell({ version: '2' });
  await settle();
};

beforeEach(() => {
  browser.reset();
  fakeLocks.reset();
});

describe('the held call', () => {
  test('a crashed page whose tab stays lets go of it, and somebody else can be called', async () => {
    const { heldCalls, settled } = startBackground();
    await hold(heldCalls);
    expect(await heldCall()).toMatchObject({ callId: 'call' });
    expect(await openOutgoing(['carol'], 'video')).toBe(false);
    fakeLocks.crash('page:one');
    expect(await heldCall()).toBeUndefined();
    await until(() => settled.length > 0, { what: 'the call to be let go of' });
    expect(await readView('heldCall')).toBeUndefined();
    expect(await openOutgoing(['carol'], 'video')).toBe(true);
  });

  test('the background died before the page crashed: the next one lets go', async () => {
    await hold(startBackground().heldCalls);
    // Nothing of a dead worker is waiting any more.
    fakeLocks.reset();
    await liveAs('one');
    const { heldCalls, settled } = startBackground();
    await heldCalls.restore();
    await settle();
    expect(settled).toEqual([]);
    fakeLocks.crash('page:one');
    await until(() => settled.length > 0, { what: 'the call to be let go of' });
    expect(await readView('heldCall')).toBeUndefined();
  });

  test('the page crashed together with the background: the next one lets go at once', async () => {
    await hold(startBackground().heldCalls);
    fakeLocks.reset();
    const { heldCalls, settled } = startBackground();
    await heldCalls.restore();
    await until(() => settled.length > 0, { what: 'the call to be let go of' });
  });

  test('a frozen page lets go of it, and holds it again when it thaws', async () => {
    const { heldCalls, settled } = startBackground();
    const tab = new EventTarget();
    vi.stubGlobal('document', tab);
    const { id: tabId } = browser.openTab(browser.runtime.getURL('src/call/index.html?to=bob'));
    let told: Promise<void> = Promise.resolve();
    const pageHold = new PageHold((held) => {
      if (held) told = heldCalls.hold({ ...held, tabId, page: 'one' });
    });
    await liveUnfrozen(liveAs, 'one', () => pageHold.retell());
    pageHold.hold({ callId: 'call', contactId: 'bob', contactName: 'Bob', direction: 'outgoing', linked: true });
    await told;
    for (const end of [1, 2]) {
      tab.dispatchEvent(new Event('freeze'));
      await until(() => settled.length === end, { what: 'the call to be let go of' });
      expect(await openOutgoing(['carol'], 'video')).toBe(true);
      tab.dispatchEvent(new Event('resume'));
      await until(async () => (await heldCall())?.callId === 'call', { what: 'the call to be held again' });
    }
    pageHold.release('call');
    tab.dispatchEvent(new Event('freeze'));
    await heldCalls.letGo(tabId);
    tab.dispatchEvent(new Event('resume'));
    await settle();
    expect(await heldCall()).toBeUndefined();
  });

  test('a page that takes the place of a crashed one keeps its own call', async () => {
    const { heldCalls, settled } = startBackground();
    const tabId = await hold(heldCalls);
    await liveAs('two');
    await heldCalls.hold({
      callId: 'next',
      contactId: 'bob',
      contactName: 'Bob',
      direction: 'outgoing',
      linked: false,
      tabId,
      page: 'two',
    });
    fakeLocks.crash('page:one');
    await settle();
    expect(settled).toEqual([]);
    expect(await heldCall()).toMatchObject({ callId: 'next' });
  });
});

describe('an update of the extension', () => {
  test('nobody is in a call: it is taken at once', async () => {
    startBackground();
    await tellUpdate();
    expect(browser.reloads).toBe(1);
  });

  test('waits for the call, and is taken when that is over', async () => {
    const { heldCalls } = startBackground();
    const tabId = await hold(heldCalls);
    await tellUpdate();
    expect(browser.reloads).toBe(0);
    await heldCalls.letGo(tabId);
    await until(() => browser.reloads > 0, { what: 'the update to be taken' });
  });

  test('waits for a call whose page crashed no longer than that', async () => {
    const { heldCalls } = startBackground();
    await hold(heldCalls);
    await tellUpdate();
    fakeLocks.crash('page:one');
    await until(() => browser.reloads > 0, { what: 'the update to be taken' });
  });

  test('waits while it rings', async () => {
    let rings = true;
    const { update } = startBackground({ isRinging: () => rings });
    await tellUpdate();
    expect(browser.reloads).toBe(0);
    rings = false;
    await update.take();
    expect(browser.reloads).toBe(1);
  });

  test('waits for a page that has something to lose', async () => {
    const { update } = startBackground();
    const beBusy = busySign();
    beBusy(true);
    await tellUpdate();
    expect(browser.reloads).toBe(0);
    beBusy(false);
    await settle();
    await update.take();
    expect(browser.reloads).toBe(1);
  });

  test('the background died meanwhile: the next one takes it after the call', async () => {
    const first = startBackground();
    const tabId = await hold(first.heldCalls);
    await tellUpdate();
    const next = startBackground();
    await next.update.take();
    expect(browser.reloads).toBe(0);
    await next.heldCalls.letGo(tabId);
    await until(() => browser.reloads > 0, { what: 'the update to be taken' });
  });

  test('without one nothing is loaded anew, however many calls end', async () => {
    const { heldCalls } = startBackground();
    await heldCalls.letGo(await hold(heldCalls));
    await settle();
    expect(browser.reloads).toBe(0);
  });
});

describe('requests', () => {
  const ask = (message: unknown, sender: unknown) => browser.runtime.onMessage.tell(message, sender).find(Boolean);
  let checkFirst = true;
  const nothing = async () => undefined;
  const rest = {
    ...{ knockNotices: new KnockNotices(), bell: { answer: async () => false } },
    ...{ reload: nothing, newsChanged: nothing, tellNotes: nothing },
  };
  const stores = { settings: { read: async () => ({ ...defaultSettings, checkFirst }) } } as Stores;
  const page = { request: 'startCall', argument: { contactId: 'bob', media: 'video' } };

  test('only our own pages are answered', async () => {
    const { heldCalls } = startBackground();
    answerRequests(
      requestHandlers({
        listening: async () => undefined,
        stores: async () => stores,
        heldCalls,
        ...rest,
      }),
    );
    for (const sender of [{ id: 'another-extension' }, {}, { id: '' }]) expect(ask(page, sender)).toBeUndefined();
    expect(ask({ request: 'toString' }, { id: browser.id })).toBeUndefined();
    expect(browser.openTabs.size).toBe(0);
    expect(await ask(page, { id: browser.id })).toEqual({ opened: true });
    expect(browser.openTabs.size).toBe(1);
  });

  test.each([
    ['only made ready', true, 'prepare'],
    ['rung at once where nobody wants to check the camera first', false, 'start'],
  ] as const)('a name that was clicked is %s', async (_what, isChecked, does) => {
    checkFirst = isChecked;
    const { heldCalls } = startBackground();
    const handlers = requestHandlers({
      listening: async () => undefined,
      stores: async () => stores,
      heldCalls,
      ...rest,
    });
    for (const open of [
      () => handlers.startCall({ contactId: 'bob', media: 'video' }, {} as never),
      () => handlers.startGroupCall({ contactIds: ['bob', 'carol'], media: 'video' }, {} as never),
    ]) {
      await open();
      const tabId = Math.max(...browser.openTabs.keys());
      const permits: string[] = [];
      usePermit(tabId, browser.queryOf(tabId), (one) => void permits.push(one));
      await settle();
      expect(permits).toEqual([does]);
    }
  });

  test('a call is held for the tab that says so, whatever it claims', async () => {
    const { heldCalls } = startBackground();
    const handlers = requestHandlers({
      listening: async () => undefined,
      stores: async () => stores,
      heldCalls,
      ...rest,
    });
    const call = {
      callId: 'call',
      contactId: 'bob',
      contactName: 'Bob',
      direction: 'outgoing',
      linked: false,
      page: 'one',
    } as const;
    await handlers.holdCall({ ...call, ...{ tabId: 77 } }, { tab: { id: 3 } } as never);
    expect(await readView('heldCall')).toMatchObject({ tabId: 3 });
    await writeView('heldCall', undefined);
  });
});
