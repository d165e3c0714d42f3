// From two fresh browsers to a call by one link in one direction: the clicks of both are counted, and what shows at the one who is called
// makes no sound, rings nowhere, and is gone when it was answered.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { limitMs } from '../../tools/machine/limits.mjs';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { launchBrowser, pairsFor } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { NotificationDaemon } from '../support/drivers/notification-daemon.ts';
import { clickButton, fill, has, waitForStatus, waitForText } from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { sees } from '../support/journeys/call-checks.ts';
import { createIdentity, pages } from '../support/journeys/journeys.ts';
import { closeCallPages, ringingPage, untilConnected, untilListening } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { aliceMedia, bobMedia } from '../support/samples/generated-media.ts';

/** What somebody has clicked since the installation, by name. */
class Hand {
  readonly clicked: string[] = [];

  async click(page: Page, name: string): Promise<void> {
    await clickButton(page, name, 20_000);
    this.clicked.push(name);
  }

  /** The page opens by itself, and asks for a name; what a test does about relays there no person needs to do. */
  async firstRun(who: DrivenBrowser, relay: string): Promise<Page> {
    const { page } = await createIdentity(who, { name: who.name, relays: [relay] });
    this.clicked.push('Create my identity');
    return page;
  }
}

/** Chooses a picture of one colour as one's own. */
async function choosePicture(page: Page): Promise<void> {
  await page.waitForSelector('input[type="file"]', { timeout: limitMs(20_000) });
  await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 200 });
    canvas.getContext('2d')?.fillRect(0, 0, 300, 200);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done));
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    if (!blob || !input) throw new Error('no picture can be chosen here');
    const data = new DataTransfer();
    data.items.add(new File([blob], 'me.png', { type: 'image/png' }));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

/** Whether the page has closed. */
const isGone = async (page: Page): Promise<boolean> =>
  page.isClosed() || !(await page.evaluate(() => true).catch(() => false));

