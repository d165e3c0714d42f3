// A person with Chromium and a person with Firefox, each as the caller: they see and hear each other and agree on everything.
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LocalRelay, startMqttRelay } from '../../scripts/local-relays.mjs';
import { extensionDir, firefoxExtensionDir } from '../support/built-extension.ts';
import { securityWords, waitForRegionText } from '../support/call-checks.ts';
import { ExtensionBrowser } from '../support/extension-browser.ts';
import { changingPicture, recordedHz } from '../support/fake-device-checks.ts';
import { FirefoxBrowser } from '../support/firefox-browser.ts';
import { aliceMedia } from '../support/generated-media.ts';
import { acceptByNotification } from '../support/journeys.ts';
import { audioPeakHz, videoColor } from '../support/media-checks.ts';
import { NotificationDaemon } from '../support/notification-daemon.ts';
import { clickButton, waitForStatus, waitForText } from '../support/page-actions.ts';
import { payloadsOf } from '../support/relay-capture.ts';
import { becomeContacts, callFromPopup, closeCallPages, untilConnected } from '../support/two-people.ts';

const bobHz = 880;

let relay: LocalRelay;
let chromiumBus: NotificationDaemon;
let firefoxBus: NotificationDaemon;
let alice: ExtensionBrowser;
let bob: FirefoxBrowser;
/** How many frames the relay had seen when both knew each other: what finds out its dialect is not sealed. */
let framesBefore = 0;

beforeAll(async () => {
  [relay, chromiumBus, firefoxBus] = await Promise.all([
    startMqttRelay({ record: true }),
    NotificationDaemon.start(),
    NotificationDaemon.start(),
  ]);
  [alice, bob] = await Promise.all([
    ExtensionBrowser.launch({ name: 'Alice', extensionDir, media: aliceMedia, notifications: chromiumBus }),
    FirefoxBrowser.launch({
      name: 'Bob',
      extensionDir: firefoxExtensionDir,
      toneHz: bobHz,
      notifications: firefoxBus,
    }),
  ]);
  await becomeContacts(alice, bob, [relay.url]);
  framesBefore = relay.frames.length;
});

afterEach(async () => {
  await closeCallPages(alice, bob);
});

afterAll(async () => {
  await Promise.all([alice?.close(), bob?.close()]);
  await Promise.all([relay?.close(), chromiumBus?.stop(), firefoxBus?.stop()]);
});

/** Both see and hear, compare, mute, close the camera, open it again; Bob hangs up. */
async function talk(a: Page, b: Page): Promise<void> {
  await untilConnected(a, b);
  expect(await securityWords(b)).toEqual(await securityWords(a));
  expect(await videoColor(b, 'Alice')).toMatchObject({ decoded: 'red' });
  await changingPicture(a, 'Bob');
  expect(Math.abs((await audioPeakHz(a, 'Bob')).hz - bobHz)).toBeLessThan(30);
  expect(Math.abs((await recordedHz(b, 'Alice')) - aliceMedia.toneHz)).toBeLessThan(30);

  await clickButton(a, 'Mute microphone');
  await waitForRegionText(b, 'Alice', /muted/i);
  await clickButton(b, 'Mute microphone');
  await waitForRegionText(a, 'Bob', /muted/i);

  for (const [own, other, name] of [
    [a, b, 'Alice'],
    [b, a, 'Bob'],
  ] as const) {
    await clickButton(own, 'Turn camera off');
    await waitForText(other, new RegExp(`The camera of ${name} is off`));
    await clickButton(own, 'Turn camera on');
  }
  expect(await videoColor(b, 'Alice')).toMatchObject({ decoded: 'red' });
  await changingPicture(a, 'Bob');

  await clickButton(b, 'Leave call');
  await Promise.all([a, b].map((page) => waitForStatus(page, /^Call ended/)));
}

test('Chromium calls Firefox', async () => {
  const a = await callFromPopup(alice, 'Bob');
  await talk(a, await acceptByNotification(bob, 'Alice'));
});

test('Firefox calls Chromium', async () => {
  const b = await callFromPopup(bob, 'Alice');
  await talk(await acceptByNotification(alice, 'Bob'), b);
});

test('what each of them sent over the relay has one of the two sizes', () => {
  const sizes = payloadsOf('mqtt', relay.frames.slice(framesBefore)).map(({ length }) => length);
  expect(sizes.length).toBeGreaterThanOrEqual(10);
  expect(new Set(sizes)).toEqual(new Set([1074, 4146]));
});
