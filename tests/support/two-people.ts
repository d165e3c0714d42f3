// Two people's whole ways: knowing each other, calling, ringing, and starting the next test from nothing.
import type { Page, Target } from 'puppeteer-core';
import { until } from './condition.ts';
import type { ExtensionBrowser } from './extension-browser.ts';
import { createIdentity, pages, readContactLink, startCall } from './journeys.ts';
import { clickButton, fill, find, waitForStatus, waitForText } from './page-actions.ts';

/** The popup's page in a tab: for what is not about the popup itself. */
export const contactsPage = (profile: ExtensionBrowser): Promise<Page> => profile.page(pages.popup);

/** Adds a contact by its link. */
export async function addContactInTab(profile: ExtensionBrowser, link: string, name: string): Promise<void> {
  const page = await contactsPage(profile);
  await clickButton(page, 'Add contact');
  await fill(page, 'Contact link', link);
  await clickButton(page, 'Add');
  await find(page, 'button', `More about ${name}`);
  await page.close();
}

/** The own contact link, as the popup shows it. */
export async function contactLinkOf(profile: ExtensionBrowser): Promise<string> {
  const page = await contactsPage(profile);
  await clickButton(page, 'My contact link');
  const link = await readContactLink(page);
  await page.close();
  return link;
}

/** Waits until the popup says that at least one relay is connected. */
export async function untilListening(profile: ExtensionBrowser, withinMs = 40_000): Promise<void> {
  const page = await contactsPage(profile);
  await waitForText(page, /Listening on/, withinMs);
  await page.close();
}

/** First run of both, and each adds the other. Both listen afterwards. */
export async function becomeContacts(
  one: ExtensionBrowser,
  two: ExtensionBrowser,
  relays: readonly string[],
): Promise<void> {
  const [first, second] = await Promise.all(
    [one, two].map(async (profile) => {
      const { page, contactLink } = await createIdentity(profile, { name: profile.name, relays });
      await page.close();
      return contactLink;
    }),
  );
  if (first === undefined || second === undefined) throw new Error('no contact links');
  await Promise.all([addContactInTab(one, second, two.name), addContactInTab(two, first, one.name)]);
  await Promise.all([untilListening(one), untilListening(two)]);
}

/** From the real popup to a call that goes out. */
export async function callFromPopup(
  caller: ExtensionBrowser,
  contact: string,
  kind: 'video' | 'audio' = 'video',
): Promise<Page> {
  // The popup belongs to a window: a person has some page open.
  const blank = (await caller.browser.pages()).find((page) => page.url() === 'about:blank');
  await (blank ?? (await caller.browser.newPage())).bringToFront();
  return startCall(caller, contact, { kind });
}

/** The window that opens by itself when a contact calls. */
export function ringingPage(callee: ExtensionBrowser, withinMs = 20_000): Promise<Page> {
  return callee.waitForPage((url) => url.includes(`${pages.call}?ring=`), withinMs);
}

export async function untilConnected(...callPages: readonly Page[]): Promise<void> {
  await Promise.all(callPages.map((page) => waitForStatus(page, /^Connected/, 30_000)));
}

/** A whole call, accepted in the ringing window. */
export async function connect(caller: ExtensionBrowser, callee: ExtensionBrowser): Promise<{ a: Page; b: Page }> {
  const a = await callFromPopup(caller, callee.name);
  const b = await ringingPage(callee);
  await clickButton(b, 'Accept with video');
  await untilConnected(a, b);
  return { a, b };
}

/** Closes whatever call pages are still open, so that the next test starts from nothing. */
export async function closeCallPages(...profiles: readonly ExtensionBrowser[]): Promise<void> {
  for (const { browser, name } of profiles) {
    const callPages = (): Target[] =>
      browser.targets().filter((target) => target.type() === 'page' && target.url().includes(`/${pages.call}`));
    for (const target of callPages()) {
      // A page may be closing by itself at this moment: what counts is that it is gone.
      const page = await target.page().catch(() => null);
      await page?.close({ runBeforeUnload: false }).catch(() => undefined);
    }
    await until(() => callPages().length === 0, { what: `${name}'s call pages to be gone` });
  }
}
