// Every view in every state: axe finds nothing, a screen reader says each thing once, Tab goes as people read, nothing is too small to
// press, nothing moves or speaks by itself, nothing scrolls sideways from 320 px on (which is 1280 px at 400 %), in either direction, and the
// page reports no fault. Leaves a picture of each in artifacts/gallery for people to look at.
import { rm } from 'node:fs/promises';
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { callStates } from '../../src/gallery/call-states.ts';
import { guestStates } from '../../src/gallery/guest-states.ts';
import { messagesStates } from '../../src/gallery/messages-states.ts';
import { optionsStates } from '../../src/gallery/options-states.ts';
import { popupStates } from '../../src/gallery/popup-states.ts';
import { recordingsStates } from '../../src/gallery/recordings-states.ts';
import { roomStates } from '../../src/gallery/room-states.ts';
import { trialStates } from '../../src/gallery/trial/trial-states.ts';
import { requireChromium } from '../../tools/machine/chromium.mjs';
import { limitMs } from '../../tools/machine/limits.mjs';
import { chromiumArguments } from '../support/drivers/chromium-arguments.ts';
import { colorScheme } from '../support/drivers/color-scheme.ts';
import { axeViolations, screenshot } from '../support/drivers/page-actions.ts';
import { backwardSteps, endlessMotion, listen, saidMeanwhile, smallTargets } from './reach.ts';
import { spokenFaults, spokenPage } from './spoken-page.ts';
import { statesAtATime } from './states-at-a-time.ts';

/** All that axe knows of colours: the rest of a page is the same in both schemes. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** States in which something is clicked once they are shown. */
const clicked: ReadonlySet<string> = new Set(
  Object.entries(optionsStates).flatMap(([name, { clicks }]) => (clicks ? [name] : [])),
);

/** In CSS pixels, for a pointer; and for a finger, on the pages that phones show. */
const [leastTarget, leastTouch] = [24, 44];

const frames = [
  { page: 'call', states: callStates, wide: 1280, narrow: 320, touched: true },
  { page: 'guest', states: guestStates, wide: 430, narrow: 320, touched: true },
  { page: 'popup', states: popupStates, wide: 380, narrow: 320, touched: false },
  { page: 'options', states: optionsStates, wide: 1280, narrow: 320, touched: false },
  { page: 'room', states: roomStates, wide: 1280, narrow: 320, touched: false },
  { page: 'messages', states: messagesStates, wide: 900, narrow: 320, touched: false },
  { page: 'recordings', states: recordingsStates, wide: 1280, narrow: 320, touched: false },
  { page: 'trial', states: trialStates, wide: 1280, narrow: 320, touched: true },
] as const;

let server: PreviewServer;
let browser: Browser;
let address: string;
/** One for each state that is looked at: a page waits for paints as long as it works, and is painted in front of its window only. */
const windows: BrowserContext[] = [];

beforeAll(async () => {
  await rm('artifacts/gallery', { recursive: true, force: true });
  server = await preview({
    configFile: 'vite.gallery.config.ts',
    preview: { host: '127.0.0.1', port: 0 },
    logLevel: 'warn',
  });
  address = server.resolvedUrls?.local[0] ?? '';
  browser = await puppeteer.launch({
    executablePath: requireChromium(),
    args: chromiumArguments('granted', undefined),
  });
  while (windows.length < statesAtATime) {
    const one = await browser.createBrowserContext();
    // Stays, and the window with it: making one costs more than a state.
    await one.newPage();
    windows.push(one);
  }
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

/** What an errorless page has none of, and the first of it as soon as it comes. */
function faultsOf(page: Page): { readonly faults: string[]; readonly first: Promise<never> } {
  const faults: string[] = [];
  let note: (fault: string) => void = () => undefined;
  const first = new Promise<never>((_, reject) => {
    note = (fault) => {
      faults.push(fault);
      reject(new Error(fault));
    };
  });
  first.catch(() => undefined);
  page.on('pageerror', (error) => note(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') note(message.text());
  });
  return { faults, first };
}

const painted = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

async function at(page: Page, width: number, scheme: 'light' | 'dark'): Promise<void> {
  await page.setViewport({ width, height: width < 500 ? 700 : 800 });
  await colorScheme(page, scheme);
  await painted(page);
}

/** How many pixels the page is wider than its window. */
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** The page with all that is loaded behind its first screen; fails with the first fault that it has. */
async function opened(page: Page, path: string, shown: string, fault: Promise<never>): Promise<void> {
  const timeout = limitMs(25_000);
  await page.goto(`${address}${path}`, { timeout });
  await Promise.race([page.waitForSelector(shown, { timeout }), fault]);
  await Promise.race([page.waitForSelector('body:not(:has([aria-busy="true"]))', { timeout }), fault]);
  await painted(page);
}

describe.concurrent.each(frames)('gallery: $page', ({ page: name, states, wide, narrow, touched }) => {
  test.for(Object.keys(states))('%s', async (state, { expect }) => {
    const own = windows.pop();
    if (!own) throw new Error('more states at a time than windows');
    const page = await own.newPage();
    try {
      const { faults, first } = faultsOf(page);
      await at(page, wide, 'light');
      const shown = name === 'room' ? 'body.shown' : '#root > *';
      await opened(page, `src/gallery/${name}.html?state=${state}`, shown, first);
      const file = (what: string) => `artifacts/gallery/${name}-${state}-${what}.png`;
      await screenshot(page, file('light'));
      await listen(page);
      expect.soft(await axeViolations(page), 'light').toEqual([]);
      expect.soft(spokenFaults(await spokenPage(page)), 'spoken').toEqual([]);
      expect.soft(await backwardSteps(page), 'order of focus').toEqual([]);
      expect.soft(await smallTargets(page, leastTarget), `smaller than ${leastTarget} px`).toEqual([]);
      expect.soft(await endlessMotion(page), 'with less motion').toEqual([]);
      await at(page, narrow, 'dark');
      await screenshot(page, file('narrow-dark'));
      expect.soft(await axeViolations(page, colourRules), 'dark').toEqual([]);
      const least = touched ? leastTouch : leastTarget;
      expect.soft(await smallTargets(page, least), `${narrow} px, smaller than ${least} px`).toEqual([]);
      expect.soft(await backwardSteps(page), `${narrow} px, order of focus`).toEqual([]);
      expect.soft(await overflow(page), `${narrow} px scrolls sideways`).toBeLessThanOrEqual(0);
      await page.evaluate(() => {
        document.documentElement.dir = 'rtl';
      });
      await painted(page);
      await screenshot(page, file('narrow-rtl'));
      expect.soft(await overflow(page), `${narrow} px, right to left, scrolls sideways`).toBeLessThanOrEqual(0);
      // What was clicked may still be answering.
      if (!clicked.has(state)) expect.soft(await saidMeanwhile(page), 'said although nothing happened').toEqual([]);
      expect(faults).toEqual([]);
    } finally {
      await page.close();
      windows.push(own);
    }
  });
});
