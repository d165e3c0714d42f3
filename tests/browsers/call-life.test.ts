// What happens around a call in real Chromium: every ending, missed calls, the worker's death at each moment, the browser's restart, a
// relay that goes and comes, right-click, the keyboard.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LocalRelay, startMqttRelay } from '../../scripts/local-relays.mjs';
import { extensionDir } from '../support/built-extension.ts';
import { until } from '../support/condition.ts';
import { ExtensionBrowser } from '../support/extension-browser.ts';
import { aliceMedia, bobMedia } from '../support/generated-media.ts';
import { pages } from '../support/journeys.ts';
import { videoColor } from '../support/media-checks.ts';
import { NotificationDaemon } from '../support/notification-daemon.ts';
import { clickButton, find, has, waitForStatus, waitForText } from '../support/page-actions.ts';
import {
  becomeContacts,
  callFromPopup,
  closeCallPages,
  connect,
  contactLinkOf,
  contactsPage,
  ringingPage,
  untilConnected,
  untilListening,
} from '../support/two-people.ts';

let relay: LocalRelay;
let bus: NotificationDaemon;
let alice: ExtensionBrowser;
let bob: ExtensionBrowser;

beforeAll(async () => {
  [relay, bus] = await Promise.all([startMqttRelay({ record: false }), NotificationDaemon.start()]);
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

const callingNotification = () => bus.waitForNotification(({ summary }) => summary === 'Alice is calling');

/** The number on Bob's toolbar icon. */
async function badge(): Promise<string> {
  const worker = await bob.worker();
  return worker.evaluate('chrome.action.getBadgeText({})') as Promise<string>;
}

describe('endings', () => {
  test('cancelled: the window, the notification and the ringtone go, and a missed call is left', async () => {
    const a = await callFromPopup(alice, 'Bob');
    await ringingPage(bob);
    await callingNotification();
    await clickButton(a, 'Cancel call');
    expect(await waitForStatus(a, /^Call ended/)).toMatch(/cancel/i);
    const missed = await bus.waitForNotification(({ summary }) => summary.includes('Missed call from Alice'));
    expect(bus.open.map(({ summary }) => summary)).not.toContain('Alice is calling');
    bus.dismiss(missed.id);
    await until(async () => (await badge()) === '1', { what: 'the badge to show one missed call' });
    expect((await bob.openPages()).some((page) => page.url().includes('offscreen'))).toBe(false);
    const contacts = await contactsPage(bob);
    await waitForText(contacts, /Missed call/);
    await until(async () => (await badge()) === '', { what: 'the badge to go once the list was seen' });
    await contacts.close();
  });

  test('declined on the notification', async () => {
    const a = await callFromPopup(alice, 'Bob');
    bus.clickButton(await callingNotification(), 'Decline');
    expect(await waitForStatus(a, /^Call ended/)).toMatch(/declined/i);
  });

  test('busy: a second caller hears it and the running call is not disturbed', async () => {
    const { b } = await connect(alice, bob);
    const carol = await ExtensionBrowser.launch({ name: 'Carol', extensionDir, media: aliceMedia });
    try {
      await becomeContactsOf(carol);
      const c = await callFromPopup(carol, 'Bob');
      expect(await waitForStatus(c, /^Call ended/)).toMatch(/another call|busy/i);
      expect(await waitForStatus(b, /^Connected/)).toBeTruthy();
    } finally {
      await carol.close();
    }
  });

  test('the other side closes its tab: the call ends by name, and Call again rings anew', async () => {
    const { a, b } = await connect(alice, bob);
    b.on('dialog', (dialog) => void dialog.accept());
    await b.close({ runBeforeUnload: true });
    await waitForStatus(a, /^Call ended/, 30_000);
    await clickButton(a, 'Call again');
    await ringingPage(bob);
    await waitForStatus(a, /^Ringing/);
    await clickButton(a, 'Cancel call');
  });
});

/** Carol and Bob add each other. */
async function becomeContactsOf(carol: ExtensionBrowser): Promise<void> {
  const { createIdentity } = await import('../support/journeys.ts');
  const { addContactInTab } = await import('../support/two-people.ts');
  const { page, contactLink } = await createIdentity(carol, { name: 'Carol', relays: [relay.url] });
  await page.close();
  await addContactInTab(carol, await contactLinkOf(bob), 'Bob');
  await addContactInTab(bob, contactLink, 'Carol');
  await untilListening(carol);
}

describe('the worker dies', () => {
  test('before the invite: it comes back and rings', async () => {
    await bob.killWorker();
    const a = await callFromPopup(alice, 'Bob');
    // The reviving alarm comes every 30 s; the invite is repeated for 60 s.
    const b = await ringingPage(bob, 45_000);
    await clickButton(b, 'Accept with video');
    await untilConnected(a, b);
  });

  test('while it rings: the notification still answers the call', async () => {
    const a = await callFromPopup(alice, 'Bob');
    await ringingPage(bob);
    const shown = await callingNotification();
    await bob.killWorker();
    bus.clickButton(shown, 'Accept');
    const b = await ringingPage(bob);
    await untilConnected(a, b);
  });

  test('in mid-call: nothing happens', async () => {
    const { a, b } = await connect(alice, bob);
    await Promise.all([alice.killWorker(), bob.killWorker()]);
    expect(await videoColor(a, 'Bob')).toMatchObject({ colour: 'blue' });
    expect(await videoColor(b, 'Alice')).toMatchObject({ colour: 'red' });
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
  });
});

describe('things come back', () => {
  test('a restart of the browser keeps identity and contacts, and it rings again', async () => {
    const before = await contactLinkOf(bob);
    await bob.restart();
    expect(await contactLinkOf(bob)).toBe(before);
    await untilListening(bob);
    const a = await callFromPopup(alice, 'Bob');
    const b = await ringingPage(bob);
    await clickButton(b, 'Accept with audio');
    await untilConnected(a, b);
    expect(await has(b, 'button', 'Turn camera on')).toBe(true);
  });

  test('a relay that was killed and comes back rings again; meanwhile the popup tells the truth', async () => {
    const port = Number(new URL(relay.url).port);
    const contacts = await contactsPage(bob);
    await waitForText(contacts, /Listening on/);
    await relay.close();
    await waitForText(contacts, /Not reachable|Connecting/);
    relay = await startMqttRelay({ port, record: false });
    await waitForText(contacts, /Listening on/, 60_000);
    await contacts.close();
    const a = await callFromPopup(alice, 'Bob');
    const b = await ringingPage(bob);
    await clickButton(b, 'Decline');
    await waitForStatus(a, /^Call ended/);
  });
});

describe('other ways in', () => {
  test('a right-clicked contact link of a contact opens a call, of a stranger the adding', async () => {
    const link = await contactLinkOf(bob);
    const worker = await alice.worker();
    const click = (text: string) =>
      worker.evaluate((selected) => {
        const menus = (
          globalThis as unknown as {
            chrome: { contextMenus: { onClicked: { dispatch(info: object, tab: object): void } } };
          }
        ).chrome.contextMenus;
        menus.onClicked.dispatch(
          { menuItemId: 'call-selection', selectionText: selected, editable: false, pageUrl: 'https://example.org' },
          {},
        );
      }, text);
    await click(`Reach me at ${link} any time.`);
    const a = await alice.waitForPage((url) => url.includes(`${pages.call}?to=`));
    await find(a, 'button', 'Start call');
    await a.close();
    await click('no link in here');
    const popup = await alice.waitForPage((url) => url.includes(`${pages.popup}?add=`));
    await find(popup, 'textbox', 'Contact link');
    await popup.close();
  });

  test('do not disturb: no ring, but a missed call', async () => {
    const contacts = await contactsPage(bob);
    await clickButton(contacts, 'Do not disturb');
    await waitForText(contacts, /Bob/);
    const a = await callFromPopup(alice, 'Bob');
    await waitForStatus(a, /^Calling Bob/);
    await waitForText(contacts, /Missed call/, 15_000);
    expect(bus.open.map(({ summary }) => summary)).not.toContain('Alice is calling');
    await clickButton(contacts, 'Do not disturb');
    await contacts.close();
    await clickButton(a, 'Cancel call');
  });
});
