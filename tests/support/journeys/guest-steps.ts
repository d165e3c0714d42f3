// What a guest does on the page for guests, and what can be found out about such a page.
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { requireChromium } from '../../../tools/machine/chromium.mjs';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { launchBrowser } from '../drivers/browser-kinds.ts';
import { chromiumArguments } from '../drivers/chromium-arguments.ts';
import type { BrowserKind, DrivenBrowser } from '../drivers/driven-browser.ts';
import { FirefoxBrowser } from '../drivers/firefox-browser.ts';
import { permissionScript } from '../drivers/firefox-preferences.ts';
import { clickButton, fill, waitForText } from '../drivers/page-actions.ts';
import { carolMedia, writeMedia } from '../samples/generated-media.ts';

/** Every host that a page asks, sockets too. */
export async function hostsAskedBy(page: Page): Promise<ReadonlySet<string>> {
  const hosts = new Set<string>();
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  const note = (url: string) => url.startsWith('data:') || url.startsWith('blob:') || hosts.add(new URL(url).host);
  session.on('Network.requestWillBeSent', ({ request }) => note(request.url));
  session.on('Network.webSocketCreated', ({ url }) => note(url));
  return hosts;
}

/** What is in the stores of a page's origin. */
export const storedBy = (page: Page) =>
  page.evaluate(async () => {
    const files: string[] = [];
    const root = await navigator.storage.getDirectory();
    for await (const name of (root as unknown as { keys(): AsyncIterable<string> }).keys()) files.push(name);
    const { length: local } = localStorage;
    const { length: session } = sessionStorage;
    return {
      databases: (await indexedDB.databases()).length,
      files: files.length,
      cookies: document.cookie,
      local,
      session,
      caches: (await caches.keys()).length,
    };
  });

/** After a visit. */
export const nothingStored = { databases: 0, files: 0, cookies: '', local: 0, session: 0, caches: 0 };

export async function askToJoin(page: Page, name: string, address: string, host = 'Alice'): Promise<void> {
  await page.goto(address, { timeout: limitMs(30_000) });
  await waitForText(page, new RegExp(`${host} invites you`));
  await fill(page, 'Your name', name);
  await clickButton(page, 'Ask to join');
  await waitForText(page, /Asking to join|They know that you are here/);
}

/** A browser in which somebody opens the page for guests, and whom the others see and hear of them. */
export interface GuestBrowser {
  readonly browser: Browser;
  readonly carol: DrivenBrowser;
  close(): Promise<void>;
}

/** Chromium without the extension, or a web page in Firefox, which has camera and microphone for that page. @param folder for what Chromium's camera shows. */
export async function launchGuest(kind: BrowserKind, address: string, folder: string): Promise<GuestBrowser> {
  if (kind === 'Chromium') {
    const media = await writeMedia(folder, carolMedia);
    const args = chromiumArguments('granted', media);
    const browser = await puppeteer.launch({ executablePath: requireChromium(), args });
    const devices = { picture: carolMedia.colour, toneHz: carolMedia.toneHz };
    return { browser, carol: { name: 'Carol', devices } as DrivenBrowser, close: () => browser.close() };
  }
  const driven = await launchBrowser('Firefox', { name: 'Carol' });
  if (driven instanceof FirefoxBrowser) await driven.remote.inBrowserWindow(permissionScript('granted', address));
  return { browser: driven.browser, carol: driven, close: () => driven.close() };
}

/** As a phone shows it: small, by touch. */
export async function likeAPhone(page: Page, width: number): Promise<void> {
  await page.setViewport({ width, height: 640, isMobile: true, hasTouch: true });
}

/** What is smaller than a finger, or hangs over the side, of what can be pressed now. */
export const hardToTouch = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const pressed = 'button, summary, select, input:not([type="radio"], [type="checkbox"], [type="range"]), a[href]';
    return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((element) => {
      const { width, height, left, right } = element.getBoundingClientRect();
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || width === 0) return [];
      const isSmall = width < 44 || height < 44;
      const isOutside = left < 0 || right > innerWidth;
      const name = element.getAttribute('aria-label') ?? element.textContent ?? '';
      return isSmall || isOutside
        ? [`${name.trim()}: ${Math.round(width)} × ${Math.round(height)} at ${Math.round(left)}`]
        : [];
    });
  });

/** From now on, how many locks of the screen the page holds. */
export async function watchWakeLocks(page: Page): Promise<() => Promise<number>> {
  await page.evaluateOnNewDocument(() => {
    const taken: WakeLockSentinel[] = [];
    Object.assign(globalThis, { takenLocks: taken });
    // An empty page has none.
    if (!('wakeLock' in navigator)) return;
    const request = navigator.wakeLock.request.bind(navigator.wakeLock);
    navigator.wakeLock.request = async (type) => {
      const lock = await request(type);
      taken.push(lock);
      return lock;
    };
  });
  return () =>
    page.evaluate(
      () =>
        (globalThis as unknown as { takenLocks: readonly WakeLockSentinel[] }).takenLocks.filter(
          ({ released }) => !released,
        ).length,
    );
}
