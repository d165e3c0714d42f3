// Every way a call ends before or after it came about, as both sides see it: cancelled, declined, busy, a closed tab, do not disturb.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, pairsFor } from '../support/drivers/browser-kinds.ts';
import { ExtensionBrowser } from '../support/drivers/extension-browser.ts';
import { clickButton, find, has, lookAt, reload, waitForStatus, waitForText } from '../support/drivers/page-actions.ts';
import { crash, discard, freeze } from '../support/drivers/page-deaths.ts';
import { declineByNotification, pages } from '../support/journeys/journeys.ts';
import {
  callFromPopup,
  closeCallPages,
  connect,
  contactsPage,
  joinContacts,
  ringingPage,
  untilConnected,
} from '../support/journeys/two-people.ts';
import { afterThisTest, kept } from '../support/runner/cleanups.ts';
import { until } from '../support/runner/condition.ts';
import { aliceMedia } from '../support/samples/generated-media.ts';
import { Pair } from '../support/worlds/pair.ts';

/** Another extension, which may do nothing but what every extension may. */
async function extensionThatOpens(url: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ffc-other-'));
  afterThisTest(() => rm(folder, { recursive: true, force: true }));
  const manifest = { manifest_version: 3, name: 'Other', version: '1', background: { service_worker: 'worker.js' } };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'worker.js'), `chrome.tabs.create(${JSON.stringify({ url, active: false })});`);
  return folder;
}

