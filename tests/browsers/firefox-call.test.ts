// The main job in real Firefox, from first run to hanging up, and every other way a call ends; the toolbar, the notification, the
// ringtone, the event page's death, the restart, and what relays learn from the handshake.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRelay, startMqttRelay } from '../../scripts/local-relays.mjs';
import { firefoxExtensionDir as extensionDir } from '../support/built-extension.ts';
import { securityWords, waitForRegionText } from '../support/call-checks.ts';
import { until } from '../support/condition.ts';
import { changingPicture, recordedHz } from '../support/fake-device-checks.ts';
import { FirefoxBrowser } from '../support/firefox-browser.ts';
import { aliceMedia, bobMedia } from '../support/generated-media.ts';
import { acceptByNotification, pages } from '../support/journeys.ts';
import { NotificationDaemon } from '../support/notification-daemon.ts';
import { clickButton, find, has, waitForStatus, waitForText } from '../support/page-actions.ts';
import {
  becomeContacts,
  callFromPopup,
  closeCallPages,
  contactLinkOf,
  contactsPage,
  ringingPage,
  untilConnected,
  untilListening,
} from '../support/two-people.ts';

let relay: LocalRelay;
let bus: NotificationDaemon;
let alice: FirefoxBrowser;
let bob: FirefoxBrowser;

beforeAll(async () => {
  [relay, bus] = await Promise.all([startMqttRelay({ record: true }), NotificationDaemon.start()]);
  [alice, bob] = await Promise.all([
    FirefoxBrowser.launch({ name: 'Alice', extensionDir, toneHz: aliceMedia.toneHz }),
    FirefoxBrowser.launch({ name: 'Bob', extensionDir, toneHz: bobMedia.toneHz, notifications: bus }),
  ]);
  await becomeContacts(alice, bob, [relay.url]);
});

afterEach(async () => {
  await closeCallPages(alice, bob);
});

afterAll(async () => {
  await Promise.all([alice?.close(), bob?.close()]);
  await Promise.all([relay?.close(), bus?.stop()]);
});

const callingNotification = () => bus.waitForNotification(({ summary }) => summary === 'Alice is calling');
const isRingPage = (url: string): boolean => url.includes(`${pages.call}?ring=`);

/** No relay is told which Firefox this is: the handshake has no Origin. */
function expectNoOrigin(): void {
  expect(relay.handshakes.length).toBeGreaterThanOrEqual(2);
  for (const headers of relay.handshakes) {
    expect(headers).not.toHaveProperty('origin');
    expect(JSON.stringify(headers)).not.toContain('moz-extension');
  }
}

test('from the toolbar to a call: Bob clicks the notification, then Accept; both see and hear each other', async () => {
  await alice.openToolbarPopup();
  const callBob = `[...popup.document.querySelectorAll('button')].find((one) => one.ariaLabel === 'Call Bob')`;
  await until(() => alice.inToolbarPopup(`Boolean(${callBob})`), { what: 'Bob in the popup' });
  await alice.inToolbarPopup(`${callBob}.click()`);
  const a = await alice.waitForPage((url) => url.includes(pages.call));
  await clickButton(a, 'Start call');
  await waitForStatus(a, /^Ringing/);

  const shown = await callingNotification();
  expect(shown.actions).not.toHaveProperty('0');
  expect(shown.body).toMatch(/Click to answer/);
  // The answer window had opened by itself: without it the click opens a page.
  await ringingPage(bob);
  await bob.closePages(isRingPage);
  const b = await acceptByNotification(bob, 'Alice');
  await untilConnected(a, b);
  expect((await bob.remote.tabs()).filter(({ url }) => isRingPage(url))).toHaveLength(1);
  expect(await securityWords(b)).toEqual(await securityWords(a));
  await Promise.all([changingPicture(a, 'Bob'), changingPicture(b, 'Alice')]);
  expect(Math.abs((await recordedHz(a, 'Bob')) - bobMedia.toneHz)).toBeLessThan(30);
  expect(Math.abs((await recordedHz(b, 'Alice')) - aliceMedia.toneHz)).toBeLessThan(30);

  await clickButton(a, 'Mute microphone');
  await waitForRegionText(b, 'Alice', /muted/i);
  await clickButton(b, 'Turn camera off');
  await waitForText(a, /The camera of Bob is off/);
  // The relay is not needed any more.
  expectNoOrigin();
  const port = Number(new URL(relay.url).port);
  await relay.close();
  await clickButton(b, 'Leave call');
  await Promise.all([a, b].map((page) => waitForStatus(page, /^Call ended/)));
  relay = await startMqttRelay({ port, record: true });
  await Promise.all([untilListening(alice, 60_000), untilListening(bob, 60_000)]);
});

