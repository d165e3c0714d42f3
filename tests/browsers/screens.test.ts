// Every page in every state: no accessibility violation in light and dark, wide and narrow. Leaves a picture of each in
// artifacts/screens for people to look at.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { kindsFor, launchBrowser } from '../support/drivers/browser-kinds.ts';
import { misjudged } from '../support/drivers/by-role.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import {
  clickButton,
  clickRole,
  fill,
  find,
  lookAt,
  waitForStatus,
  waitForText,
} from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { pages } from '../support/journeys/journeys.ts';
import {
  becomeContacts,
  callFromPopup,
  closeCallPages,
  connect,
  contactsPage,
  ringingPage,
} from '../support/journeys/two-people.ts';
import { kept } from '../support/runner/cleanups.ts';
import { until } from '../support/runner/condition.ts';
import { aliceMedia, bobMedia } from '../support/samples/generated-media.ts';

describe.each(kindsFor('Chromium'))('%s', (kind) => {
  let relay: LocalRelay;
  let alice: DrivenBrowser;
  let bob: DrivenBrowser;

  beforeAll(async () => {
    relay = await startMqttRelay({ record: false });
    [alice, bob] = await Promise.all([
      launchBrowser(kind, { name: 'Alice', media: aliceMedia }),
      launchBrowser(kind, { name: 'Bob', media: bobMedia }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([alice?.close(), bob?.close()]);
    await relay?.close();
  });

  test('first run', async () => {
    const page = await alice.page(pages.options);
    await find(page, 'button', 'Create my identity');
    await inspect(page, 'first-run');
    // Chromium's own sheet for pages of extensions once made it 12.
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('15px');
    await clickButton(page, 'I have my 24 words');
    await fill(page, 'Your name', 'Alice');
    await fill(page, 'Your 24 words', 'abandon ability above');
    await clickButton(page, 'Restore my identity');
    await waitForText(page, /You’ve entered 3 words/);
    await inspect(page, 'first-run-words-refused');
    await page.close();
    const popup = await alice.page(pages.popup);
    await find(popup, 'button', 'Get started');
    await inspect(popup, 'popup-no-identity', [380]);
    await popup.close();
  });

  test('contacts and settings', async () => {
    await becomeContacts(alice, bob, [relay.url]);
    const popup = await contactsPage(alice);
    await find(popup, 'button', 'Call Bob');
    await inspect(popup, 'popup', [380, 320]);
    expect(await misjudged(popup)).toEqual([]);
    await clickButton(popup, 'Add contact');
    await fill(popup, 'Contact link', 'ffc:1:nonsense');
    await clickButton(popup, 'Add');
    await waitForText(popup, /This link is incomplete or changed/);
    await inspect(popup, 'popup-add-refused', [380, 320]);
    await popup.keyboard.press('Escape');
    await clickButton(popup, 'My contact link');
    await inspect(popup, 'popup-my-link', [380, 320]);
    await popup.keyboard.press('Escape');
    await clickButton(popup, 'More about Bob');
    await popup.locator('summary').click();
    await waitForText(popup, /\d{5} \d{5}/);
    await inspect(popup, 'popup-more', [380, 320]);
    await popup.close();
    const options = await alice.page(pages.options);
    await find(options, 'region', 'Identity');
    // The way back leads where one was, and each page says which it is.
    for (const place of [
      'Calls and notifications',
      'Devices',
      'Appearance',
      'Network',
      'Privacy',
      'Your data',
      'About',
    ]) {
      await clickRole(options, 'link', place);
      await find(options, 'region', place);
      await until(() => options.evaluate((name) => document.activeElement?.textContent === name, place), {
        what: `the heading of ${place} to have the focus`,
      });
      const title = `${place} – FreeFlow Connect settings`;
      await until(async () => (await options.title()) === title, { what: title });
    }
    await options.evaluate(() => history.back());
    await find(options, 'region', 'Your data');
    await clickRole(options, 'link', 'Network');
    await find(options, 'region', 'Relays');
    await inspect(options, 'options');
    // Seen to fail with what is not open to people taken for certain.
    expect(await misjudged(options)).toEqual([]);
    await options.close();
  });

  test('a call from before to after', async () => {
    const { a, b } = await connect(alice, bob);
    await inspect(a, 'call-connected', [1280, 420]);
    expect(await misjudged(a)).toEqual([]);
    await clickButton(b, 'Turn camera off');
    await clickButton(b, 'Mute microphone');
    await waitForText(a, /Bob’s camera is off/);
    // Push to talk: for as long as the key is down.
    await lookAt(b);
    await b.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await b.keyboard.down('Space');
    await find(b, 'button', 'Mute microphone');
    await b.keyboard.up('Space');
    await find(b, 'button', 'Unmute microphone');
    await inspect(a, 'call-remote-off', [1280, 420]);
    await clickButton(b, 'Leave call');
    await waitForStatus(a, /^Call ended/);
    await clickButton(a, 'Keep it open');
    await inspect(a, 'call-ended');
    await closeCallPages(alice, bob);
  });

  test('ringing on both sides', async () => {
    const a = await callFromPopup(alice, 'Bob');
    const b = await ringingPage(bob);
    await find(b, 'button', 'Accept with video');
    await waitForStatus(a, /^Ringing/);
    await inspect(b, 'call-incoming', [440]);
    await inspect(a, 'call-ringing', [1280, 420]);
    await clickButton(a, 'Cancel call');
    await closeCallPages(alice, bob);
    const popup = await contactsPage(bob);
    await waitForText(popup, /Missed call/);
    await inspect(popup, 'popup-missed', [380]);
    await popup.close();
  });

  test('before a call', async () => {
    const popup = await contactsPage(alice);
    await clickButton(popup, 'Call Bob');
    const page = await alice.waitForPage((url) => url.includes(`${pages.call}?to=`));
    await find(page, 'button', 'Start call');
    await inspect(page, 'call-before');
    await closeCallPages(alice);
    await popup.close();
  });

  test('camera and microphone are refused: the call goes on, and a sentence says how to allow them', async () => {
    const [carol, dave] = await Promise.all([
      launchBrowser(kind, { name: 'Carol', permissions: 'denied' }),
      launchBrowser(kind, { name: 'Dave', media: bobMedia }),
    ]);
    kept(carol);
    kept(dave);
    await becomeContacts(carol, dave, [relay.url]);
    const page = await callFromPopup(carol, 'Dave');
    await waitForText(page, /allow/i);
    await inspect(page, 'call-devices-denied', [1280, 420]);
    const b = await ringingPage(dave);
    await clickButton(b, 'Accept with video');
    await waitForStatus(page, /^Connected/, 30_000);
    await inspect(page, 'call-connected-no-devices', [1280]);
    await clickButton(page, 'Leave call');
  });
});
