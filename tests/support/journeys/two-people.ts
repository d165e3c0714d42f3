// Two people's whole ways: knowing each other, calling, ringing, and starting the next test from nothing.
import type { Page } from 'puppeteer-core';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import { clickButton, fill, find, waitForStatus, waitForText } from '../drivers/page-actions.ts';
import { createIdentity, pages, readContactLink, startCall } from './journeys.ts';

/** The popup's page in a tab: for what is not about the popup itself. */
export const contactsPage = (profile: DrivenBrowser): Promise<Page> => profile.page(pages.popup);

/** Adds a contact by its link. */
export async function addContactInTab(profile: DrivenBrowser, link: string, name: string): Promise<void> {
  const page = await contactsPage(profile);
  await clickButton(page, 'Add contact');
  await fill(page, 'Contact link', link);
  await clickButton(page, 'Add');
  await find(page, 'button', `More about ${name}`);
  await page.close();
}

/** The own contact link, as the popup shows it. */
export async function contactLinkOf(profile: DrivenBrowser): Promise<string> {
  const page = await contactsPage(profile);
  await clickButton(page, 'My contact link');
  const link = await readContactLink(page);
  await page.close();
  return link;
}

/** Waits until the popup says that at least one relay is connected. */
export async function untilListening(profile: DrivenBrowser, withinMs = 40_000): Promise<void> {
  const page = await contactsPage(profile);
  await waitForText(page, /Reachable on/, withinMs);
  await page.close();
}

/** First run of all; the hub and each of the others add each other. All listen afterwards. */
export async function meet(
  hub: DrivenBrowser,
  others: readonly DrivenBrowser[],
  relays: readonly string[],
): Promise<void> {
  const all = [hub, ...others];
  const [hubLink = '', ...links] = await Promise.all(
    all.map(async (profile) => {
      const { page, contactLink } = await createIdentity(profile, { name: profile.name, relays });
      await page.close();
      return contactLink;
    }),
  );
  const hubAdds = async () => {
    for (const [i, { name }] of others.entries()) await addContactInTab(hub, links[i] ?? '', name);
  };
  await Promise.all([hubAdds(), ...others.map((other) => addContactInTab(other, hubLink, hub.name))]);
  await Promise.all(all.map((profile) => untilListening(profile)));
}

/** The same for two. */
export const becomeContacts = (one: DrivenBrowser, two: DrivenBrowser, relays: readonly string[]): Promise<void> =>
  meet(one, [two], relays);

/** Somebody new and somebody who is there add each other. Both listen afterwards. */
export async function joinContacts(newcomer: DrivenBrowser, known: DrivenBrowser, relay: string): Promise<void> {
  const { page, contactLink } = await createIdentity(newcomer, { name: newcomer.name, relays: [relay] });
  await page.close();
  await addContactInTab(newcomer, await contactLinkOf(known), known.name);
  await addContactInTab(known, contactLink, newcomer.name);
  await untilListening(newcomer);
}

/** From the real popup to a call that goes out. */
export async function callFromPopup(
  caller: DrivenBrowser,
  contact: string,
  kind: 'video' | 'audio' = 'video',
): Promise<Page> {
  await caller.showOrdinaryPage();
  return startCall(caller, contact, { kind });
}

/** The window that opens by itself when a contact calls. */
export function ringingPage(callee: DrivenBrowser, withinMs = 20_000): Promise<Page> {
  return callee.waitForPage((url) => url.includes(`${pages.call}?ring=`), withinMs);
}

export async function untilConnected(...callPages: readonly Page[]): Promise<void> {
  await Promise.all(callPages.map((page) => waitForStatus(page, /^Connected/, 30_000)));
}

/** A whole call, accepted in the ringing window. */
export async function connect(caller: DrivenBrowser, callee: DrivenBrowser): Promise<{ a: Page; b: Page }> {
  const a = await callFromPopup(caller, callee.name);
  const b = await ringingPage(callee);
  await clickButton(b, 'Accept with video');
  await untilConnected(a, b);
  return { a, b };
}

/** Two who have each other as no contact let each other in, each on their own page. */
export async function letInEachOther(
  one: { readonly page: Page; readonly name: string },
  other: { readonly page: Page; readonly name: string },
): Promise<void> {
  await Promise.all([
    clickButton(one.page, `Let in ${other.name}`, 40_000),
    clickButton(other.page, `Let in ${one.name}`, 40_000),
  ]);
}

/** Closes whatever call pages are still open, so that the next test starts from nothing. */
export async function closeCallPages(...profiles: readonly DrivenBrowser[]): Promise<void> {
  for (const profile of profiles) await profile.closePages((url) => url.includes(`/${pages.call}`));
}
