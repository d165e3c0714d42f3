// Three real browsers in one call, two of which find no way to each other: the third forwards their sound and pictures, all are told, and
// it ends when a direct way appears. The two pages are made deaf to each other's addresses, and later hear again.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limitMs } from '../../tools/machine/limits.mjs';
import { clickButton, find, has, screenshot, waitForText } from '../support/drivers/page-actions.ts';
import { hears, sees, untilScreenMoves, waitForRegionText } from '../support/journeys/call-checks.ts';
import { openChat, say, untilMessage } from '../support/journeys/chat-steps.ts';
import { type ThreeKinds, Trio } from '../support/journeys/trio.ts';
import { connect, letInEachOther, ringingPage } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';

/** New connections of this page try no address that the other side tells, except the first `spared` ones, until it hears again. */
function makeDeaf(page: Page, spared: number): Promise<void> {
  return page.evaluate((hearing) => {
    const { setRemoteDescription, addIceCandidate } = RTCPeerConnection.prototype;
    const seen: RTCPeerConnection[] = [];
    const isDeaf = (connection: RTCPeerConnection): boolean => {
      if (!seen.includes(connection)) seen.push(connection);
      return seen.indexOf(connection) >= hearing && !document.body.hasAttribute('data-hears');
    };
    RTCPeerConnection.prototype.addIceCandidate = function (...candidate: [RTCIceCandidateInit]) {
      return isDeaf(this) ? Promise.resolve() : Reflect.apply(addIceCandidate, this, candidate);
    };
    RTCPeerConnection.prototype.setRemoteDescription = function (description: RTCSessionDescriptionInit) {
      const { type, sdp = '' } = description;
      const told = isDeaf(this) ? sdp.replace(/^a=candidate:.*\r\n/gm, '') : sdp;
      return Reflect.apply(setRemoteDescription, this, [{ type, sdp: told }]);
    };
  }, spared);
}

const hearAgain = (page: Page) => page.evaluate(() => document.body.setAttribute('data-hears', ''));

const isBridged = async (page: Page, name: string): Promise<boolean> => {
  const region = await find(page, 'region', name, 20_000);
  return /Via Alice/.test(await region.evaluate((element) => element.textContent ?? ''));
};

/** Alice forwards. */
const browsers: readonly ThreeKinds[] = [
  ['Chromium', 'Chromium', 'Chromium'],
  // Takes two minutes: the first tries of a direct way are over when they hear again.
  ...(process.env['FFC_EVERY_PAIR'] ? ([['Firefox', 'Chromium', 'Firefox']] as const) : []),
];

describe.each(browsers)('Alice in %s, Bob in %s, Carol in %s', (...kinds) => {
  let trio: Trio;

  beforeAll(async () => {
    trio = await Trio.meet(kinds);
  });

  afterAll(() => trio?.close());

  test('through Alice, until Bob and Carol reach each other', { timeout: limitMs(150_000) }, async () => {
    const { alice, bob, carol } = trio;
    const { a, b } = await connect(alice, bob);
    // The connection to Alice exists, and its later descriptions are told again: it is spared.
    await makeDeaf(b, 0);
    await clickButton(a, 'Add person');
    await clickButton(a, 'Add Carol');
    await clickButton(a, 'Done');
    const c = await ringingPage(carol);
    // The first connection that Carol's page makes is the one to Alice.
    await makeDeaf(c, 1);
    await clickButton(c, 'Accept with video');
    await letInEachOther({ page: b, name: 'Bob' }, { page: c, name: 'Carol' });
    await find(b, 'region', 'Carol', 20_000);
    await find(c, 'region', 'Bob', 20_000);

    await waitForRegionText(b, 'Carol', /Via Alice, who can hear and see it/, 40_000);
    await waitForRegionText(c, 'Bob', /Via Alice, who can hear and see it/, 40_000);
    await waitForText(a, /You connect (Bob and Carol|Carol and Bob), who can’t reach each other/);
    await sees(b, carol);
    await sees(c, bob);
    await hears(b, carol);
    await hears(c, bob);
    await sees(b, alice);
    await sees(c, alice);
    await sees(a, bob);
    await sees(a, carol);
    await screenshot(a, 'artifacts/screens/bridge-a.png');
    await screenshot(b, 'artifacts/screens/bridge-b.png');
    await screenshot(c, 'artifacts/screens/bridge-c.png');

    await openChat(b, c);
    await say(b, 'Alice hands this over');
    await untilMessage(c, 'Alice hands this over');
    await say(c, 'and cannot read it');
    await untilMessage(b, 'and cannot read it');
    for (const page of [b, c]) await clickButton(page, 'Close chat');

    await clickButton(b, 'Mute microphone');
    await waitForRegionText(c, 'Bob', /Muted/);
    await clickButton(b, 'Unmute microphone');

    await b.bringToFront();
    await clickButton(b, 'Share screen');
    await c.bringToFront();
    await untilScreenMoves(c, 'Bob');
    await screenshot(c, 'artifacts/screens/bridge-screen.png');
    await clickButton(b, 'Stop sharing');
    await until(async () => !(await has(c, 'region', 'Bob’s screen')), { what: 'the screen to go', withinMs: 20_000 });
    await sees(c, bob);

    await Promise.all([hearAgain(b), hearAgain(c)]);
    await until(async () => !(await isBridged(b, 'Carol')) && !(await isBridged(c, 'Bob')), {
      what: 'the direct way',
      withinMs: 120_000,
    });
    await sees(b, carol);
    await sees(c, bob);
    await hears(b, carol);
    await hears(c, bob);
    await until(async () => !/You connect/.test(await a.evaluate(() => document.body.textContent ?? '')), {
      what: 'Alice to be told no more',
    });
    expect(await isBridged(b, 'Carol')).toBe(false);
  });
});
