// The ways a person takes through the product, by what the screens say: used by the browser tests and by npm start.
// It knows names on screens only, nothing of how they are made.
import type { Page } from 'puppeteer-core';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import type { ShownNotification } from '../drivers/notification-daemon.ts';
import { clickButton, fill, find, has, reload, textOf, unfold, waitForText } from '../drivers/page-actions.ts';
import { until } from '../runner/condition.ts';
import { storeSettings } from './store-settings.ts';

/** Where the pages are in the built extension. */
export const pages = {
  popup: 'src/popup/index.html',
  options: 'src/options/index.html',
  call: 'src/call/index.html',
} as const;

/**
 * First run: unticks what is suggested, adds the given relays and creates an identity; the words are written down, or left for later. Noise
 * suppression goes off unless it is wanted: it takes the tones by which tests know people for noise.
 */
export async function createIdentity(
  profile: DrivenBrowser,
  {
    name,
    relays,
    checksWords = false,
    noiseSuppression = false,
  }: { name: string; relays: readonly string[]; checksWords?: boolean; noiseSuppression?: boolean },
): Promise<{ readonly page: Page; readonly words: readonly string[]; readonly contactLink: string }> {
  const page = await profile.page(pages.options);
  await fill(page, 'Your name', name);
  await chooseRelays(page, relays);
  await clickButton(page, 'Create my identity');
  const contactLink = await readContactLink(page);
  if (!noiseSuppression) await storeSettings(page, { noiseSuppression });
  if (!checksWords) return { page, words: [], contactLink };
  await reload(page);
  await clickButton(page, 'Write down my 24 words');
  const words = await readWords(page);
  await writeDownWords(page, words);
  return { page, words, contactLink };
}

/** The person with these words comes to this browser. @returns their contact link. */
export async function restoreIdentity(profile: DrivenBrowser, name: string, words: string): Promise<string> {
  const page = await profile.page(pages.options);
  const asksForWords = () => has(page, 'textbox', 'Your 24 words');
  const isNew = () => has(page, 'button', 'I have my 24 words');
  await until(async () => (await asksForWords()) || (await isNew()), { what: 'the first step to be shown' });
  if (await isNew()) await clickButton(page, 'I have my 24 words');
  if (await has(page, 'textbox', 'Your name')) await fill(page, 'Your name', name);
  await fill(page, 'Your 24 words', words);
  await clickButton(page, 'Restore my identity');
  const restored = await readContactLink(page);
  await page.close();
  return restored;
}

/** At the first run: unticks what is suggested and adds the given relays. */
export async function chooseRelays(page: Page, relays: readonly string[]): Promise<void> {
  await unfold(page, /^How others find you/);
  for (const box of await page.$$('::-p-aria([role="checkbox"])'))
    if (await box.evaluate((element) => (element as HTMLInputElement).checked)) await box.click();
  if (relays.length > 0) await (await page.$('::-p-text(Use another relay)'))?.click();
  for (const relay of relays) {
    await fill(page, 'Relay address', relay);
    await clickButton(page, 'Add relay');
    await until(async () => (await textOf(page, 'Relay address')) === '', { what: `the relay ${relay} to be added` });
  }
}

/** A page of the settings, by its address: `network`, `privacy` … */
export const settingsPage = (profile: DrivenBrowser, place: string): Promise<Page> =>
  profile.page(`${pages.options}#${place}`);

/** The 24 words on the screen. */
async function readWords(page: Page): Promise<string[]> {
  const list = await find(page, 'list', 'Your 24 words', 20_000);
  return list.$$eval('li', (items) => items.map((item) => item.textContent?.replace(/^[\d\s.]+/, '').trim() ?? ''));
}

/** Says that they are written down, and answers the questions for some of them. */
async function writeDownWords(page: Page, words: readonly string[]): Promise<void> {
  await clickButton(page, 'I have written them down');
  await find(page, 'button', 'Check');
  // biome-ignore lint/performance/useDomNodeTextContent: what is not shown is not asked.
  const shown = await page.evaluate(() => document.body.innerText);
  for (const [label, number] of shown.matchAll(/^Word (\d+)$/gm))
    await fill(page, label, words[Number(number) - 1] ?? '');
  await clickButton(page, 'Check');
  await waitForText(page, /This browser has forgotten the words/);
}

/** The own contact link, from any page that shows it. */
export const readContactLink = (page: Page): Promise<string> =>
  until(
    async () => {
      const link = await textOf(page, 'My contact link');
      // With an own server that has a page it is an address of that page.
      return /(?:^|#)ffc:/.test(link) ? link : undefined;
    },
    { what: 'the own contact link' },
  );

/** In the popup (the real one unless given): pastes a contact link, waits until that person is listed; leaves it open. */
export async function addContact(
  profile: DrivenBrowser,
  contactLink: string,
  name: string,
  given?: Page,
): Promise<Page> {
  const popup = given ?? (await profile.popup());
  await clickButton(popup, 'Add contact');
  await fill(popup, 'Contact link', contactLink);
  await clickButton(popup, 'Add');
  await find(popup, 'button', `More about ${name}`);
  return popup;
}

/** Waits until the popup says that the worker listens on its relays. */
export const waitUntilReachable = (popup: Page): Promise<string> => waitForText(popup, /Reachable on/, 20_000);

/** Clicks a contact in the real popup and starts the call in the tab that opens; returns that tab. */
export async function startCall(
  profile: DrivenBrowser,
  name: string,
  { kind = 'video', popup }: { kind?: 'video' | 'audio'; popup?: Page } = {},
): Promise<Page> {
  const from = popup && !popup.isClosed() ? popup : await profile.popup();
  await clickButton(from, kind === 'video' ? `Call ${name}` : `Call ${name} with audio only`);
  const page = await profile.waitForPage((url) => url.includes(pages.call));
  await profile.leavePopup(from);
  await until(
    async () => {
      if (await has(page, 'button', 'Start call')) await clickButton(page, 'Start call', 2000);
      return (await has(page, 'button', 'Cancel call')) || (await has(page, 'button', 'Leave call'));
    },
    { withinMs: 15_000, what: 'the call to start' },
  );
  return page;
}

/** Clicks Decline on the real notification, or where it has no buttons the notification and then Decline. */
export async function declineByNotification(profile: DrivenBrowser, ring: ShownNotification): Promise<void> {
  if (Object.values(ring.actions).includes('Decline')) return profile.notifications?.clickButton(ring, 'Decline');
  profile.notifications?.click(ring.id, 'default');
  await clickButton(await profile.waitForPage((url) => url.includes(pages.call)), 'Decline');
}

/** Clicks Accept on the real notification, or where it has no buttons the notification and then Accept; returns the callee's call page. */
export async function acceptByNotification(profile: DrivenBrowser, callerName: string): Promise<Page> {
  const daemon = profile.notifications;
  if (!daemon) throw new Error(`${profile.name} has no private desktop to be notified on`);
  const ring = await daemon.waitForNotification((one) => one.summary === `${callerName} is calling`, 20_000);
  const hasButtons = Object.values(ring.actions).includes('Accept');
  if (hasButtons) daemon.clickButton(ring, 'Accept');
  else daemon.click(ring.id, 'default');
  const page = await profile.waitForPage((url) => url.includes(pages.call));
  if (!hasButtons) await clickButton(page, 'Accept with video');
  return page;
}
