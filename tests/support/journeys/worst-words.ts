// A page whose program was changed says on the chat whatever it likes, as fast as the channel takes it; and how long the other page does nothing
// else over it.
import type { Page } from 'puppeteer-core';

/** Two hundred of each are the most that is looked at, at once (docs/protocol.md#budgets). */
export const worstWords: Readonly<Record<string, string>> = {
  'ten thousand letters': 'a '.repeat(4_999),
  'emphasis without end': '_*a'.repeat(3_333),
  'a table of 2 000 columns': `${'|a'.repeat(2_000)}\n${'|-'.repeat(2_000)}`,
  'as many links as pass': 'http://a.example/b '.repeat(50),
  'as much emphasis as passes': '*a* '.repeat(80),
};

/** From a page in Chromium, past its own program. */
export async function sayPastTheProgram(page: Page, text: string, count: number): Promise<void> {
  const prototype = await page.evaluateHandle(() => RTCDataChannel.prototype);
  const channels = await page.queryObjects(prototype);
  const said = await channels.evaluate(
    (all: RTCDataChannel[], words, times) => {
      const chat = all.find((one) => one.label === 'chat' && one.readyState === 'open');
      for (let n = 1; n <= times; n++) {
        const id = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))));
        chat?.send(JSON.stringify({ t: 'say', id: id.replaceAll('+', '-').replaceAll('/', '_'), n, text: words }));
      }
      return chat !== undefined;
    },
    text,
    count,
  );
  if (!said) throw new Error(`no chat is open on ${page.url()}`);
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
