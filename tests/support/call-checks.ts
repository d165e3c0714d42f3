// What two people look for in a running call, whichever browsers they have.
import type { Page } from 'puppeteer-core';
import { until } from './condition.ts';
import type { DrivenBrowser } from './driven-browser.ts';
import { changingPicture, recordedHz } from './fake-device-checks.ts';
import { waitForColor } from './media-checks.ts';
import { find } from './page-actions.ts';

/** How far the tone that is heard may be from the one that was sent. */
const hearingHz = 30;

/** Looks at the other person's picture on this page until it is theirs. */
export async function sees(page: Page, { name, devices }: DrivenBrowser): Promise<void> {
  if (devices.picture === 'changing') await changingPicture(page, name);
  else await waitForColor(page, name, devices.picture);
}

/** Listens to the other person on this page. @returns the tone, which is theirs. */
export async function hears(page: Page, { name, devices }: DrivenBrowser): Promise<number> {
  return until(
    async () => {
      const hz = await recordedHz(page, name);
      if (Math.abs(hz - devices.toneHz) > hearingHz) throw new Error(`heard ${hz} Hz`);
      return hz;
    },
    { withinMs: 15_000, what: `${devices.toneHz} Hz from ${name}` },
  );
}

/** The words of the four emoji that both compare. */
export async function securityWords(page: Page): Promise<readonly string[]> {
  return until(
    async () => {
      const words = await page.$$eval('.emoji-name', (items) => items.map((item) => item.textContent ?? ''));
      return words.length === 4 ? words : undefined;
    },
    { what: 'the four emoji' },
  );
}

/** Waits until the region of a participant says something. */
export async function waitForRegionText(page: Page, name: string, fits: RegExp): Promise<void> {
  const region = await find(page, 'region', name);
  await until(async () => fits.test(await region.evaluate((element) => element.textContent ?? '')), {
    what: `${fits} about ${name}`,
  });
}
