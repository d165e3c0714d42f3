// Light or dark as the system setting would say, and no motion. Each browser is told in its own way: Chromium page by page through the
// debugger, Firefox by its settings.
import type { Browser, Page } from 'puppeteer-core';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { FirefoxRemote } from './firefox-remote.ts';

export const isFirefox = async (browser: Browser): Promise<boolean> => /^firefox/i.test(await browser.version());

export async function colorScheme(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  const browser = page.browser();
  if (await isFirefox(browser)) {
    await new FirefoxRemote(browser).inBrowserWindow(
      `Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', ${scheme === 'dark' ? 0 : 1});
       Services.prefs.setIntPref('ui.prefersReducedMotion', 1);`,
    );
    const isNow = (wanted: string) => matchMedia(`(prefers-color-scheme: ${wanted})`).matches;
    await page.waitForFunction(isNow, { timeout: limitMs(10_000) }, scheme);
    return;
  }
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
}
