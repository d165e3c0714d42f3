// A screen beside the camera: sections of its own over a running call, both ways, and again. Chromium has a made-up screen to share;
// Firefox shares a virtual one, chosen in its own dialog.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNostrRelay } from '../../tools/relays/nostr-relay.mjs';
import { pairsFor } from '../support/drivers/browser-kinds.ts';
import { FirefoxUi } from '../support/drivers/browser-ui.ts';
import { clickButton, find, has, waitForStatus } from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { VirtualDisplay } from '../support/drivers/virtual-display.ts';
import { hears, sees, untilScreenMoves } from '../support/journeys/call-checks.ts';
import { pages } from '../support/journeys/journeys.ts';
import { closeCallPages, connect, contactsPage, ringingPage, untilConnected } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { Pair } from '../support/worlds/pair.ts';

const untilGone = (page: Page, name: string) =>
  until(async () => !(await has(page, 'region', `${name}’s screen`)), {
    what: `${name}'s screen to go`,
    withinMs: 10_000,
  });

const pairs = pairsFor(['Chromium', 'Firefox'], ['Firefox', 'Chromium']);

describe.each(pairs)("%s's screen, seen in %s", (caller, callee) => {
  let alicesDisplay: VirtualDisplay | undefined;
  let pair: Pair;
  let a: Page;
  let b: Page;

  beforeAll(async () => {
    if (caller === 'Firefox') alicesDisplay = await VirtualDisplay.start();
    pair = await Pair.meet([caller, callee], { startRelay: (options) => startNostrRelay(options), alicesDisplay });
    ({ a, b } = await connect(pair.alice, pair.bob));
  });

  afterAll(async () => {
    await pair?.close();
    await alicesDisplay?.stop();
  });

  async function aliceShares(): Promise<void> {
    await clickButton(a, 'Share screen');
    if (caller === 'Firefox') await new FirefoxUi(pair.alice).shareScreen();
    await find(a, 'button', 'Stop sharing');
  }

  test('is seen by the other side, while both cameras go on', async () => {
    await a.bringToFront();
    await aliceShares();
    await b.bringToFront();
    await untilScreenMoves(b, 'Alice');
    await sees(b, pair.alice);
    await sees(a, pair.bob);
  });

  test.runIf(caller === 'Chromium' && callee === 'Chromium')('of both at once', async () => {
    await clickButton(b, 'Share screen');
    await a.bringToFront();
    await untilScreenMoves(a, 'Bob');
    await b.bringToFront();
    await untilScreenMoves(b, 'Alice');
  });

  test('ends for the other side, and begins again over the same sections', async () => {
    const sections = () => b.evaluate(() => document.querySelectorAll('section[aria-label$="’s screen"]').length);
    await clickButton(a, 'Stop sharing');
    await untilGone(b, 'Alice');
    await aliceShares();
    await untilScreenMoves(b, 'Alice');
    expect(await sections()).toBe(1);
  });

  test('goes with the call', async () => {
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    expect(await has(b, 'region', 'Alice’s screen')).toBe(false);
  });

  test.runIf(callee === 'Chromium')(
    'is shown from the first moment of a call that begins with it, without a camera',
    async () => {
      await closeCallPages(pair.alice, pair.bob);
      const popup = await contactsPage(pair.alice);
      await clickButton(popup, 'Call Bob with audio only');
      a = await pair.alice.waitForPage((url) => url.includes(pages.call));
      await popup.close();
      await find(a, 'button', 'Start call');
      await aliceShares();
      if (caller === 'Chromium' && callee === 'Chromium') await inspect(a, 'before-with-screen', [360]);
      await clickButton(a, 'Start call');
      b = await ringingPage(pair.bob);
      await clickButton(b, 'Accept with audio');
      await untilConnected(a, b);
      await b.bringToFront();
      await untilScreenMoves(b, 'Alice');
      await hears(b, pair.alice);
      expect(await a.evaluate(() => document.querySelector('.local-picture'))).toBeNull();
    },
  );
});
