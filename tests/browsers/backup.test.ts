// A backup: out of one browser into a file, and out of the file into another that knows the same words. Every file
// that is not the right one is named, and changes nothing.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatContactLink, parseContactLink } from '../../src/core/identity/contact-link.ts';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { kindsFor, launchBrowser } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import {
  clickButton,
  clickRole,
  fill,
  find,
  has,
  reload,
  textOf,
  waitForStatus,
  waitForText,
} from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import { createIdentity, pages, readContactLink, settingsPage } from '../support/journeys/journeys.ts';
import { addContactInTab, contactsPage } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { sealer, testIdentity } from '../support/samples/test-identity.ts';

/** Where the links that were clicked on a page lead. */
interface Saving {
  savedFrom: string[];
}

/** What a link says but for when it was made: of two devices the one that changed something last has the later link. */
async function reachedBy(link: string): Promise<string> {
  const read = await parseContactLink(link, sealer);
  return JSON.stringify('link' in read ? { ...read.link, madeAt: 0 } : read);
}

const passphrase = 'vier Wörter ohne Reim';
const longName = `Wolfeschlegelsteinhausenbergerdorff ${'Ünal'.repeat(6)}`;

describe.each(kindsFor('Chromium'))('%s', (kind) => {
  let relay: LocalRelay;
  let folder = '';
  let file = '';
  let words: readonly string[] = [];
  let link = '';

  beforeAll(async () => {
    relay = await startMqttRelay({ record: false });
    folder = await mkdtemp(join(tmpdir(), 'ffc-backup-'));
  });

  afterAll(async () => {
    await relay?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A contact link of someone who has no browser here. */
  async function linkOf(seed: number, name: string): Promise<string> {
    const { ed25519, x25519, keys, signer } = await testIdentity(seed);
    return formatContactLink(
      { ed25519, x25519, inboxSecret: keys.inboxSecret, relays: [relay.url], name, madeAt: 1 },
      { sealer, signer },
    );
  }

  /** Ends with whatever the person did in that browser. */
  async function inBrowser(name: string, use: (profile: DrivenBrowser) => Promise<void>): Promise<void> {
    const profile = await launchBrowser(kind, { name });
    try {
      await use(profile);
    } finally {
      await profile.close();
    }
  }

  async function choose(page: Page, path: string): Promise<void> {
    const shown = () => page.$('input[accept=".ffcbackup"]');
    await until(async () => (await shown()) !== null, { what: 'a place to choose a backup file' });
    const chooser = await shown();
    if (!chooser) throw new Error('There is no place to choose a backup file');
    await chooser.uploadFile(path);
  }

  /** Waits until something with just these words has the focus: it moves once what was clicked for is painted. */
  const untilFocused = (page: Page, words: string): Promise<true> =>
    until(
      async () => {
        const focused = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
        if (focused === words) return true as const;
        throw new Error(`the focus is on ${focused.slice(0, 100)}`);
      },
      { what: `the focus on ${words}` },
    );

  test('a backup is saved as a file, once its passphrase is good', async () => {
    await inBrowser('Alice', async (alice) => {
      const made = await createIdentity(alice, { name: longName, relays: [relay.url], checksWords: true });
      ({ words, contactLink: link } = made);
      await made.page.close();
      await addContactInTab(alice, await linkOf(2, 'Bob'), 'Bob');
      await addContactInTab(alice, await linkOf(3, 'Carol'), 'Carol');

      await alice.saveDownloadsIn(folder);
      const page = await settingsPage(alice, 'calls');
      await clickButton(page, 'Until I turn it off');
      await clickRole(page, 'link', 'Your data');
      await clickButton(page, 'Export a backup');
      await inspect(page, 'backup-export');
      await fill(page, 'Passphrase', 'too short');
      await fill(page, 'Passphrase again', 'too short');
      await clickButton(page, 'Save backup');
      await waitForText(page, /This is too short/);
      await fill(page, 'Passphrase', passphrase);
      await clickButton(page, 'Save backup');
      await waitForText(page, /The two passphrases don’t match/);
      await inspect(page, 'backup-export-refused');
      await fill(page, 'Passphrase again', passphrase);
      await page.evaluate(() => {
        Object.assign(globalThis, { savedFrom: [] });
        addEventListener('click', ({ target }) => {
          if (target instanceof HTMLAnchorElement) (globalThis as unknown as Saving).savedFrom.push(target.href);
        });
      });
      await page.keyboard.press('Enter');
      const said = await waitForText(page, /Your browser is saving freeflow-connect-backup-\d{4}-\d\d-\d\d\.ffcbackup/);
      await untilFocused(page, `${said}.`);
      file = join(folder, said.slice(said.indexOf('freeflow')));
      await until(async () => (await stat(file)).size > 0, { what: 'the file to be saved' });
      expect(await page.evaluate(() => (globalThis as unknown as Saving).savedFrom)).toEqual([
        expect.stringMatching(/^blob:/),
      ]);
      await inspect(page, 'backup-exported');
      await clickButton(page, 'Done');
      await untilFocused(page, 'Export a backup');

      const bytes = await readFile(file);
      expect(bytes.subarray(0, 10).toString()).toBe('ffc-backup');
      for (const secret of ['Bob', 'Carol', relay.url, longName]) expect(bytes.includes(secret), secret).toBe(false);
    });
  });

  test('another browser with the same words takes it in: people, name, relays and settings are there', async () => {
    await inBrowser('Other', async (other) => {
      const page = await other.page(pages.options);
      await clickButton(page, 'I have my 24 words');
      await fill(page, 'Your name', 'Somebody');
      await fill(page, 'Your 24 words', words.join(' '));
      await clickButton(page, 'Restore my identity');
      await waitForText(page, /Do you have a backup\?/);
      await inspect(page, 'backup-after-restore');
      await clickButton(page, 'Import a backup');
      await clickButton(page, 'Open backup');
      await waitForText(page, /Choose a backup file first/);

      const picture = join(folder, 'holiday.ffcbackup');
      await writeFile(picture, 'not what it says it is');
      await choose(page, picture);
      await fill(page, 'Passphrase', passphrase);
      await clickButton(page, 'Open backup');
      await waitForText(page, /This isn’t a FreeFlow Connect backup/);
      const cut = join(folder, 'cut.ffcbackup');
      await writeFile(cut, (await readFile(file)).subarray(0, -10));
      await choose(page, cut);
      await clickButton(page, 'Open backup');
      await waitForText(page, /This backup is damaged/);
      await choose(page, file);
      await fill(page, 'Passphrase', 'vier Wörter ohne Rein');
      await clickButton(page, 'Open backup');
      await waitForText(page, /This passphrase doesn’t open the backup/);
      await inspect(page, 'backup-import-refused');
      await fill(page, 'Passphrase', passphrase);
      await page.keyboard.press('Enter');
      await waitForText(page, /Contacts\s+2\s+Calls\s+0/);
      await untilFocused(page, 'This backup holds');
      await inspect(page, 'backup-import');
      await clickButton(page, 'Import');
      await waitForStatus(page, /Backup imported/);
      expect(await has(page, 'button', 'Open backup')).toBe(false);
      await until(async () => (await reachedBy(await readContactLink(page))) === (await reachedBy(link)), {
        what: 'the link to lead where the old one does',
      });

      await reload(page);
      await find(page, 'region', 'Identity');
      expect(await textOf(page, 'Your name')).toBe(longName);
      await clickRole(page, 'link', 'Calls and notifications');
      await waitForText(page, /Do not disturb is on/);
      const popup = await contactsPage(other);
      for (const name of ['Bob', 'Carol']) await find(popup, 'button', `Call ${name}`);
      await waitForText(popup, /Reachable on/, 20_000);
    });
  });

  test('a backup of another identity is refused, and says what to do', async () => {
    await inBrowser('Mallory', async (mallory) => {
      const { page } = await createIdentity(mallory, { name: 'Mallory', relays: [] });
      expect(await has(page, 'button', 'Import a backup')).toBe(false);
      await reload(page);
      await clickRole(page, 'link', 'Your data');
      await clickButton(page, 'Import a backup');
      await choose(page, file);
      await fill(page, 'Passphrase', passphrase);
      await clickButton(page, 'Open backup');
      await waitForText(page, /belongs to another identity\. Restore that identity with its 24 words first/);
      await page.keyboard.press('Escape');
      await untilFocused(page, 'Import a backup');
      await inspect(page, 'backup-region');
      const popup = await contactsPage(mallory);
      await find(popup, 'button', 'Add contact');
      expect(await has(popup, 'button', 'Call Bob')).toBe(false);
    });
  });

  test('what a later version wrote is left alone, and every page says so', async () => {
    await inBrowser('Later', async (later) => {
      const { page } = await createIdentity(later, { name: 'Later', relays: [] });
      await page.evaluate(
        () =>
          new Promise<void>((resolve, reject) => {
            const opening = indexedDB.open('freeflow-connect', 99);
            opening.onsuccess = () => {
              opening.result.close();
              resolve();
            };
            opening.onerror = () => reject(opening.error);
          }),
      );
      await reload(page);
      await waitForText(page, /written by a newer version of FreeFlow Connect/);
      await inspect(page, 'newer-data');
      const popup = await contactsPage(later);
      await waitForText(popup, /written by a newer version of FreeFlow Connect/);
      await inspect(popup, 'newer-data-popup', [380]);
    });
  });
});
