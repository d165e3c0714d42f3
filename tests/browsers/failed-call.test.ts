// A call that both accept and no way leads through: both are told why in one sentence, from what both browsers found, and see it in full
// behind "Why?". The relays and the browsers are real; the two pages are made deaf to each other's addresses.
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { pairsFor } from '../support/drivers/browser-kinds.ts';
import { clickButton, find, has, waitForStatus, waitForText } from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { pages } from '../support/journeys/journeys.ts';
import { changeSettings } from '../support/journeys/stored-settings.ts';
import { hasTurnServer, startTurnServer } from '../support/journeys/turn-server.ts';
import { callFromPopup, ringingPage } from '../support/journeys/two-people.ts';
import { Pair } from '../support/worlds/pair.ts';

/** Whatever address the other side tells is not tried from now on; and the own ones are of a home, wherever the test runs. */
function makeDeaf(page: Page): Promise<void> {
  return page.evaluate(() => {
    Object.defineProperty(RTCIceCandidate.prototype, 'address', { get: () => '192.168.1.20' });
    const { setRemoteDescription } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.addIceCandidate = async () => undefined;
    RTCPeerConnection.prototype.setRemoteDescription = function (description: RTCSessionDescriptionInit) {
      const sdp = (description.sdp ?? '').replace(/^a=candidate:.*\r\n/gm, '');
      return Reflect.apply(setRemoteDescription, this, [{ type: description.type, sdp }]);
    };
  });
}

describe.each(pairsFor(['Chromium', 'Firefox']))('%s calls %s', (...kinds) => {
  let pair: Pair;

  beforeAll(async () => {
    pair = await Pair.meet(kinds);
  });

  afterEach(() => pair.hangUp());

  afterAll(() => pair?.close());

  /** Alice calls, Bob accepts, and after the product's patience both hear that there is no connection. */
  async function failedCall(): Promise<{ a: Page; b: Page }> {
    const a = await callFromPopup(pair.alice, 'Bob');
    const b = await ringingPage(pair.bob);
    await Promise.all([makeDeaf(a), makeDeaf(b)]);
    await clickButton(b, 'Accept with video');
    await Promise.all([a, b].map((page) => waitForStatus(page, /^Call ended: connection failed/, 40_000)));
    return { a, b };
  }

  test('nobody has set a server: both hear the same reason, and see what each browser found', async () => {
    const { a, b } = await failedCall();
    await waitForText(a, /Neither you nor Bob has a STUN server/, 15_000);
    await waitForText(b, /Neither you nor Alice has a STUN server/, 15_000);
    await waitForText(a, /For both of you: Add a STUN server in Settings → Network/);
    expect(await has(a, 'list', 'Your network')).toBe(false);
    await inspect(a, 'call-failed', [1280, 360]);
    await clickButton(a, 'Why?');
    await find(a, 'list', 'Your network');
    const theirs = await find(a, 'list', 'Bob’s network');
    expect(await theirs.evaluate((list) => list.textContent)).toMatch(/you have no STUN or TURN server/);
    await inspect(a, 'call-failed-why', [1280, 360], '.failure-details');
    await clickButton(a, 'Copy as text');
    await waitForText(a, /Copied/);
    await clickButton(a, 'Why?');
    expect(await has(a, 'list', 'Your network')).toBe(false);
    await clickButton(a, 'Network settings');
    await pair.alice.waitForPage((url) => url.endsWith(`${pages.options}#network`));
    await pair.alice.closePages((url) => url.endsWith('#network'));
  });

  test.skipIf(!hasTurnServer())('the sentence names whose server it is, on both sides', async () => {
    const turn = await startTurnServer({ user: 'family', password: 'two words' });
    try {
      const server = { urls: `turn:${turn.place}`, username: 'family' };
      await changeSettings(pair.alice, { iceServers: [{ urls: `stun:${turn.place}` }] });
      await changeSettings(pair.bob, { iceServers: [{ ...server, credential: 'wrong' }] });
      const { a, b } = await failedCall();
      await waitForText(a, /Bob’s TURN server, which could help, doesn’t work/, 15_000);
      await waitForText(a, /For Bob: Check the TURN server’s user name and password/);
      await waitForText(b, /Your TURN server, which could help, doesn’t work/, 15_000);
      // Only Bob can do something about it.
      expect([await has(a, 'button', 'Network settings'), await has(b, 'button', 'Network settings')]).toEqual([
        false,
        true,
      ]);
    } finally {
      await turn.close();
    }
  });
});
