// What dies and comes back around a call: the background at each moment, the answer window, the browser, the relay.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import { pairsFor } from '../support/drivers/browser-kinds.ts';
import { clickButton, has, waitForStatus, waitForText } from '../support/drivers/page-actions.ts';
import { sees } from '../support/journeys/call-checks.ts';
import { acceptByNotification, pages } from '../support/journeys/journeys.ts';
import {
  callFromPopup,
  connect,
  contactLinkOf,
  contactsPage,
  ringingPage,
  untilConnected,
  untilListening,
} from '../support/journeys/two-people.ts';
import { Pair } from '../support/worlds/pair.ts';

describe.each(pairsFor(['Chromium', 'Chromium'], ['Firefox', 'Firefox']))('%s calls %s', (...kinds) => {
  let pair: Pair;

  beforeAll(async () => {
    pair = await Pair.meet(kinds, { startRelay: (options) => startMqttRelay({ ...options, record: true }) });
  });

  afterEach(() => pair.hangUp());
  afterAll(() => pair?.close());

  describe('the background dies', () => {
    test('before the invite: it comes back and rings', async () => {
      expect(await pair.bob.killBackground()).toBe(true);
      const a = await callFromPopup(pair.alice, 'Bob');
      // The reviving alarm comes every 30 s; the invite is repeated for 60 s.
      const b = await ringingPage(pair.bob, 45_000);
      await clickButton(b, 'Accept with video');
      await untilConnected(a, b);
    });

    test('while it rings: the notification still answers the call', async () => {
      const a = await callFromPopup(pair.alice, 'Bob');
      await ringingPage(pair.bob);
      await pair.callingNotification();
      expect(await pair.bob.killBackground()).toBe(true);
      const b = await acceptByNotification(pair.bob, 'Alice');
      await untilConnected(a, b);
    });

    test('in mid-call: nothing happens', async () => {
      const { a, b } = await connect(pair.alice, pair.bob);
      await Promise.all([pair.alice.killBackground(), pair.bob.killBackground()]);
      await sees(a, pair.bob);
      await sees(b, pair.alice);
      await clickButton(a, 'Leave call');
      await waitForStatus(b, /^Call ended/);
    });
  });

  test('the answer window was closed: a click on the notification opens one page to answer in', async () => {
    const isRingPage = (url: string): boolean => url.includes(`${pages.call}?ring=`);
    await untilListening(pair.bob);
    const a = await callFromPopup(pair.alice, 'Bob');
    await ringingPage(pair.bob);
    const shown = await pair.callingNotification();
    await pair.bob.closePages(isRingPage);
    pair.bus.click(shown.id, 'default');
    const b = await ringingPage(pair.bob);
    await clickButton(b, 'Accept with video');
    await untilConnected(a, b);
    const open = await pair.bob.askExtension<readonly { url?: string }[]>('chrome.tabs.query({})');
    expect(open.filter(({ url = '' }) => isRingPage(url))).toHaveLength(1);
  });

  test('a restart of the browser keeps identity and contacts, and it rings again', async () => {
    const before = await contactLinkOf(pair.bob);
    await pair.bob.restart();
    expect(await contactLinkOf(pair.bob)).toBe(before);
    await untilListening(pair.bob);
    const a = await callFromPopup(pair.alice, 'Bob');
    const b = await ringingPage(pair.bob);
    await clickButton(b, 'Accept with audio');
    await untilConnected(a, b);
    expect(await has(b, 'button', 'Turn camera on')).toBe(true);
    await waitForText(a, /Bob’s camera is off/);
  });

  test('no relay is told which Firefox this is, not even first thing after the restart', () => {
    expect(pair.relay.handshakes.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(pair.relay.handshakes)).not.toContain('moz-extension');
  });

  test('a relay that was killed and comes back rings again; meanwhile the popup tells the truth', async () => {
    const contacts = await contactsPage(pair.bob);
    await waitForText(contacts, /Reachable on/);
    const bringBack = await pair.loseRelay();
    await waitForText(contacts, /Not reachable|Connecting/);
    await bringBack();
    await waitForText(contacts, /Reachable on/, 60_000);
    await contacts.close();
    const a = await callFromPopup(pair.alice, 'Bob');
    await clickButton(await ringingPage(pair.bob), 'Decline');
    await waitForStatus(a, /^Call ended/);
  });
});
