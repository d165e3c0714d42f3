// A door for later: made in the popup, and then no page is open. A guest knocks; the host is told, and lets them in from where they are.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { startMqttRelay } from '../../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../../tools/relays/recording-server.mjs';
import { launchBrowser, pairsFor } from '../../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../../support/drivers/driven-browser.ts';
import { type GuestPageServer, serveGuestPage } from '../../support/drivers/guest-page-server.ts';
import { NotificationDaemon } from '../../support/drivers/notification-daemon.ts';
import { clickButton, fill, find, textOf, waitForText } from '../../support/drivers/page-actions.ts';
import { sees } from '../../support/journeys/call-checks.ts';
import { askToJoin, type GuestBrowser, launchGuest } from '../../support/journeys/guest-steps.ts';
import { createIdentity, pages } from '../../support/journeys/journeys.ts';
import { untilListening } from '../../support/journeys/two-people.ts';
import { aliceMedia } from '../../support/samples/generated-media.ts';

/** As a browser's own choice of date and time does it: the value at once, and an event. @param at ms since the epoch. */
async function startAt(popup: Page, at: number): Promise<void> {
  const field = await find(popup, 'textbox', 'Starts');
  await field.evaluate((element, at) => {
    const input = element as HTMLInputElement;
    input.valueAsNumber = Math.floor(at / 60_000) * 60_000 - new Date(at).getTimezoneOffset() * 60_000;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, at);
}

describe.each(pairsFor(['Chromium', 'Chromium']))('host in %s, guest in %s', (...kinds) => {
  const [hostKind, guestKind] = kinds;
  let relay: LocalRelay;
  let server: GuestPageServer;
  let bus: NotificationDaemon;
  let folder: string;
  let alice: DrivenBrowser;
  let guest: GuestBrowser;
  let page: Page;
  let link: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ffc-later-'));
    [relay, server, bus] = await Promise.all([
      startMqttRelay({ record: false }),
      serveGuestPage(),
      NotificationDaemon.start(),
    ]);
    [alice, guest] = await Promise.all([
      launchBrowser(hostKind, { name: 'Alice', media: aliceMedia, notifications: bus }),
      launchGuest(guestKind, server.address, folder),
    ]);
    await (await createIdentity(alice, { name: 'Alice', relays: [relay.url] })).page.close();
    await untilListening(alice);
  });

  afterAll(async () => {
    await Promise.all([alice?.close(), guest?.close()]);
    await Promise.all([relay?.close(), server?.close(), bus?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  test('is made in the popup, and its link is there', async () => {
    await alice.showOrdinaryPage();
    const popup = await alice.popup();
    await clickButton(popup, 'My contact link');
    await clickButton(popup, 'Invite for later');
    await fill(popup, 'What it’s about (optional)', 'Choir');
    // A few minutes ago: it is open already.
    await startAt(popup, Date.now() - 300_000);
    await clickButton(popup, 'Make the invitation');
    await waitForText(popup, /Guest link/);
    link = await textOf(popup, 'Guest link');
    await alice.leavePopup(popup);
  });

  test('a guest is told of, hears it, and is let in by a click where no page was', async () => {
    await alice.showOrdinaryPage();
    page = await guest.browser.newPage();
    await askToJoin(page, 'Carol', `${server.address}#${link}`);
    await waitForText(page, /They know that you are here/, 30_000);
    // Firefox without a screen shows its notifications to nobody.
    if (hostKind === 'Firefox') {
      const popup = await alice.popup();
      await clickButton(popup, 'Admit Carol');
    } else {
      const notice = await bus.waitForNotification(({ summary }) => summary === 'Carol asks to be let in', 20_000);
      bus.clickButton(notice, 'Admit');
    }
    const call = await alice.waitForPage((url) => url.includes(`${pages.call}?door=`));
    await Promise.all([sees(call, guest.carol), sees(page, alice)]);
    await clickButton(page, 'Leave call');
    await waitForText(call, /Choir/, 20_000);
    await clickButton(call, 'End this invitation');
    await waitForText(call, /Your door is closed/);
    await bus.waitForNone();
  });
});
