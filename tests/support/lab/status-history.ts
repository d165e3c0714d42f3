// Everything that the live regions of a page have said since somebody began to listen: what is said for a moment only is not missed.
import type { Page } from 'puppeteer-core';

export interface StatusHistory {
  /** In order, without repeats in a row. */
  said(): Promise<readonly string[]>;
}

export async function listenToStatus(page: Page): Promise<StatusHistory> {
  const history = await page.evaluateHandle(() => {
    const heard: string[] = [];
    const listen = (): void => {
      for (const region of document.querySelectorAll('[role="status"], [role="alert"]')) {
        const text = region.textContent?.trim() ?? '';
        if (text !== '' && text !== heard.at(-1)) heard.push(text);
      }
    };
    listen();
    new MutationObserver(listen).observe(document, { childList: true, subtree: true, characterData: true });
    return heard;
  });
  return { said: () => history.evaluate((heard) => [...heard]) };
}
