// What happens in mid-call and must not end it: afterwards both see and hear each other again, without anybody doing anything and with the
// same devices on or off. And where no way is left, both are told.
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { IceServer } from '../../src/core/ice-server.ts';
import { untilScreenMoves, waitForRegionText } from '../support/call-checks.ts';
import { until } from '../support/condition.ts';
import { aliceMedia, bobMedia } from '../support/generated-media.ts';
import { waitForColor, waitForTone } from '../support/media-checks.ts';
import { connectionPath } from '../support/network-lab/connection-path.ts';
import {
  anotherNetwork,
  badNetworks,
  cableCut,
  type Fault,
  type FaultScene,
  faultScene,
  linkDown,
  newAddress,
  pagesFrozen,
  relaysKilled,
  routeGone,
  workersKilled,
} from '../support/network-lab/faults.ts';
import { measureGap } from '../support/network-lab/frame-gap.ts';
import { secondTurn, stun, turnOverTcp, turnOverUdp } from '../support/network-lab/internet.ts';
import { isOverlayAddress } from '../support/network-lab/overlay.ts';
import { type CallPages, untilBothAreTold, untilBothSeeAndHear } from '../support/network-lab/people.ts';
import { listenToStatus, type StatusHistory } from '../support/network-lab/status-history.ts';
import { joinOverlay } from '../support/network-lab/topologies.ts';
import { clickButton, has, waitForStatus, waitForText } from '../support/page-actions.ts';

/** As long as a call tries to come back. */
const patienceMs = 50_000;
const cameraIsOff = /The camera of Bob is off/;
const isBack = /^(?:Connected|Back online)/;

let scene: FaultScene;
let mend: () => Promise<void> | void = () => undefined;

beforeAll(async () => {
  scene = await faultScene(inject('profiles'));
});

afterEach(async () => {
  await mend();
  mend = () => undefined;
});

afterAll(() => scene?.lab.close());

/** A call that runs, with all that could help it in the settings. */
async function runningCall(caller: 'alice' | 'bob' = 'alice'): Promise<CallPages> {
  await scene.people.use(stun, turnOverUdp, turnOverTcp);
  const pages = await scene.people.call(caller);
  await untilBothSeeAndHear(pages);
  return pages;
}

async function strike(fault: Fault): Promise<void> {
  mend = () => fault.mend(scene);
  await fault.strike(scene);
}

/** Both are told that they are connected, and they see and hear each other. */
async function untilBack(pages: CallPages): Promise<void> {
  await untilBothSeeAndHear(pages, patienceMs);
  await Promise.all([pages.alice, pages.bob].map((page) => waitForStatus(page, isBack, patienceMs)));
}

describe('a call goes on while', () => {
  let pages: CallPages;
  let history: StatusHistory;

  beforeAll(async () => {
    pages = await runningCall();
    history = await listenToStatus(pages.alice);
  });
  afterAll(() => scene.people.endCall());

  test.each([relaysKilled, workersKilled])('$name, of which nobody is told', async (fault) => {
    await strike(fault);
    await untilBothSeeAndHear(pages);
    expect(await history.said()).not.toContain('Reconnecting');
  });

  test.each(badNetworks)('$name', async (fault) => {
    await strike(fault);
    await untilBothSeeAndHear(pages, patienceMs);
  });
});

describe('a call comes back after', () => {
  let pages: CallPages;

  beforeAll(async () => {
    pages = await runningCall();
  });
  afterAll(() => scene.people.endCall());

  test.each([cableCut, linkDown, routeGone])('$name', async (fault) => {
    // Without a way out Alice still gets what Bob sends.
    const meters = await Promise.all([measureGap(pages.alice, 'Bob'), measureGap(pages.bob, 'Alice')]);
    await strike(fault);
    await untilBack(pages);
    const gaps = await Promise.all(meters.map((meter) => meter.longestMs()));
    expect(Math.max(...gaps)).toBeGreaterThan(1_000);
  });

  test(pagesFrozen.name, async () => {
    const meter = await measureGap(pages.bob, 'Alice');
    await strike(pagesFrozen);
    await untilBack(pages);
    expect(await meter.longestMs()).toBeGreaterThan(8_000);
  });
});

describe.each(['alice', 'bob'] as const)("a call of %s's comes back after", (caller) => {
  let pages: CallPages;

  beforeAll(async () => {
    pages = await runningCall(caller);
  });
  // A network that changes back is one more change: the call ends first.
  afterAll(async () => {
    await scene.people.endCall();
    await anotherNetwork.mend(scene);
    await newAddress.mend(scene);
  });

  test.each([newAddress, anotherNetwork])('$name of Alice', async (fault) => {
    const histories = await Promise.all([pages.alice, pages.bob].map(listenToStatus));
    const before = await connectionPath(pages.bob);
    await fault.strike(scene);
    await untilBack(pages);
    for (const history of histories) expect(await history.said()).toContain('Reconnecting');
    // Her new place proves that something happened; behind the same router it is another port.
    expect((await connectionPath(pages.bob))?.other).not.toEqual(before?.other);
  });
});

