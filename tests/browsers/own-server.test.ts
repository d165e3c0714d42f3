// The own server, run here by its command: two people add it by its server link, call each other over it with their addresses hidden, and a guest
// joins from its page. With the programs that a real one is made of.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, pairsFor } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { guestPageFolder } from '../support/drivers/guest-page-server.ts';
import {
  clickButton,
  clickRole,
  fill,
  find,
  has,
  textOf,
  waitForStatus,
  waitForText,
} from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { sees } from '../support/journeys/call-checks.ts';
import { connectionFacts } from '../support/journeys/connection-checks.ts';
import { askToJoin, type GuestBrowser, launchGuest, nothingStored, storedBy } from '../support/journeys/guest-steps.ts';
import { createIdentity, pages, settingsPage } from '../support/journeys/journeys.ts';
import {
  addContactInTab,
  closeCallPages,
  connect,
  contactLinkOf,
  contactsPage,
  untilListening,
} from '../support/journeys/two-people.ts';
import { canRunOwnServer, type OwnServer, startOwnServer } from '../support/lab/own-server.ts';
import { aliceMedia, bobMedia } from '../support/samples/generated-media.ts';

if (!canRunOwnServer())
  test.skip('Caddy, mosquitto or coturn is not on this machine: no call goes over the own server', () => undefined);

/** How often a person has clicked on a page since then. */
async function clicksOn(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    addEventListener('click', () => {
      document.documentElement.dataset['clicks'] = String(Number(document.documentElement.dataset['clicks'] ?? 0) + 1);
    });
  });
  return () => page.evaluate(() => Number(document.documentElement.dataset['clicks'] ?? 0));
}

describe.runIf(canRunOwnServer()).each(pairsFor(['Chromium', 'Firefox']))('%s and %s', (...[first, second]) => {
  let server: OwnServer;
  let alice: DrivenBrowser;
  let bob: DrivenBrowser;
  let membersLink: string;
  let guest: GuestBrowser | undefined;

  beforeAll(async () => {
    [server, alice, bob] = await Promise.all([
      startOwnServer({ args: ['--page', guestPageFolder] }),
      launchBrowser(first, { name: 'Alice', media: aliceMedia }),
      launchBrowser(second, { name: 'Bob', media: bobMedia }),
    ]);
    membersLink = /^ffc-server:1:\S+$/m.exec(server.verb('add-member', 'Bob', '--days', '10'))?.[0] ?? '';
    expect(server.output()).not.toContain('✗');
    await Promise.all(
      [alice, bob].map(async (one) => (await createIdentity(one, { name: one.name, relays: [] })).page.close()),
    );
  });

  afterAll(async () => {
    await Promise.all([alice?.close(), bob?.close(), guest?.close()]);
    await server?.close();
  });

  /** Tests and adds a server by its link. @returns how many clicks that took on the page, the one into the field among them. */
  async function addServerByLink(page: Page, link: string): Promise<number> {
    const clicks = await clicksOn(page);
    await clickRole(page, 'textbox', 'Server link');
    await fill(page, 'Server link', `Here it is:\n${link}\nSee you`);
    await clickButton(page, 'Test this link');
    await waitForText(page, /It works\. This relay speaks MQTT/, 30_000);
    await waitForText(page, /Relay address .* works \(UDP\)/, 30_000);
    await waitForText(page, /Relay address .* works \(TCP\)/, 30_000);
    await clickButton(page, 'Add this server');
    await waitForText(page, /127\.0\.0\.1:\d+ added/);
    return clicks();
  }

  test('the owner adds it by one link in at most four clicks, after hearing that each part works', async () => {
    const page = await settingsPage(alice, 'network');
    await fill(page, 'Server link', server.link.slice(0, -4));
    await clickButton(page, 'Test this link');
    await waitForText(page, /This server link is incomplete or changed/);
    // Opening the settings is one more.
    expect(await addServerByLink(page, server.link)).toBeLessThanOrEqual(3 + 1);
    await waitForText(page, /Belongs to 127\.0\.0\.1:\d+/);
    await inspect(page, 'options-own-server');
    await page.close();
    const popup = await contactsPage(alice);
    await clickButton(popup, 'Add contact');
    await fill(popup, 'Contact link', server.link);
    await clickButton(popup, 'Add');
    await waitForText(popup, /This is a server link, not a contact link/);
    await popup.close();
  });

  test('a member adds it by a link of their own, which says until when it is good', async () => {
    const page = await settingsPage(bob, 'network');
    await addServerByLink(page, membersLink);
    await waitForText(page, /The password expires on/);
    await page.close();
  });

  test('the two call each other over it with their addresses hidden', async () => {
    for (const one of [alice, bob]) {
      const page = await settingsPage(one, 'privacy');
      await clickButton(page, 'Hide my address in all calls');
      await waitForText(page, /Hide my address in all calls: on/);
      await page.close();
      await untilListening(one);
    }
    const [ofAlice, ofBob] = [await contactLinkOf(alice), await contactLinkOf(bob)];
    await addContactInTab(alice, ofBob, 'Bob');
    await addContactInTab(bob, ofAlice, 'Alice');
    const { a, b } = await connect(alice, bob);
    await sees(a, bob);
    await sees(b, alice);
    for (const page of [a, b]) {
      const { pair, told } = await connectionFacts(page);
      expect(pair).toEqual({ local: 'relay', remote: 'relay' });
      expect(told.length).toBeGreaterThan(0);
      for (const line of told) expect(line).toMatch(/ typ relay /);
    }
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    await closeCallPages(alice, bob);
  });

  // The page comes from the server, the link leads there, and the way goes through its TURN server: the host hides.
  test('a guest joins from its page, without the extension', async () => {
    await alice.showOrdinaryPage();
    const popup = await alice.popup();
    await clickButton(popup, 'My contact link');
    await clickButton(popup, 'Invite someone without the extension');
    const a = await alice.waitForPage((url) => url.includes(`${pages.call}?door=`));
    await alice.leavePopup(popup);
    const address = await textOf(a, 'Guest link');
    expect(address).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${server.port}/join/#ffc:1:`));
    guest = await launchGuest('Chromium', address, server.dir);
    const page = await guest.browser.newPage();
    await askToJoin(page, 'Carol', address);
    await waitForText(page, /They know that you are here/, 20_000);
    await clickButton(a, 'Admit Carol');
    await Promise.all([sees(a, guest.carol), sees(page, alice)]);
    expect((await connectionFacts(a)).pair?.local).toBe('relay');
    const { told } = await connectionFacts(page);
    expect(told.length).toBeGreaterThan(0);
    for (const line of told) expect(line).toMatch(/ typ relay /);
    await clickButton(page, 'Leave call');
    await waitForText(page, /Nothing of this call is kept/);
    expect(await storedBy(page)).toEqual(nothingStored);
    await clickButton(a, 'Close the door');
    await waitForText(a, /Your door is closed/);
    await closeCallPages(alice);
  });

  test('it is removed as one thing', async () => {
    const page = await settingsPage(alice, 'network');
    const name = `127.0.0.1:${server.port}`;
    await clickButton(page, `Remove ${name}`);
    await find(page, 'dialog', `Remove ${name}?`);
    await clickButton(page, 'Remove');
    await waitForText(page, /removed, with everything that belongs to it/);
    await waitForText(page, /no third party is involved/);
    expect(await has(page, 'list', 'Own servers')).toBe(false);
    expect(await has(page, 'list', 'My relays')).toBe(false);
    await page.close();
  });
});
