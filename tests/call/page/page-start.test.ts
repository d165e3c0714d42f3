// A page's address never acts (H3, fault 3): no call, no knock, no accept, no camera and no relay without a click on the page, or what our
// own background or page has left for that very tab, address and load.
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { openAsGuest, openOutgoing, showRing } from '../../../src/background/call-tabs.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import { endWhatNobodySees, followRing, offerCall } from '../../../src/call/page/page-start.ts';
import { givePermit, usePermit } from '../../../src/platform/extension/page-permit.ts';
import { watchView, writeView } from '../../../src/platform/extension/session-view.ts';
import { fakeExtension as browser } from '../../support/doubles/fake-extension.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../../support/doubles/fake-extension.ts')).fakeExtension,
}));

const page = 'src/call/index.html';
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A page of ours is loaded in this tab: what it does by itself. */
function load(tabId: number): string[] {
  const did: string[] = [];
  const invitations = {
    makeReady: () => void did.push('ready'),
    startCall: () => void did.push('call'),
  };
  const query = browser.queryOf(tabId);
  offerCall({ offerOutgoing: () => undefined, group: { invitations } }, 'video', (onPermit) =>
    usePermit(tabId, query, onPermit),
  );
  return did;
}

const lastTab = (): number => Math.max(...browser.openTabs.keys());

beforeEach(() => {
  browser.reset();
  vi.useRealTimers();
});

// README.md#protects-pages
describe('a page to call from', () => {
  test.each([
    'to=bob&media=video&start=1',
    'to=bob&media=video',
    'to=bob&to=carol&media=audio&start=1',
    'guest=ffc%3A1%3Ag&media=video&start=1',
    'guest=ffc%3A1%3Ag&media=video&permit=start',
  ])('another extension or program opens %s: nothing happens', async (query) => {
    const { id } = browser.openTab(browser.runtime.getURL(`${page}?${query}`));
    const did = load(id);
    await settle();
    expect(did).toEqual([]);
  });

  test('opened by our background it is made ready, but nobody is called', async () => {
    await openOutgoing(['bob'], 'video');
    const did = load(lastTab());
    await settle();
    expect(did).toEqual(['ready']);
  });

  test('opened for a guest link by our background it is made ready, and nobody is asked', async () => {
    await openAsGuest('ffc:1:guest');
    const did = load(lastTab());
    await settle();
    expect(did).toEqual(['ready']);
  });

  test('a page that is quicker than the word of its tab is made ready when the word comes', async () => {
    let did: string[] = [];
    browser.onTabCreated = ({ id }) => {
      did = load(id);
    };
    await openOutgoing(['bob'], 'video');
    await settle();
    expect(did).toEqual(['ready']);
  });

  test('after "Call again" it calls; loaded once more it does not', async () => {
    const { id } = browser.openTab(browser.runtime.getURL(`${page}?to=bob&media=video`));
    await givePermit(id, { does: 'start', query: 'to=bob&media=video' });
    const first = load(id);
    await settle();
    expect(first).toEqual(['ready', 'call']);
    const again = load(id);
    await settle();
    expect(again).toEqual([]);
  });

  test('a duplicated tab, a restored session and a second tab with the same address do nothing', async () => {
    const { id, url } = browser.openTab(browser.runtime.getURL(`${page}?to=bob&media=video`));
    await givePermit(id, { does: 'start', query: 'to=bob&media=video' });
    const duplicate = load(browser.openTab(url).id);
    await settle();
    expect(duplicate).toEqual([]);
    browser.stored.clear();
    const restored = load(id);
    await settle();
    expect(restored).toEqual([]);
  });

  test('another address put into the same tab has no permit, neither before nor after', async () => {
    const tab = browser.openTab(browser.runtime.getURL(`${page}?to=bob&media=video`));
    await givePermit(tab.id, { does: 'start', query: 'to=bob&media=video' });
    tab.url = browser.runtime.getURL(`${page}?guest=ffc%3A1%3Aevil&media=video`);
    const other = load(tab.id);
    await settle();
    expect(other).toEqual([]);
    tab.url = browser.runtime.getURL(`${page}?to=bob&media=video`);
    const back = load(tab.id);
    await settle();
    expect(back).toEqual([]);
  });

  test('a permit is good for a minute', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { id } = browser.openTab(browser.runtime.getURL(`${page}?to=bob&media=video`));
    await givePermit(id, { does: 'start', query: 'to=bob&media=video' });
    vi.setSystemTime(Date.now() + 61_000);
    const did = load(id);
    await settle();
    expect(did).toEqual([]);
  });
});

describe('a page of a ring', () => {
  const ring = { callId: 'one', contactId: 'bob', contactName: 'Bob', media: 'video', expiresAt: 0 } as const;

  function loadRing(tabId: number, callId = 'one'): string[] {
    const did: string[] = [];
    const session = {
      accept: () => void did.push('accept'),
      takenByAnotherPage: () => void did.push('taken'),
      ringOver: () => void did.push('over'),
    };
    followRing(session, { callId, tabId }, watchView);
    return did;
  }

  test('whoever opens its address does not accept, not even a ring that was answered elsewhere just now', async () => {
    const foreign = browser.openTab(browser.runtime.getURL(`${page}?ring=one`));
    const did = loadRing(foreign.id);
    await writeView('ring', { ...ring, phase: 'ringing' });
    await showRing('one');
    await writeView('ring', { ...ring, phase: 'answered', answerMedia: 'video' });
    await settle();
    expect(did).toEqual([]);
  });

  test('answered on the notification it goes on in the tab that the background has opened', async () => {
    await writeView('ring', { ...ring, phase: 'answered', answerMedia: 'audio' });
    await showRing('one');
    const did = loadRing(lastTab());
    await settle();
    expect(did).toContain('accept');
  });

  test('answered on the notification it goes on in the tab that rings already', async () => {
    await writeView('ring', { ...ring, phase: 'ringing' });
    await showRing('one');
    const did = loadRing(lastTab());
    await settle();
    expect(did).toEqual([]);
    await writeView('ring', { ...ring, phase: 'answered', answerMedia: 'audio' });
    await settle();
    expect(did).toEqual(['accept']);
  });
});

describe('a page without the views of a call', () => {
  test.each([
    ['before', true],
    ['dialing', true],
    ['connecting', true],
    ['incoming', false],
  ] as const)('a call that is %s is called off: %s', (phase, isOff) => {
    const { phase: shown } = emptyPersonModel();
    const views = signal<unknown>('loading');
    let calledOff = 0;
    const cancelCall = () => {
      calledOff += 1;
      shown.value = { phase: 'ended', reason: 'cancelled', durationMs: 0 };
    };
    endWhatNobodySees(views, { phase: shown }, { cancelCall });
    shown.value = { phase };
    expect(calledOff).toBe(0);
    views.value = 'failed';
    expect(calledOff > 0).toBe(isOff);
    if (isOff) return;
    // Answered in spite of it: nobody waits for a page that shows nothing.
    shown.value = { phase: 'connecting' };
    expect(calledOff).toBeGreaterThan(0);
  });
});
