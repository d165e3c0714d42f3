// Opens, finds and focuses the pages of calls. One call at a time is held; which tab holds it is kept where pages can read it.
import browser from 'webextension-polyfill';
import type { BegunMeeting, HeldCall } from '../core/call/requests.ts';
import type { CallMedia } from '../core/identity/contact.ts';
import type { KeptDoor } from '../core/identity/kept-door.ts';
import { isAlive } from '../platform/extension/page-life.ts';
import { givePermit, type PagePermit } from '../platform/extension/page-permit.ts';
import { readView, writeView } from '../platform/extension/session-view.ts';

const page = 'src/call/index.html';
const ringWindowSize = { width: 440, height: 680 };

async function tabExists(tabId: number): Promise<boolean> {
  return browser.tabs.get(tabId).then(
    () => true,
    () => false,
  );
}

export async function focus(tabId: number): Promise<void> {
  const tab = await browser.tabs.update(tabId, { active: true });
  if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
}

/** A page that may make a call ready at once, or call: a person has just asked us for it. */
async function openPermitted(query: URLSearchParams, does: PagePermit['does']): Promise<void> {
  const tabId = await openTab(query);
  if (tabId !== undefined) await givePermit(tabId, { does, query: String(query) });
}

/** @returns the new tab's id, where the browser tells it. */
async function openTab(query: URLSearchParams): Promise<number | undefined> {
  const url = browser.runtime.getURL(`${page}?${query}`);
  const windows = await browser.windows.getAll({ windowTypes: ['normal'] });
  if (windows.length === 0) return (await browser.windows.create({ url, focused: true })).tabs?.[0]?.id;
  const tab = await browser.tabs.create({ url, active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
  return tab.id;
}

/** The calls that pages are in, the one that goes on first; a page may have been closed, or have crashed, a moment ago. */
export async function heldCalls(): Promise<readonly HeldCall[]> {
  const [goesOn, onHold] = await Promise.all([readView('heldCall'), readView('callsOnHold')]);
  const held = goesOn ? [goesOn, ...(onHold ?? [])] : (onHold ?? []);
  const isThere = await Promise.all(
    held.map(async ({ page, tabId }) => (await isAlive(page)) && (await tabExists(tabId))),
  );
  return held.filter((_, i) => isThere[i]);
}

/** The call that goes on, or else one on hold. */
export async function heldCall(): Promise<HeldCall | undefined> {
  return (await heldCalls())[0];
}

/** Whether somebody looks at this tab now. */
export async function isLookedAt(tabId: number): Promise<boolean> {
  try {
    const { active, windowId } = await browser.tabs.get(tabId);
    return active && windowId !== undefined && (await browser.windows.get(windowId)).focused;
  } catch {
    return false;
  }
}

/**
 * Opens a page for a call to these contacts, all together. A running call is focused instead.
 * @param meeting the room that it is a meeting of.
 * @param does `start`: it calls at once, because a person has clicked on a name in a page of ours and wants no look at the camera first.
 */
export async function openOutgoing(
  contactIds: readonly string[],
  media: CallMedia,
  does: PagePermit['does'] = 'prepare',
  meeting?: BegunMeeting,
): Promise<boolean> {
  const held = await heldCall();
  if (held) {
    await focus(held.tabId);
    return contactIds.length === 1 && held.contactId === contactIds[0] && !meeting;
  }
  const to = contactIds.map((id): [string, string] => ['to', id]);
  const of = Object.entries({ ...meeting });
  await openPermitted(new URLSearchParams([...to, ['media', media], ...of]), does);
  return true;
}

/** Opens a page that asks to be let into a call. A running call is focused instead. */
export async function openAsGuest(guestLink: string): Promise<boolean> {
  const held = await heldCall();
  if (held) {
    await focus(held.tabId);
    return false;
  }
  await openPermitted(new URLSearchParams({ guest: guestLink, media: 'video' }), 'prepare');
  return true;
}

/** Opens a page to which the call of another own device comes. A running call is focused instead. @param dev that device, base64url. */
export async function openMove(dev: string): Promise<boolean> {
  const held = await heldCall();
  if (held) {
    await focus(held.tabId);
    return false;
  }
  await openPermitted(new URLSearchParams({ move: dev }), 'start');
  return true;
}

/** Opens a page with nobody in it yet, for guests. A running call is focused instead: there is a guest link in it. */
export async function openDoor(): Promise<boolean> {
  const held = await heldCall();
  if (held) {
    await focus(held.tabId);
    return false;
  }
  await openPermitted(new URLSearchParams({ door: '1' }), 'start');
  return true;
}

/** Opens the page of a door for later, or shows the one that is at it. A call that goes on is put on hold once the page is there. */
export async function openKeptDoor({ id, secret }: Pick<KeptDoor, 'id' | 'secret'>): Promise<void> {
  const page = (await heldCalls()).find(({ guestSecret }) => guestSecret === secret);
  if (page) await focus(page.tabId);
  else await openPermitted(new URLSearchParams({ door: id }), 'start');
}

/** Windows that are being opened now, by call: whoever wants to show the ring waits for them instead of opening a second page. */
const opening = new Map<string, Promise<void>>();

/** Opens the small window of an incoming call; it rings there although no page of ours was open. */
export function openRingWindow(callId: string): Promise<void> {
  return whileOpening(callId, createRingWindow(callId));
}

function whileOpening(callId: string, opens: Promise<void>): Promise<void> {
  const opened = opens.finally(() => opening.delete(callId));
  opening.set(callId, opened);
  return opened;
}

async function createRingWindow(callId: string): Promise<void> {
  const url = browser.runtime.getURL(`${page}?${new URLSearchParams({ ring: callId })}`);
  const window = await browser.windows
    .create({ url, type: 'popup', focused: true, ...ringWindowSize })
    .catch(() => undefined);
  // A browser that opens no window now still has tabs.
  if (!window) return createRingTab(callId);
  const tabId = window.tabs?.[0]?.id;
  if (tabId === undefined) return;
  await writeView('ringTab', { callId, tabId });
  // The caller may have given up while the window opened; or the person has answered in it, who was faster than the browser's word.
  const ring = await readView('ring');
  const isOver = ring?.callId === callId && ring.phase === 'over' && ring.outcome !== 'answered-here';
  if (isOver) await browser.tabs.remove(tabId).catch(() => undefined);
}

/** Shows the page of a ring: the one that is open or just opening, or else a new tab. */
export async function showRing(callId: string): Promise<void> {
  const hasOpened = await opening.get(callId)?.then(
    () => true,
    () => false,
  );
  const shown = await readView('ringTab');
  if (shown?.callId === callId && (await tabExists(shown.tabId))) return focus(shown.tabId);
  // A page that was just opening and is gone was closed by the person.
  if (!hasOpened) await whileOpening(callId, createRingTab(callId));
}

/** Kept as the ring's page: whoever answers there shall not get a second one. */
async function createRingTab(callId: string): Promise<void> {
  const tabId = await openTab(new URLSearchParams({ ring: callId }));
  if (tabId !== undefined) await writeView('ringTab', { callId, tabId });
}

/** Opens the popup's page as a tab. */
export async function openPopupPage(query = new URLSearchParams()): Promise<void> {
  const question = query.size === 0 ? '' : `?${query}`;
  await browser.tabs.create({ url: browser.runtime.getURL(`src/popup/index.html${question}`) });
}

/** The same with a contact link to add, or with none to say so. */
export async function openAddContact(link: string | undefined): Promise<void> {
  await openPopupPage(new URLSearchParams({ add: link ?? '' }));
}
