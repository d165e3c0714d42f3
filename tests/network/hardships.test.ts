// What is harder on a call than a fault that passes: a TURN server that dies, no way at all, a line too thin for pictures, an overlay that
// moves. What was off stays off, and both are told what they have to know.
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { IceServer } from '../../src/core/network/ice-server.ts';
import { clickButton, has, waitForText } from '../support/drivers/page-actions.ts';
import { untilScreenMoves, waitForRegionText } from '../support/journeys/call-checks.ts';
import { waitForColor, waitForTone } from '../support/journeys/media-checks.ts';
import { connectionPath } from '../support/lab/connection-path.ts';
import { anotherNetwork } from '../support/lab/faults.ts';
import { measureGap } from '../support/lab/frame-gap.ts';
import { secondTurn, turnOverUdp } from '../support/lab/internet.ts';
import { isOverlayAddress } from '../support/lab/overlay.ts';
import { type CallPages, untilBothAreTold, untilBothSeeAndHear } from '../support/lab/people.ts';
import { listenToStatus } from '../support/lab/status-history.ts';
import { patienceMs, StruckCall } from '../support/lab/struck-call.ts';
import { joinOverlay } from '../support/lab/topologies.ts';
import { until } from '../support/runner/condition.ts';
import { aliceMedia, bobMedia } from '../support/samples/generated-media.ts';

const cameraIsOff = /Bob’s camera is off/;

const call = new StruckCall();

describe('a call through a TURN server', () => {
  let pages: CallPages;
  let name: 'turn.lab' | 'turn2.lab';

  beforeAll(async () => {
    pages = await relayedCall(turnOverUdp, secondTurn);
    name = await turnInUse(pages.alice);
  });
  afterAll(async () => {
    await call.scene.people.endCall();
    call.scene.setRules({});
    for (const each of ['turn.lab', 'turn2.lab'] as const) {
      await call.scene.lab.internet.killTurn(each);
      await call.scene.lab.internet.startTurn(each);
    }
  });

  test('goes on through another one of the settings when that one is killed', async () => {
    await call.scene.lab.internet.killTurn(name);
    await call.untilBack(pages);
    expect(await turnInUse(pages.alice)).not.toBe(name);
  });

  test('is lost, and both are told, when no way is left', async () => {
    await call.scene.lab.internet.killTurn(await turnInUse(pages.alice));
    await untilBothAreTold(pages, /^Call ended: connection lost/, /The connection to (?:Alice|Bob) was lost/, 90_000);
  });
});

describe('whatever happens,', () => {
  afterEach(() => call.scene.people.endCall());

  test('what was off before the fault is off after it, a screen goes on, and all of it can be changed again', async () => {
    const pages = await call.begin();
    await clickButton(pages.alice, 'Mute microphone');
    await clickButton(pages.bob, 'Turn camera off');
    await clickButton(pages.alice, 'Share screen');
    await untilScreenMoves(pages.bob, 'Alice');
    await waitForRegionText(pages.bob, 'Alice', /Muted/);
    await waitForRegionText(pages.alice, 'Bob', cameraIsOff);
    const history = await listenToStatus(pages.bob);
    await call.strike(anotherNetwork);
    await waitForTone(pages.alice, 'Bob', bobMedia.toneHz, patienceMs);
    await waitForColor(pages.bob, 'Alice', aliceMedia.colour, patienceMs);
    await untilScreenMoves(pages.bob, 'Alice', patienceMs);
    expect(await history.said()).toContain('Reconnecting');
    await waitForRegionText(pages.bob, 'Alice', /Muted/);
    await waitForRegionText(pages.alice, 'Bob', cameraIsOff);
    await clickButton(pages.alice, 'Stop sharing');
    await clickButton(pages.alice, 'Unmute microphone');
    await clickButton(pages.bob, 'Turn camera on');
    await call.untilBack(pages);
    await until(async () => !(await has(pages.bob, 'region', 'Alice’s screen')), { what: 'the screen to go' });
  });

  test('on a thin line the sound goes on, the picture waits, and both are told; with more room it comes back', async () => {
    const pages = await call.begin();
    call.mendBy(() => call.scene.hosts.alice.wire.set({}));
    call.scene.hosts.alice.wire.set({ kilobitsPerSecond: 50 });
    await waitForText(pages.alice, /Your connection is too slow for video/, patienceMs);
    const isPaused = /Alice’s video is paused: slow connection/;
    await waitForRegionText(pages.bob, 'Alice', isPaused, patienceMs);
    await waitForTone(pages.bob, 'Alice', aliceMedia.toneHz, patienceMs);
    call.scene.hosts.alice.wire.set({});
    await waitForColor(pages.bob, 'Alice', aliceMedia.colour, patienceMs);
    await until(async () => !(await has(pages.alice, 'button', 'Audio only')), {
      what: 'the notice to go',
      withinMs: patienceMs,
    });
  });

  test('a call over Yggdrasil goes on over it when the computer moves to another network', async () => {
    call.scene.setRules({ translation: 'symmetric', blocksUdp: true });
    const overlay = await joinOverlay(call.scene);
    call.mendBy(async () => {
      await anotherNetwork.mend(call.scene);
      await overlay.stop();
      call.scene.setRules({});
    });
    await call.scene.people.use();
    const pages = await call.scene.people.call();
    await untilBothSeeAndHear(pages);
    const meter = await measureGap(pages.bob, 'Alice');
    await anotherNetwork.strike(call.scene);
    await call.untilBack(pages);
    expect(await meter.longestMs()).toBeGreaterThan(1_000);
    for (const page of [pages.alice, pages.bob])
      expect(isOverlayAddress((await connectionPath(page))?.own.address ?? '')).toBe(true);
  });
});

/** A call between networks that only a TURN server can join. */
async function relayedCall(...servers: readonly IceServer[]): Promise<CallPages> {
  call.scene.setRules({ translation: 'symmetric' });
  await call.scene.people.use(...servers);
  const pages = await call.scene.people.call();
  await untilBothSeeAndHear(pages);
  return pages;
}

/** The TURN server that the call runs through. */
async function turnInUse(page: Page): Promise<'turn.lab' | 'turn2.lab'> {
  const path = await connectionPath(page);
  const names = [path?.own, path?.other].flatMap((end) => call.scene.lab.internet.turnAt(end?.address ?? '') ?? []);
  if (!names[0]) throw new Error(`The call runs through no TURN server: ${JSON.stringify(path)}`);
  return names[0];
}
