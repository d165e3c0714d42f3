// A screen beside the camera, in real browsers: sections of its own over a running call, from both sides, and again.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pairsFor } from '../support/browser-kinds.ts';
import { sees } from '../support/call-checks.ts';
import { until } from '../support/condition.ts';
import { clickButton, find, has, waitForStatus } from '../support/page-actions.ts';
import { Pair } from '../support/pair.ts';
import { connect } from '../support/two-people.ts';
import { VirtualDisplay } from '../support/virtual-display.ts';

/** Waits until new frames of that person's screen are painted on the page. */
async function untilScreenMoves(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  await find(page, 'region', `${name}’s screen`);
  const frames = () =>
    page.evaluate(
      () =>
        document.querySelector<HTMLVideoElement>('.screen-picture')?.getVideoPlaybackQuality().totalVideoFrames ?? 0,
    );
  const before = await frames();
  await until(async () => (await frames()) > before + 3, { what: `frames of ${name}'s screen`, withinMs: 15_000 });
}

const untilGone = (page: Page, name: string) =>
  until(async () => !(await has(page, 'region', `${name}’s screen`)), {
    what: `${name}'s screen to go`,
    withinMs: 10_000,
  });

describe.each(pairsFor(['Chromium', 'Chromium'], ['Chromium', 'Firefox']))('%s and %s', (...kinds) => {
  let display: VirtualDisplay | undefined;
  let pair: Pair;
  let a: Page;
  let b: Page;

  beforeAll(async () => {
    // Firefox shows a real screen; Chromium has one of its own for tests.
    display = kinds[1] === 'Firefox' ? await VirtualDisplay.start() : undefined;
    pair = await Pair.meet(kinds, { bobsDisplay: display });
    ({ a, b } = await connect(pair.alice, pair.bob));
  });

  afterAll(async () => {
    await pair?.close();
    await display?.stop();
  });

  /** Shows the screen as a person would: a click counts only on the page that is looked at. */
  async function share(page: Page): Promise<void> {
    await page.bringToFront();
    await clickButton(page, 'Share screen');
    await find(page, 'button', 'Stop sharing');
  }

  test('is seen by the other side, while both cameras go on', async () => {
    await share(a);
    await untilScreenMoves(b, 'Alice');
    await sees(b, pair.alice);
    await a.bringToFront();
    await sees(a, pair.bob);
  });

  test('of both at once', async () => {
    await share(b);
    await untilScreenMoves(a, 'Bob');
    await untilScreenMoves(b, 'Alice');
  });

  test('ends for the other side, and begins again over the same sections', async () => {
    await clickButton(a, 'Stop sharing');
    await untilGone(b, 'Alice');
    await share(a);
    await untilScreenMoves(b, 'Alice');
    expect(await b.$$eval('.screen-tile', (tiles) => tiles.length)).toBe(1);
  });

  test('goes with the call', async () => {
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    expect(await has(b, 'region', 'Alice’s screen')).toBe(false);
  });
});
