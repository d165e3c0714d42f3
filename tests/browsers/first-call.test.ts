// The main job in real Chromium, once over a Nostr relay and once over an MQTT broker: from first run to a call in which both see and
// hear the other, and what goes over the relay meanwhile.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRelay, startMqttRelay, startNostrRelay } from '../../scripts/local-relays.mjs';
import { extensionDir } from '../support/built-extension.ts';
import { ExtensionBrowser } from '../support/extension-browser.ts';
import { aliceMedia, bobMedia } from '../support/generated-media.ts';
import { audioPeakHz, videoColor } from '../support/media-checks.ts';
import { NotificationDaemon } from '../support/notification-daemon.ts';
import { clickButton, find, has, waitForStatus } from '../support/page-actions.ts';
import { payloadsOf, textOfFrames } from '../support/relay-capture.ts';
import {
  becomeContacts,
  callFromPopup,
  closeCallPages,
  connect,
  ringingPage,
  untilConnected,
} from '../support/two-people.ts';

const relays = { nostr: startNostrRelay, mqtt: startMqttRelay } as const;

describe.each(['nostr', 'mqtt'] as const)('over %s', (kind) => {
  let relay: LocalRelay;
  let bus: NotificationDaemon;
  let alice: ExtensionBrowser;
  let bob: ExtensionBrowser;

  beforeAll(async () => {
    [relay, bus] = await Promise.all([relays[kind]({ record: true }), NotificationDaemon.start()]);
    [alice, bob] = await Promise.all([
      ExtensionBrowser.launch({ name: 'Alice', extensionDir, media: aliceMedia }),
      ExtensionBrowser.launch({ name: 'Bob', extensionDir, media: bobMedia, notifications: bus }),
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

  test('Bob accepts on the notification; both see and hear each other; all relays may die', async () => {
    const a = await callFromPopup(alice, 'Bob');
    await waitForStatus(a, /^Ringing/);
    const shown = await bus.waitForNotification(({ summary }) => summary.includes('Alice is calling'));
    expect(Object.values(shown.actions)).toEqual(expect.arrayContaining(['Accept', 'Decline']));
    bus.clickButton(shown, 'Accept');
    const b = await ringingPage(bob);
    await untilConnected(a, b);
    expect(await videoColor(a, 'Bob')).toMatchObject({ colour: 'blue' });
    expect(await videoColor(b, 'Alice')).toMatchObject({ colour: 'red' });
    expect(Math.abs((await audioPeakHz(a, 'Bob')).hz - bobMedia.toneHz)).toBeLessThan(30);
    expect(Math.abs((await audioPeakHz(b, 'Alice')).hz - aliceMedia.toneHz)).toBeLessThan(30);

    await clickButton(a, 'Mute microphone');
    await b.waitForFunction(
      () => document.body.textContent?.includes('Alice is muted') || document.body.textContent?.includes('Muted'),
    );
    await clickButton(a, 'Turn camera off');
    await find(a, 'button', 'Turn camera on');

    const port = Number(new URL(relay.url).port);
    await relay.close();
    await clickButton(b, 'Leave call');
    await waitForStatus(a, /^Call ended/);
    await waitForStatus(b, /^Call ended/);
    relay = await relays[kind]({ port, record: true });
  });

  test('no frame of the relay holds a name, a key, a description, or a size outside the buckets', async () => {
    // The background comes back to the restarted relay by itself.
    const { a, b } = await connect(alice, bob);
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    const payloads = payloadsOf(kind, relay.frames);
    expect(payloads.length).toBeGreaterThanOrEqual(5);
    for (const payload of payloads) expect([1074, 4146]).toContain(payload.length);
    const everything = textOfFrames(relay.frames);
    // Words long enough that sealed bytes do not spell them by chance: two letters turn up in every few runs.
    for (const secret of [
      'Alice',
      'Bob',
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
  });

  test('declined: Alice is told', async () => {
    const a = await callFromPopup(alice, 'Bob');
    const b = await ringingPage(bob);
    await clickButton(b, 'Decline');
    expect(await waitForStatus(a, /^Call ended/)).toMatch(/declined/i);
    expect(await has(a, 'button', 'Call again')).toBe(true);
  });
});