describe.each(pairsFor(['Chromium', 'Firefox']))('%s calls %s', (...kinds) => {
  let pair: Pair;

  beforeAll(async () => {
    pair = await Pair.meet(kinds);
  });

  afterEach(() => pair.hangUp());
  afterAll(() => pair?.close());

  /** The number on Bob's toolbar icon. */
  const badge = () => pair.bob.askExtension<string>('chrome.action.getBadgeText({})');

  test('cancelled: the window, the notification and the ringtone go, and a missed call is left', async () => {
    const { alice, bob, bus } = pair;
    const isRinging = await bob.listenForRingtone();
    const a = await callFromPopup(alice, 'Bob');
    await ringingPage(bob);
    await pair.callingNotification();
    await until(isRinging, { what: 'the ringtone' });
    await clickButton(a, 'Cancel call');
    expect(await waitForStatus(a, /^Call ended/)).toMatch(/cancel/i);
    const missed = await bus.waitForNotification(({ summary }) => summary.includes('Missed call from Alice'));
    expect(bus.open.map(({ summary }) => summary)).not.toContain('Alice is calling');
    expect(await isRinging()).toBe(false);
    bus.dismiss(missed.id);
    await until(async () => (await badge()) === '1', { what: 'the badge to show one missed call' });
    const contacts = await contactsPage(bob);
    await waitForText(contacts, /Missed call/);
    await until(async () => (await badge()) === '', { what: 'the badge to go once the list was seen' });
    await contacts.close();
  });

  test('declined by the notification', async () => {
    const a = await callFromPopup(pair.alice, 'Bob');
    await declineByNotification(pair.bob, await pair.callingNotification());
    expect(await waitForStatus(a, /^Call ended/)).toMatch(/declined/i);
  });

  test('a second caller waits in the page of the call, which is put on hold for it and goes on again', async () => {
    const carol = kept(await launchBrowser(kinds[0], { name: 'Carol', media: aliceMedia }));
    await joinContacts(carol, pair.bob, pair.relay.url);
    const { a, b } = await connect(pair.alice, pair.bob);
    const first = await b.evaluate(() => location.href);
    const c = await callFromPopup(carol, 'Bob');
    await waitForStatus(c, /^Ringing/);
    await clickButton(b, 'Accept and hold');
    const second = await pair.bob.waitForPage((url) => url.includes(`${pages.call}?ring=`) && url !== first);
    await untilConnected(c, second);
    await waitForText(b, /This call is on hold/);
    await waitForText(a, /Bob is in another call for a moment/);
    const soundsOf = (page: Page) => page.$$eval('audio', (all) => all.map(({ muted }) => muted));
    expect(new Set(await soundsOf(b))).toEqual(new Set([true]));
    await clickButton(second, 'Swap calls');
    await waitForText(second, /This call is on hold/);
    await until(async () => (await soundsOf(b)).includes(false), { what: 'Alice to be heard again' });
    await until(async () => !(await a.evaluate(() => document.body.textContent?.includes('in another call'))), {
      what: 'Alice to be told that Bob is back',
    });
    await clickButton(second, 'Leave call');
    await waitForStatus(c, /^Call ended/);
    expect(await waitForStatus(b, /^Connected/)).toBeTruthy();
  });

  // Seen to fail (the window stayed) with a page opened for every answer.
  test('accepted in one of two pages of the ring: the other closes, and none comes when the call is over', async () => {
    const { alice, bob } = pair;
    const a = await callFromPopup(alice, 'Bob');
    const window = await ringingPage(bob);
    const address = await window.evaluate(() => location.href);
    const b = await bob.page(address.slice(bob.url('').length));
    await clickButton(b, 'Accept with video');
    await untilConnected(a, b);
    // Asked itself: puppeteer does not hear of every tab that Firefox closes.
    const isGone = () => window.evaluate(() => false).catch(() => true);
    await until(isGone, { what: 'the window of the ring to close' });
    await pair.hangUp();
    const contacts = await contactsPage(bob);
    await clickButton(contacts, 'Call Alice');
    const next = await bob.waitForPage((url) => url.includes(`${pages.call}?to=`));
    await find(next, 'button', 'Start call');
    await contacts.close();
  });

  test('the other side closes its tab: the call ends by name, and Call again rings anew', async () => {
    const { a, b } = await connect(pair.alice, pair.bob);
    b.on('dialog', (dialog) => void dialog.accept());
    await b.close({ runBeforeUnload: true });
    await waitForStatus(a, /^Call ended/, 30_000);
    await clickButton(a, 'Call again');
    await ringingPage(pair.bob);
    await waitForStatus(a, /^Ringing/);
    await clickButton(a, 'Cancel call');
    // A page that is closed at once may take its last word with it.
    await pair.bus.waitForNotification(({ summary }) => summary.includes('Missed call from Alice'));
    // Fault 3: seen to ring Bob again while the address said so.
    await reload(a);
    await find(a, 'button', 'Check camera and microphone');
    expect(await has(a, 'button', 'Start call')).toBe(true);
    expect(await a.$('video')).toBeNull();
    await clickButton(a, 'Start call');
    await waitForStatus(a, /^Ringing/);
    await clickButton(a, 'Cancel call');
  });

  // H3: seen to call with camera and microphone on while `start` stood in the address.
  test.runIf(kinds[0] === 'Chromium')(
    'another extension without any permission opens a page of ours: it only offers to call',
    async () => {
      const { alice } = pair;
      if (!(alice instanceof ExtensionBrowser)) throw new Error('not Chromium');
      const own = await callFromPopup(alice, 'Bob');
      const address = await own.evaluate(() => location.href);
      await clickButton(own, 'Cancel call');
      await own.close();
      const id = await alice.browser.installExtension(await extensionThatOpens(`${address}&start=1`));
      const opened = await alice.waitForPage((url) => url.endsWith('&start=1'));
      expect(await opened.evaluate(() => document.visibilityState)).toBe('hidden');
      // Chromium tells nothing of the roles on a page that was never seen; and in front it does no more.
      await lookAt(opened);
      await find(opened, 'button', 'Check camera and microphone');
      expect(await opened.$('video')).toBeNull();
      await alice.browser.uninstallExtension(id);
    },
  );

  test('do not disturb: no ring, but a missed call', async () => {
    const contacts = await contactsPage(pair.bob);
    await clickButton(contacts, 'Do not disturb');
    await clickButton(contacts, 'Until I turn it off');
    await waitForText(contacts, /Alice/);
    const rings = () => pair.bus.shown.filter(({ summary }) => summary === 'Alice is calling').length;
    // The notice on top: one missed call, or so many.
    const missed = () =>
      contacts.evaluate(() => {
        const row = document.querySelector('.missed-row')?.textContent;
        return row === undefined ? 0 : Number(/(\d+) missed calls/.exec(row ?? '')?.[1] ?? 1);
      });
    const [ringsBefore, missedBefore] = [rings(), await missed()];
    const a = await callFromPopup(pair.alice, 'Bob');
    await waitForStatus(a, /^Calling Bob/);
    await until(async () => (await missed()) > missedBefore, { what: 'the missed call', withinMs: 15_000 });
    expect(rings()).toBe(ringsBefore);
    await clickButton(contacts, 'Turn off');
    await contacts.close();
    await clickButton(a, 'Cancel call');
  });

  // Fault 4. Seen to fail (busy, and no second page) for as long as only the tab was asked for; frozen while the page kept its sign of life.
  const deaths = [
    ['crashes', (page: Page) => crash(pair.alice, page)],
    ['is discarded', (page: Page) => discard(pair.alice, page.url())],
    ['is frozen', (page: Page) => freeze(page)],
  ] as const;
  // Firefox neither freezes pages nor discards one that asks before it is closed.
  test.each(deaths.slice(0, kinds[0] === 'Chromium' ? 3 : 1))(
    'a page in a call %s: whoever was in it is called, and calls, again',
    async (_how, die) => {
      const { alice, bob } = pair;
      const { a } = await connect(alice, bob);
      await die(a);
      await closeCallPages(bob);
      const contacts = await contactsPage(alice);
      const again = await callFromPopup(bob, 'Alice');
      await waitForStatus(again, /^Ringing/);
      await clickButton(again, 'Cancel call');
      const count = () =>
        contacts.evaluate(`chrome.tabs.query({ url: '${alice.url(pages.call)}?to=*' }).then(({ length }) => length)`);
      const before = await count();
      await clickButton(contacts, 'Call Bob');
      await until(async () => (await count()) === Number(before) + 1, { what: 'a second page to call from' });
      await contacts.close();
    },
  );
});
