// Nothing that reveals an address leaves before a person says yes: counted at a STUN server that both have configured. And both calling
// each other at once is one call.
import { createSocket, type Socket } from 'node:dgram';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LocalRelay, startMqttRelay } from '../../scripts/local-relays.mjs';
import { extensionDir } from '../support/built-extension.ts';
import { until } from '../support/condition.ts';
import { ExtensionBrowser } from '../support/extension-browser.ts';
import { aliceMedia, bobMedia } from '../support/generated-media.ts';
import { pages } from '../support/journeys.ts';
import { videoColor } from '../support/media-checks.ts';
import { ownAddress } from '../support/own-address.ts';
import { clickButton, fill, find, waitForStatus, waitForText } from '../support/page-actions.ts';
import { storedContacts } from '../support/stored-contacts.ts';
import {
  becomeContacts,
  callFromPopup,
  closeCallPages,
  contactsPage,
  ringingPage,
  untilConnected,
} from '../support/two-people.ts';

let relay: LocalRelay;
let alice: ExtensionBrowser;
let bob: ExtensionBrowser;
let stun: Socket;
let packets = 0;

beforeAll(async () => {
  relay = await startMqttRelay({ record: false });
  stun = createSocket('udp4', () => {
    packets += 1;
  });
  await new Promise<void>((resolve) => stun.bind(0, resolve));
  [alice, bob] = await Promise.all([
    ExtensionBrowser.launch({ name: 'Alice', extensionDir, media: aliceMedia }),
    ExtensionBrowser.launch({ name: 'Bob', extensionDir, media: bobMedia }),
  ]);
  await becomeContacts(alice, bob, [relay.url]);
  await Promise.all([alice, bob].map(useStun));
});

afterEach(async () => {
  await closeCallPages(alice, bob);
});

afterAll(async () => {
  await Promise.all([alice?.close(), bob?.close()]);
  await relay?.close();
  stun?.close();
});

async function useStun(profile: ExtensionBrowser): Promise<void> {
  const page = await profile.page(pages.options);
  await fill(page, 'Server address', `stun:${ownAddress()}:${stun.address().port}`);
  await clickButton(page, 'Add server');
  await waitForText(page, /is added/);
  await page.close();
}

// Seen to fail with candidates gathered in prepareMaterial (setLocalDescription right after prepareOffer).
test('no packet goes to the STUN server while it rings; both ask it once Bob has said yes', async () => {
  const a = await callFromPopup(alice, 'Bob');
  const b = await ringingPage(bob);
  await find(b, 'button', 'Accept with video');
  await waitForStatus(a, /^Ringing/);
  // Longer than the connection takes to gather once it may.
  await until(() => a.evaluate(() => performance.now() > 6_000), { what: 'some seconds of ringing' });
  expect(packets).toBe(0);
  await clickButton(b, 'Accept with video');
  await untilConnected(a, b);
  await until(() => packets > 0, { what: 'the STUN server to be asked' });
});

test('both call each other at the same moment: one call, and nobody had to accept', async () => {
  const open = async (profile: ExtensionBrowser, name: string) => {
    const contacts = await contactsPage(profile);
    await clickButton(contacts, `Call ${name}`);
    const page = await profile.waitForPage((url) => url.includes(`${pages.call}?to=`));
    await find(page, 'button', 'Start call');
    await contacts.close();
    return page;
  };
  const [a, b] = await Promise.all([open(alice, 'Bob'), open(bob, 'Alice')]);
  await Promise.all([clickButton(a, 'Start call'), clickButton(b, 'Start call')]);
  await untilConnected(a, b);
  expect(await videoColor(a, 'Bob')).toMatchObject({ colour: 'blue' });
  expect(await videoColor(b, 'Alice')).toMatchObject({ colour: 'red' });
  await clickButton(a, 'Leave call');
  await waitForStatus(b, /^Call ended/);
});

// Seen to fail with the callee's page on the relays of the contact's link.
test('a callee connects to no relay that only the caller names, neither while it rings nor in the call (E.41)', async () => {
  const other = await startMqttRelay({ record: false });
  try {
    const options = await alice.page(pages.options);
    await fill(options, 'Relay address', other.url);
    await clickButton(options, 'Add relay');
    await until(() => other.connections() === 1, { what: 'Alice to listen on the other relay' });
    await options.close();
    // Bob learns Alice's new link in the first call, and has its relay among his contact's in the second.
    for (const time of ['first', 'second']) {
      const a = await callFromPopup(alice, 'Bob');
      const b = await ringingPage(bob);
      await find(b, 'button', 'Accept with video');
      expect(other.connections(), `${time} call, ringing`).toBe(1);
      await clickButton(b, 'Accept with video');
      await untilConnected(a, b);
      await until(async () => (await storedContacts(bob))[0]?.relays.length === 2, {
        what: 'Bob to have learned the link',
      });
      expect(other.connections(), `${time} call, connected`).toBe(1);
      await clickButton(a, 'Leave call');
      await waitForStatus(b, /^Call ended/);
      await closeCallPages(alice, bob);
    }
  } finally {
    await other.close();
  }
});