test('declined: Alice is told', async () => {
  const a = await callFromPopup(alice, 'Bob');
  await clickButton(await ringingPage(bob), 'Decline');
  expect(await waitForStatus(a, /^Call ended/)).toMatch(/declined/i);
  expect(await has(a, 'button', 'Call again')).toBe(true);
});

/** Notes every sound that the background plays from now on. */
const listenToBackground = `chrome.runtime.getBackgroundPage().then((background) => {
  background.sounds = [];
  const { prototype } = background.HTMLMediaElement;
  const play = prototype.play;
  prototype.play = function () {
    background.sounds.push(this);
    return play.call(this);
  };
})`;
const ringtone = `chrome.runtime.getBackgroundPage().then(({ sounds }) => {
  const sound = sounds.at(-1);
  return sound ? { isLooped: sound.loop, isPaused: sound.paused, seconds: sound.currentTime } : null;
})`;

test('cancelled: ringtone, window and notification go, a missed call is left', async () => {
  await bob.askExtension(listenToBackground);
  const a = await callFromPopup(alice, 'Bob');
  await ringingPage(bob);
  await callingNotification();
  const playing = await until(
    async () => {
      const sound = await bob.askExtension<{ isLooped: boolean; isPaused: boolean; seconds: number } | null>(ringtone);
      return sound && sound.seconds > 0.2 ? sound : undefined;
    },
    { what: 'the ringtone' },
  );
  expect(playing).toMatchObject({ isLooped: true, isPaused: false });
  await clickButton(a, 'Cancel call');
  expect(await waitForStatus(a, /^Call ended/)).toMatch(/cancel/i);
  const missed = await bus.waitForNotification(({ summary }) => summary.includes('Missed call from Alice'));
  expect(bus.open.map(({ summary }) => summary)).not.toContain('Alice is calling');
  expect(await bob.askExtension(ringtone)).toMatchObject({ isPaused: true });
  bus.dismiss(missed.id);
  await until(async () => (await bob.askExtension('chrome.action.getBadgeText({})')) === '1', { what: 'the badge' });
  const contacts = await contactsPage(bob);
  await waitForText(contacts, /Missed call/);
  await contacts.close();
});

describe('the event page', () => {
  test('is suspended while it rings: the notification still answers the call', async () => {
    const a = await callFromPopup(alice, 'Bob');
    await ringingPage(bob);
    await callingNotification();
    expect(await bob.killBackground()).toBe(true);
    const b = await acceptByNotification(bob, 'Alice');
    await untilConnected(a, b);
    expect(await bob.killBackground()).toBe(true);
    await changingPicture(b, 'Alice');
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
  });

  test('comes back after a restart of the browser, with identity and contacts, and rings', async () => {
    const before = await contactLinkOf(bob);
    await bob.restart();
    expect(await contactLinkOf(bob)).toBe(before);
    await untilListening(bob);
    await callFromPopup(alice, 'Bob');
    await find(await ringingPage(bob), 'button', 'Accept with video');
  });

  test('told no relay which Firefox this is, also not first thing after the restart', expectNoOrigin);
});
