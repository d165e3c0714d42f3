// Looks at a page, in whichever browser, as it is now in both colour schemes and several widths. Leaves a picture of each in artifacts/screens for people.
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { colorScheme, isFirefox } from './color-scheme.ts';
import { axeViolations, lookAt, screenshot } from './page-actions.ts';

/** All that axe knows of colours: the rest of a page is the same in both schemes. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/**
 * Axe finds nothing, and nothing scrolls sideways.
 * @param part a selector of what the picture is about, where that is not the top of the page.
 */
export async function inspect(
  page: Page,
  name: string,
  widths: readonly number[] = [1280, 360],
  part?: string,
): Promise<void> {
  // A page that nobody looks at paints nothing.
  await lookAt(page);
  const folder = `artifacts/screens${(await isFirefox(page.browser())) ? '/firefox' : ''}`;
  for (const width of widths) {
    await page.setViewport({ width, height: 800 });
    for (const scheme of ['light', 'dark'] as const) {
      await colorScheme(page, scheme);
      // The picture is of what a person sees once it is painted.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      if (part !== undefined) await page.$eval(part, (element) => element.scrollIntoView({ behavior: 'instant' }));
      await screenshot(page, `${folder}/${name}-${width}-${scheme}.png`);
      const rules = scheme === 'light' ? undefined : colourRules;
      expect(await axeViolations(page, rules), `${name}, ${width} px, ${scheme}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${name} at ${width} px scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
  await page.setViewport(null);
}
