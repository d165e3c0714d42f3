// A screen beside the camera, in real Chromium: sections of its own over a running call, both ways, and again.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalRelay, startNostrRelay } from '../../scripts/local-relays.mjs';
import { extensionDir } from '../support/built-extension.ts';
import { until } from '../support/condition.ts';
import { ExtensionBrowser } from '../support/extension-browser.ts';
import { aliceMedia, bobMedia } from '../support/generated-media.ts';
import { videoColor } from '../support/media-checks.ts';
import { clickButton, find, has, waitForStatus } from '../support/page-actions.ts';
import { becomeContacts, connect } from '../support/two-people.ts';

let relay: LocalRelay;
let alice: ExtensionBrowser;
let bob: ExtensionBrowser;
let a: Page;
let b: Page;

beforeAll(async () => {
  relay = await startNostrRelay();
  [alice, bob] = await Promise.all([
    ExtensionBrowser.launch({ name: 'Alice', extensionDir, media: aliceMedia }),
    ExtensionBrowser.launch({ name: 'Bob', extensionDir, media: bobMedia }),
  ]);
  await becomeContacts(alice, bob, [relay.url]);
  ({ a, b } = await connect(alice, bob));
});

afterAll(async () => {
  await Promise.all([alice?.close(), bob?.close()]);
  await relay?.close();
});

/** Waits until new frames of that person's screen are painted on the page. */
async function untilScreenMoves(page: Page, name: string): Promise<void> {
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

test('is seen by the other side, while both cameras go on', async () => {
  await a.bringToFront();
  await clickButton(a, 'Share screen');
  await find(a, 'button', 'Stop sharing');
  await b.bringToFront();
  await untilScreenMoves(b, 'Alice');
  expect(await videoColor(b, 'Alice')).toMatchObject({ colour: 'red' });
  expect(await videoColor(a, 'Bob')).toMatchObject({ colour: 'blue' });
});

test('of both at once', async () => {
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
  await clickButton(a, 'Share screen');
  await untilScreenMoves(b, 'Alice');
  expect(await sections()).toBe(1);
});

test('goes with the call', async () => {
  await clickButton(a, 'Leave call');
  await waitForStatus(b, /^Call ended/);
  expect(await has(b, 'region', 'Alice’s screen')).toBe(false);
});
