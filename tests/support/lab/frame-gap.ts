// How long the picture of the other side stood still: measured in the page from the frames that it really shows.
import type { Page } from 'puppeteer-core';

export interface GapMeter {
  /** The longest time without a new frame since the meter was started, in milliseconds. One that has not ended yet counts. */
  longestMs(): Promise<number>;
}

/** Starts to measure the pictures that a page shows in the region of that name. A `<video>` that takes the place of another counts on. */
export async function measureGap(page: Page, regionName: string): Promise<GapMeter> {
  const meter = await page.evaluateHandle((name) => {
    const state = { lastAt: performance.now(), longest: 0 };
    const known = new WeakSet<HTMLVideoElement>();
    const follow = (video: HTMLVideoElement): void => {
      video.requestVideoFrameCallback(() => {
        const now = performance.now();
        state.longest = Math.max(state.longest, now - state.lastAt);
        state.lastAt = now;
        follow(video);
      });
    };
    const look = (): void => {
      for (const video of document.querySelectorAll<HTMLVideoElement>(`section[aria-label="${name}"] video`)) {
        if (known.has(video)) continue;
        known.add(video);
        follow(video);
      }
    };
    look();
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    return state;
  }, regionName);
  return {
    longestMs: () => meter.evaluate(({ lastAt, longest }) => Math.max(longest, performance.now() - lastAt)),
  };
}
