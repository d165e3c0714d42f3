// A page whose program was changed says on any channel of a call whatever it likes, as fast as the channel takes it; and how long another page
// does nothing else over it.
import type { Page } from 'puppeteer-core';
import type { WordChannel } from '../samples/lies.ts';

/** From a page in Chromium, past its own program. */
export async function sayPastTheProgram(page: Page, label: WordChannel, words: readonly string[]): Promise<void> {
  const prototype = await page.evaluateHandle(() => RTCDataChannel.prototype);
  const channels = await page.queryObjects(prototype);
  const said = await channels.evaluate(
    (all: RTCDataChannel[], wanted, texts) => {
      const channel = all.find((one) => one.label === wanted && one.readyState === 'open');
      for (const text of texts) channel?.send(text);
      return channel !== undefined;
    },
    label,
    words,
  );
  if (!said) throw new Error(`no channel for ${label} is open on ${page.url()}`);
}

/** The longest time, in ms, in which a page could run nothing else, over so many ms. */
export function longestPause(page: Page, watchedMs: number): Promise<number> {
  return page.evaluate(async (ms) => {
    const start = performance.now();
    let [last, longest] = [start, 0];
    while (last - start < ms) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      const now = performance.now();
      [longest, last] = [Math.max(longest, now - last), now];
    }
    return longest;
  }, watchedMs);
}
