// What two people look for in a running call, whichever browsers they have.
import type { Page } from 'puppeteer-core';
import { until } from './condition.ts';
import { find } from './page-actions.ts';

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
