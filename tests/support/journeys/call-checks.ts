// What two people look for in a running call, whichever browsers they have.
import type { Page } from 'puppeteer-core';
import { lookMs } from '../../../tools/machine/limits.mjs';
import { isFirefox } from '../drivers/color-scheme.ts';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import { changingPicture, recordedHz } from '../drivers/fake-device-checks.ts';
import { clickButton, find } from '../drivers/page-actions.ts';
import { until } from '../runner/condition.ts';
import { waitForColor, waitForTone } from './media-checks.ts';

/** How far a recorded tone may be from the one that was sent. */
const hearingHz = 30;

/** Looks at the other person's picture on this page until it is theirs. */
export async function sees(page: Page, { name, devices }: Pick<DrivenBrowser, 'name' | 'devices'>): Promise<void> {
  if (devices.picture === 'changing') await changingPicture(page, name);
  else await waitForColor(page, name, devices.picture);
}

/** Listens to the other person on this page until it is their tone. */
export async function hears(page: Page, { name, devices }: DrivenBrowser): Promise<void> {
  // Firefox analyses no sound on a machine without a sound card.
  if (!(await isFirefox(page.browser()))) return void (await waitForTone(page, name, devices.toneHz));
  await until(
    async () => {
      const hz = await recordedHz(page, name);
      if (Math.abs(hz - devices.toneHz) > hearingHz) throw new Error(`heard ${hz} Hz`);
      return true;
    },
    { withinMs: 15_000, what: `${devices.toneHz} Hz from ${name}` },
  );
}

/** The words of the four emoji that both compare. The card is opened for it, and closed again. */
export async function securityWords(page: Page): Promise<readonly string[]> {
  await clickButton(page, 'Check security');
  const four = await until(
    async () => {
      const words = await page.$$eval('.emoji-name', (items) => items.map((item) => item.textContent ?? ''));
      return words.length === 4 ? words : undefined;
    },
    { what: 'the four emoji' },
  );
  await clickButton(page, 'Later');
  return four;
}

/** Waits until the region of a participant says something. */
export async function waitForRegionText(page: Page, name: string, fits: RegExp, withinMs = 10_000): Promise<void> {
  await until(
    async () => {
      const region = await find(page, 'region', name, withinMs);
      const said = await region.evaluate((element) => element.textContent ?? '');
      if (!fits.test(said)) throw new Error(`it says ${said}`);
      return true;
    },
    { withinMs, what: `${fits} about ${name}` },
  );
}

/** Waits until the ring around that person's picture says that they speak, or that they do not. */
export async function untilSpeaking(page: Page, name: string, isSpeaking: boolean, withinMs = 10_000): Promise<void> {
  const region = await find(page, 'region', name, withinMs);
  await until(() => region.evaluate((one, wanted) => one.classList.contains('speaking') === wanted, isSpeaking), {
    withinMs,
    what: `${name} ${isSpeaking ? 'speaks' : 'is silent'}`,
  });
}

/** Waits until new frames of that person's screen are painted on the page, in whichever `<video>` shows it by then. */
export async function untilScreenMoves(page: Page, name: string, withinMs = 15_000): Promise<void> {
  await find(page, 'region', `${name}’s screen`, withinMs);
  await until(
    async () => {
      const frames = await page.evaluate(screenFrames, `${name}’s screen`, 4, lookMs(screenLookMs));
      if (frames < 4) throw new Error(`${frames} frames in ${lookMs(screenLookMs)} ms`);
      return true;
    },
    { withinMs, what: `${name}'s screen to move` },
  );
}

/** One look; a `<video>` that is replaced meanwhile ends it without a result. */
const screenLookMs = 5_000;

/** Runs in the page: how many new frames of a screen it paints, up to those that are wanted. */
const screenFrames = (label: string, wanted: number, lookMs: number): Promise<number> =>
  new Promise((resolve) => {
    const video = document.querySelector<HTMLVideoElement>(`section[aria-label="${CSS.escape(label)}"] video`);
    let frames = 0;
    setTimeout(() => resolve(frames), lookMs);
    const count = (): void => {
      frames += 1;
      if (frames >= wanted) resolve(frames);
      else video?.requestVideoFrameCallback(count);
    };
    video?.requestVideoFrameCallback(count);
  });
