// What happens in mid-call and must not end it: afterwards both see and hear each other again, without anybody doing anything.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionPath } from '../support/lab/connection-path.ts';
import {
  anotherNetwork,
  badNetworks,
  cableCut,
  linkDown,
  newAddress,
  pagesFrozen,
  relaysKilled,
  routeGone,
  workersKilled,
} from '../support/lab/faults.ts';
import { measureGap } from '../support/lab/frame-gap.ts';
import { type CallPages, untilBothSeeAndHear } from '../support/lab/people.ts';
import { listenToStatus, type StatusHistory } from '../support/lab/status-history.ts';
import { patienceMs, StruckCall } from '../support/lab/struck-call.ts';

const call = new StruckCall();

describe('a call goes on while', () => {
  let pages: CallPages;
  let history: StatusHistory;

  beforeAll(async () => {
    pages = await call.begin();
    history = await listenToStatus(pages.alice);
  });
  afterAll(() => call.scene.people.endCall());

  test.each([relaysKilled, workersKilled])('$name, of which nobody is told', async (fault) => {
    await call.strike(fault);
    await untilBothSeeAndHear(pages);
    expect(await history.said()).not.toContain('Reconnecting');
  });

  test.each(badNetworks)('$name', async (fault) => {
    await call.strike(fault);
    await untilBothSeeAndHear(pages, patienceMs);
  });
});

describe('a call comes back after', () => {
  let pages: CallPages;

  beforeAll(async () => {
    pages = await call.begin();
  });
  afterAll(() => call.scene.people.endCall());

  test.each([cableCut, linkDown, routeGone])('$name', async (fault) => {
    // Without a way out Alice still gets what Bob sends.
    const meters = await Promise.all([measureGap(pages.alice, 'Bob'), measureGap(pages.bob, 'Alice')]);
    await call.strike(fault);
    await call.untilBack(pages);
    const gaps = await Promise.all(meters.map((meter) => meter.longestMs()));
    expect(Math.max(...gaps)).toBeGreaterThan(1_000);
  });

  test(pagesFrozen.name, async () => {
    const meter = await measureGap(pages.bob, 'Alice');
    await call.strike(pagesFrozen);
    await call.untilBack(pages);
    expect(await meter.longestMs()).toBeGreaterThan(8_000);
  });
});

describe.each(['alice', 'bob'] as const)("a call of %s's comes back after", (caller) => {
  let pages: CallPages;

  beforeAll(async () => {
    pages = await call.begin(caller);
  });
  // A network that changes back is one more change: the call ends first.
  afterAll(async () => {
    await call.scene.people.endCall();
    await anotherNetwork.mend(call.scene);
    await newAddress.mend(call.scene);
  });

  test.each([newAddress, anotherNetwork])('$name of Alice', async (fault) => {
    const histories = await Promise.all([pages.alice, pages.bob].map(listenToStatus));
    const before = await connectionPath(pages.bob);
    await fault.strike(call.scene);
    await call.untilBack(pages);
    for (const history of histories) expect(await history.said()).toContain('Reconnecting');
    // Her new place proves that something happened; behind the same router it is another port.
    expect((await connectionPath(pages.bob))?.other).not.toEqual(before?.other);
  });
});