describe('a call through a TURN server', () => {
  let pages: CallPages;
  let name: 'turn.lab' | 'turn2.lab';

  beforeAll(async () => {
    pages = await relayedCall(turnOverUdp, secondTurn);
    name = await turnInUse(pages.alice);
  });
  afterAll(async () => {
    await scene.people.endCall();
    scene.setRules({});
    for (const each of ['turn.lab', 'turn2.lab'] as const) {
      await scene.lab.internet.killTurn(each);
      await scene.lab.internet.startTurn(each);
    }
  });

  test('goes on through another one of the settings when that one is killed', async () => {
    await scene.lab.internet.killTurn(name);
    await untilBack(pages);
    expect(await turnInUse(pages.alice)).not.toBe(name);
  });

  test('is lost, and both are told, when no way is left', async () => {
    await scene.lab.internet.killTurn(await turnInUse(pages.alice));
    await untilBothAreTold(pages, /^Call ended: connection lost/, /The connection to (?:Alice|Bob) was lost/, 90_000);
  });
});

describe('whatever happens,', () => {
  afterEach(() => scene.people.endCall());

  test('what was off before the fault is off after it, a screen goes on, and all of it can be changed again', async () => {
    const pages = await runningCall();
    await clickButton(pages.alice, 'Mute microphone');
    await clickButton(pages.bob, 'Turn camera off');
    await clickButton(pages.alice, 'Share screen');
    await untilScreenMoves(pages.bob, 'Alice');
    await waitForRegionText(pages.bob, 'Alice', /Muted/);
    await waitForRegionText(pages.alice, 'Bob', cameraIsOff);
    const history = await listenToStatus(pages.bob);
    await strike(anotherNetwork);
    await waitForTone(pages.alice, 'Bob', bobMedia.toneHz, patienceMs);
    await waitForColor(pages.bob, 'Alice', aliceMedia.colour, patienceMs);
    await untilScreenMoves(pages.bob, 'Alice', patienceMs);
    expect(await history.said()).toContain('Reconnecting');
    await waitForRegionText(pages.bob, 'Alice', /Muted/);
    await waitForRegionText(pages.alice, 'Bob', cameraIsOff);
    await clickButton(pages.alice, 'Stop sharing');
    await clickButton(pages.alice, 'Unmute microphone');
    await clickButton(pages.bob, 'Turn camera on');
    await untilBack(pages);
    await until(async () => !(await has(pages.bob, 'region', 'Alice’s screen')), { what: 'the screen to go' });
  });

  test('on a thin line the sound goes on, the picture waits, and both are told; with more room it comes back', async () => {
    const pages = await runningCall();
    mend = () => scene.hosts.alice.wire.set({});
    scene.hosts.alice.wire.set({ kilobitsPerSecond: 50 });
    await waitForText(pages.alice, /Your connection is too slow for video/, patienceMs);
    const isPaused = /The picture of Alice is paused: the connection is too slow for it/;
    await waitForRegionText(pages.bob, 'Alice', isPaused, patienceMs);
    await waitForTone(pages.bob, 'Alice', aliceMedia.toneHz, patienceMs);
    scene.hosts.alice.wire.set({});
    await waitForColor(pages.bob, 'Alice', aliceMedia.colour, patienceMs);
    await until(async () => !(await has(pages.alice, 'button', 'Continue with sound only')), {
      what: 'the notice to go',
      withinMs: patienceMs,
    });
  });

  test('a call over Yggdrasil goes on over it when the computer moves to another network', async () => {
    scene.setRules({ translation: 'symmetric', blocksUdp: true });
    const overlay = await joinOverlay(scene);
    mend = async () => {
      await anotherNetwork.mend(scene);
      await overlay.stop();
      scene.setRules({});
    };
    await scene.people.use();
    const pages = await scene.people.call();
    await untilBothSeeAndHear(pages);
    const meter = await measureGap(pages.bob, 'Alice');
    await anotherNetwork.strike(scene);
    await untilBack(pages);
    expect(await meter.longestMs()).toBeGreaterThan(1_000);
    for (const page of [pages.alice, pages.bob])
      expect(isOverlayAddress((await connectionPath(page))?.own.address ?? '')).toBe(true);
  });
});

/** A call between networks that only a TURN server can join. */
async function relayedCall(...servers: readonly IceServer[]): Promise<CallPages> {
  scene.setRules({ translation: 'symmetric' });
  await scene.people.use(...servers);
  const pages = await scene.people.call();
  await untilBothSeeAndHear(pages);
  return pages;
}

/** The TURN server that the call runs through. */
async function turnInUse(page: Page): Promise<'turn.lab' | 'turn2.lab'> {
  const path = await connectionPath(page);
  const names = [path?.own, path?.other].flatMap((end) => scene.lab.internet.turnAt(end?.address ?? '') ?? []);
  if (!names[0]) throw new Error(`The call runs through no TURN server: ${JSON.stringify(path)}`);
  return names[0];
}