describe.each(pairsFor(['Chromium', 'Firefox']))('%s calls %s by a link', (caller, callee) => {
  let relay: LocalRelay;
  let bus: NotificationDaemon;
  let alice: DrivenBrowser;
  let bob: DrivenBrowser;
  const [alices, bobs] = [new Hand(), new Hand()];

  beforeAll(async () => {
    [relay, bus] = await Promise.all([startMqttRelay({ record: false }), NotificationDaemon.start()]);
    [alice, bob] = await Promise.all([
      launchBrowser(caller, { name: 'Alice', media: aliceMedia }),
      launchBrowser(callee, { name: 'Bob', media: bobMedia, notifications: bus }),
    ]);
  });

  afterAll(async () => {
    await Promise.all([alice?.close(), bob?.close()]);
    await Promise.all([relay?.close(), bus?.stop()]);
  });

  /** What Bob's page hands out, as Alice gets it. */
  async function invitation(): Promise<string> {
    const page = await bobs.firstRun(bob, relay.url);
    await bobs.click(page, 'Copy invitation');
    const text = await page.$eval('.invite-preview', (element) => element.textContent ?? '');
    await page.close();
    return text;
  }

  test('one link in one direction, and they talk: nine clicks at most on either side', async () => {
    const [sent] = await Promise.all([invitation(), alices.firstRun(alice, relay.url).then((page) => page.close())]);
    expect(sent).toMatch(/^Bob invites you .*ffc:1:/s);
    await Promise.all([untilListening(alice), untilListening(bob)]);

    // The last page of a browser stays: the browser would go with it.
    await Promise.all([alice.showOrdinaryPage(), bob.showOrdinaryPage()]);
    const popup = await alice.popup();
    alices.clicked.push('the puzzle piece', 'our entry');
    await alices.click(popup, 'Add contact');
    await fill(popup, 'Contact link', sent);
    await alices.click(popup, 'Add and call');
    const a = await alice.waitForPage((url) => url.includes(`${pages.call}?to=`));
    await alices.click(a, 'Start call');

    const shown = await bus.waitForNotification(({ summary }) => summary === 'Alice would like to call you', 20_000);
    expect(await bob.askExtension('chrome.action.getBadgeText({})')).toBe('1');
    expect(bus.shown).toHaveLength(1);
    await waitForText(a, /Bob may not have added you yet/, 20_000);
    await inspect(a, 'call-not-added', [1280, 420]);

    bus.click(shown.id, 'default');
    bobs.clicked.push('the notification');
    const list = await bob.waitForPage((url) => url.includes(pages.popup));
    await waitForText(list, /Called once/);
    await inspect(list, 'popup-request', [380]);
    await bobs.click(list, 'Add and call back');
    const b = await bob.waitForPage((url) => url.includes(`${pages.call}?to=`));
    // Her page still calls: it rings now, or he is faster; both lead to one call.
    await bobs.click(b, 'Start call');
    await untilConnected(a, b);
    await Promise.all([sees(a, bob), sees(b, alice)]);
    expect(alices.clicked.length, alices.clicked.join()).toBeLessThanOrEqual(9);
    expect(bobs.clicked.length, bobs.clicked.join()).toBeLessThanOrEqual(9);
    await until(async () => (await bob.askExtension<string>('chrome.action.getBadgeText({})')) === '', {
      what: 'the badge to go',
    });
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    // Nothing was written, so nothing is lost: both pages go away by themselves, unless somebody keeps theirs.
    await clickButton(b, 'Keep it open');
    await until(() => isGone(a), { withinMs: 40_000, what: "Alice's page to close by itself" });
    await waitForText(b, /Call (?:again|back)/);
    await closeCallPages(bob);
    await bob.closePages((url) => url.includes(pages.popup));
  });

  test('a later call takes two clicks here, the icon and the name, and one there', async () => {
    const settings = await bob.page('src/options/index.html#calls');
    await clickButton(settings, 'Always check my camera and microphone first');
    await waitForStatus(settings, /: off\.$/);
    await settings.close();
    await bob.showOrdinaryPage();
    const hand = new Hand();
    hand.clicked.push('our icon');
    const popup = await bob.popup();
    await hand.click(popup, 'Call Alice');
    const b = await bob.waitForPage((url) => url.includes(`${pages.call}?to=`));
    await bob.leavePopup(popup);
    expect(hand.clicked).toHaveLength(2);
    const a = await ringingPage(alice);
    await clickButton(a, 'Accept with video');
    await untilConnected(a, b);
    expect(await has(b, 'button', 'Send Alice your link')).toBe(false);
    await closeCallPages(alice, bob);
  });

  test('a picture that one sends is seen by the other after a call, and gone after it is taken back', async () => {
    const settings = await alice.page('src/options/index.html');
    await choosePicture(settings);
    await waitForStatus(settings, /picture is saved/);
    const switchName = 'Send my picture to contacts';
    await clickButton(settings, switchName);
    await waitForStatus(settings, /: on\.$/);
    const list = await bob.page(pages.popup);
    const portraits = () =>
      list.evaluate(() => [...document.querySelectorAll('img')].filter((one) => one.naturalWidth === 192).length);
    const talk = async () => {
      await clickButton(list, 'Call Alice');
      const b = await bob.waitForPage((url) => url.includes(`${pages.call}?to=`));
      const a = await ringingPage(alice);
      await clickButton(a, 'Accept with video');
      await untilConnected(a, b);
    };
    expect(await portraits()).toBe(0);
    await talk();
    await until(async () => (await portraits()) > 0, { withinMs: 20_000, what: "Alice's picture in Bob's list" });
    await closeCallPages(alice, bob);
    await clickButton(settings, switchName);
    await waitForStatus(settings, /: off\.$/);
    await talk();
    await until(async () => (await portraits()) === 0, { withinMs: 20_000, what: "Alice's picture to go" });
    await closeCallPages(alice, bob);
  });
});
