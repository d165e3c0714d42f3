// An open door: a call page with nobody in it yet. Its link goes to somebody without the extension, who asks to be let in while nobody looks at
// the page, and is let in.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMqttRelay } from '../../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../../tools/relays/recording-server.mjs';
import { launchBrowser, pairsFor } from '../../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../../support/drivers/driven-browser.ts';
import { type GuestPageServer, serveGuestPage } from '../../support/drivers/guest-page-server.ts';
import { NotificationDaemon } from '../../support/drivers/notification-daemon.ts';
import { clickButton, fill, textOf, waitForText } from '../../support/drivers/page-actions.ts';
import { inspect } from '../../support/drivers/screen-inspection.ts';
import { hears, sees } from '../../support/journeys/call-checks.ts';
import {
  chooseFiles,
  downloaded,
  FileFolder,
  openChat,
  sha256Of,
  untilFile,
} from '../../support/journeys/chat-steps.ts';
import {
  askToJoin,
  type GuestBrowser,
  launchGuest,
  nothingStored,
  storedBy,
} from '../../support/journeys/guest-steps.ts';
import { createIdentity, pages } from '../../support/journeys/journeys.ts';
import { untilListening } from '../../support/journeys/two-people.ts';
import { until } from '../../support/runner/condition.ts';
import { aliceMedia } from '../../support/samples/generated-media.ts';

const fileBytes = 20_000_000;

describe.each(pairsFor(['Firefox', 'Chromium']))('host in %s, guest in %s', (...kinds) => {
  const [hostKind, guestKind] = kinds;
  let relay: LocalRelay;
  let server: GuestPageServer;
  let bus: NotificationDaemon;
  let folder: string;
  let files: FileFolder;
  let alice: DrivenBrowser;
  let guest: GuestBrowser;
  let a: Page;
  let page: Page;
  let link: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ffc-door-'));
    [relay, server, bus, files] = await Promise.all([
      startMqttRelay({ record: false }),
      serveGuestPage(),
      NotificationDaemon.start(),
      FileFolder.make(),
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
    await Promise.all([relay?.close(), server?.close(), bus?.stop(), files?.remove()]);
    await rm(folder, { recursive: true, force: true });
  });

  test('two clicks in the popup open it, and its link says what it is about', async () => {
    await alice.showOrdinaryPage();
    const popup = await alice.popup();
    await clickButton(popup, 'My contact link');
    await clickButton(popup, 'Invite someone without the extension');
    a = await alice.waitForPage((url) => url.includes(`${pages.call}?door=`));
    await alice.leavePopup(popup);
    await waitForText(a, /Your door is open/);
    const before = await textOf(a, 'Guest link');
    await fill(a, 'What it’s about (optional)', 'Parents’ evening');
    link = await until(
      async () => {
        const now = await textOf(a, 'Guest link');
        return now === before ? undefined : now;
      },
      { what: 'the link to be made anew' },
    );
    await inspect(a, `open-door-${hostKind}`, [1280, 420]);
  });

  test('a guest hears that they are seen, while nobody looks at the page', async () => {
    await alice.showOrdinaryPage();
    page = await guest.browser.newPage();
    await askToJoin(page, 'Carol', `${server.address}#${link}`);
    await waitForText(page, /They know that you are here/, 20_000);
    // Firefox without a screen shows its notifications to nobody.
    if (hostKind === 'Firefox') await clickButton(a, 'Admit Carol');
    else {
      const notice = await bus.waitForNotification(({ summary }) => summary === 'Carol asks to be let in', 20_000);
      bus.clickButton(notice, 'Admit');
    }
    await Promise.all([sees(a, guest.carol), sees(page, alice)]);
    await Promise.all([hears(a, guest.carol), hears(page, alice)]);
  });

  test('20 MB go both ways', async () => {
    await openChat(a, page);
    const sent = await files.write('from-host.bin', fileBytes);
    const back = await files.write('from-guest.bin', fileBytes);
    await Promise.all([chooseFiles(a, 'Send files', sent.path), chooseFiles(page, 'Send files', back.path)]);
    await Promise.all([
      clickButton(page, `Accept ${sent.name}`, 20_000),
      clickButton(a, `Accept ${back.name}`, 20_000),
    ]);
    await Promise.all([untilFile(page, sent.name, /Received/), untilFile(a, back.name, /Received/)]);
    const downloads = await files.downloadsOf(alice, a, 'alice');
    await clickButton(a, `Save ${back.name}`);
    expect(await sha256Of(await downloaded(downloads, /from-guest/))).toBe(back.sha256);
  });

  test('when the guest has left, the door is still open; when it is closed, whoever waits hears of it', async () => {
    await clickButton(page, 'Leave call');
    await waitForText(page, /Nothing of this call is kept/);
    await waitForText(a, /Your door is open/, 20_000);
    await clickButton(page, 'Ask again');
    await clickButton(page, 'Ask to join');
    await waitForText(page, /They know that you are here/, 40_000);
    await clickButton(a, 'Close the door');
    await waitForText(a, /Your door is closed/);
    await waitForText(page, /This invitation has ended/, 20_000);
    expect(await storedBy(page)).toEqual(nothingStored);
    await page.close();
    await bus.waitForNone();
  });
});
