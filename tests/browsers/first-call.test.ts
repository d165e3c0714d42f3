// The main job, in Chromium, in Firefox and between them, over a Nostr relay or an MQTT broker: from first run to a call in which both
// see and hear the other, agree on everything and hang up; and what goes over the relay meanwhile.
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../../tools/relays/nostr-relay.mjs';
import { type Kinds, pairsFor } from '../support/drivers/browser-kinds.ts';
import { clickButton, has, waitForStatus, waitForText } from '../support/drivers/page-actions.ts';
import { hears, securityWords, sees, untilSpeaking, waitForRegionText } from '../support/journeys/call-checks.ts';
import { acceptByNotification, pages } from '../support/journeys/journeys.ts';
import { callFromPopup, connect, ringingPage, untilConnected, untilListening } from '../support/journeys/two-people.ts';
import { Pair } from '../support/worlds/pair.ts';
import { payloadsOf, textOfFrames } from '../support/worlds/relay-capture.ts';

const relays = { nostr: startNostrRelay, mqtt: startMqttRelay } as const;

const pairs = pairsFor(['Chromium', 'Firefox'], ['Firefox', 'Chromium']);
// Each browser calls, and is called, and each kind carries a call.
const ways = pairs.map(([caller, callee]) => [caller, callee, caller === 'Chromium' ? 'nostr' : 'mqtt'] as const);

describe.each(ways)('%s calls %s over %s', (...[caller, callee, kind]) => {
  const kinds: Kinds = [caller, callee];
  let pair: Pair;
  let framesBefore = 0;

  beforeAll(async () => {
    pair = await Pair.meet(kinds, { startRelay: (options) => relays[kind]({ ...options, record: true }) });
  });

  afterEach(() => pair.hangUp());
  afterAll(() => pair?.close());

  test('from the toolbar to a call: Bob accepts by the notification; both see and hear each other; all relays may die', async () => {
    const { alice, bob } = pair;
    await alice.showOrdinaryPage();
    await alice.clickInToolbarPopup('Call Bob');
    const a = await alice.waitForPage((url) => url.includes(pages.call));
    await clickButton(a, 'Start call');
    await waitForStatus(a, /^Ringing/);
    const shown = await pair.callingNotification();
    if (callee === 'Chromium')
      expect(Object.values(shown.actions)).toEqual(expect.arrayContaining(['Accept', 'Decline']));
    else expect(shown.body).toMatch(/Click to answer/);
    const b = await acceptByNotification(bob, 'Alice');
    await untilConnected(a, b);
    expect(await securityWords(b)).toEqual(await securityWords(a));
    await seeAndHear(a, b);
    await muteAndUnmute(a, b);
    await closeAndOpenCamera(a, b);

    const bringBack = await pair.loseRelay();
    await clickButton(b, 'Leave call');
    await Promise.all([a, b].map((page) => waitForStatus(page, /^Call ended/)));
    await bringBack();
    await Promise.all([untilListening(alice, 60_000), untilListening(bob, 60_000)]);
    // What finds out the relay's dialect is not sealed.
    framesBefore = pair.relay.frames.length;
  });

  async function seeAndHear(a: Page, b: Page): Promise<void> {
    await sees(a, pair.bob);
    await sees(b, pair.alice);
    await hears(a, pair.bob);
    await hears(b, pair.alice);
  }

  /** One's name and page, and the other's page. */
  const bothWays = (a: Page, b: Page) =>
    [
      ['Alice', a, b],
      ['Bob', b, a],
    ] as const;

  async function muteAndUnmute(a: Page, b: Page): Promise<void> {
    for (const [name, own, other] of bothWays(a, b)) {
      // Its microphone beeps; Firefox measures none on a machine without a loudspeaker.
      if ((name === 'Alice' ? caller : callee) === 'Chromium') await untilSpeaking(other, name, true);
      await clickButton(own, 'Mute microphone');
      await waitForRegionText(other, name, /muted/i);
      await untilSpeaking(other, name, false);
      await clickButton(own, 'Unmute microphone');
    }
    await hears(b, pair.alice);
  }

  async function closeAndOpenCamera(a: Page, b: Page): Promise<void> {
    for (const [name, own, other] of bothWays(a, b)) {
      await clickButton(own, 'Turn camera off');
      await waitForText(other, new RegExp(`${name}’s camera is off`));
      await clickButton(own, 'Turn camera on');
    }
    await sees(a, pair.bob);
    await sees(b, pair.alice);
  }

  test('no frame of the relay holds a name, a key, a description, or a size outside the buckets', async () => {
    const { a, b } = await connect(pair.alice, pair.bob);
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    const payloads = payloadsOf(kind, pair.relay.frames.slice(framesBefore));
    expect(payloads.length).toBeGreaterThanOrEqual(5);
    // They have talked before: what begins the call is sealed against quantum computers, too.
    const sizes = payloads.map(({ length }) => length);
    expect(sizes).toContain(2162);
    for (const size of sizes) expect([1074, 2162, 4146, 5234]).toContain(size);
    const everything = textOfFrames(pair.relay.frames);
    // Words long enough that sealed bytes do not spell them by chance: three letters turn up in every few runs.
    for (const secret of [
      'Alice',
      'v=0\\no=',
      'm=audio',
      'a=mid',
      'candidate',
      'fingerprint',
      'invite',
      'ffc:1:',
      'moz-extension',
      'chrome-extension',
    ])
      expect(everything.includes(secret), secret).toBe(false);
    expect(JSON.stringify(pair.relay.handshakes)).not.toContain('moz-extension');
  });

  test('declined: Alice is told', async () => {
    const a = await callFromPopup(pair.alice, 'Bob');
    await clickButton(await ringingPage(pair.bob), 'Decline');
    expect(await waitForStatus(a, /^Call ended/)).toMatch(/declined/i);
    expect(await has(a, 'button', 'Call again')).toBe(true);
  });
});
