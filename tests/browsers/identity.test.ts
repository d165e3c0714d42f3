// The identity: the same words are the same person in another browser, lost keys are noticed and brought back, and
// nothing makes a new identity in silence. Relays are added, tested and removed while running.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../../tools/relays/nostr-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { browserKinds, launchBrowser } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { clickButton, fill, find, has, reload, textOf, waitForText } from '../support/drivers/page-actions.ts';
import { createIdentity, pages, restoreIdentity, settingsPage } from '../support/journeys/journeys.ts';
import { kept } from '../support/runner/cleanups.ts';
import { until } from '../support/runner/condition.ts';

/** `ffc:1:` and the 65 bytes of version and both keys, in base64url: what makes a person. */
const keyPart = (link: string): string => link.slice(0, 'ffc:1:'.length + 86);
const artWords = `${'abandon '.repeat(23)}art`;

describe.each(browserKinds)('%s', (kind) => {
  let relay: LocalRelay;
  let alice: DrivenBrowser;
  let words: readonly string[] = [];
  let link = '';

  beforeAll(async () => {
    relay = await startMqttRelay({ record: false });
    alice = await launchBrowser(kind, { name: 'Alice' });
    const made = await createIdentity(alice, { name: 'Alice', relays: [relay.url], checksWords: true });
    ({ words, contactLink: link } = made);
    await made.page.close();
  });

  afterAll(async () => {
    await alice?.close();
    await relay?.close();
  });

  const restore = (profile: DrivenBrowser, typed: string) => restoreIdentity(profile, 'Alice', typed);

  test('the words bring the same person back in another browser', async () => {
    const other = kept(await launchBrowser(kind, { name: 'Other' }));
    const page = await other.page(pages.options);
    await find(page, 'button', 'I have my 24 words');
    await page.close();
    expect(keyPart(await restore(other, `  ${words.join('\n').toUpperCase()} `))).toBe(keyPart(link));
  });

  test('keys that are gone are noticed, and the same words bring them back', async () => {
    const page = await alice.page(pages.options);
    await find(page, 'region', 'Identity');
    await page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const open = indexedDB.open('freeflow-connect');
        open.onsuccess = () => resolve(open.result);
        open.onerror = () => reject(open.error);
      });
      await new Promise((resolve) => {
        database.transaction('identity', 'readwrite').objectStore('identity').clear().onsuccess = resolve;
      });
      database.close();
    });
    await reload(page);
    await waitForText(page, /Your keys are missing/);
    expect(await has(page, 'button', 'Create my identity')).toBe(false);
    await fill(page, 'Your name', 'Alice');
    await fill(page, 'Your 24 words', artWords);
    await clickButton(page, 'Restore my identity');
    await waitForText(page, /belong to a different identity/);
    await page.close();
    expect(keyPart(await restore(alice, words.join(' ')))).toBe(keyPart(link));
  });

  test('a relay is added, tested and removed while running, and the link follows', async () => {
    const nostr = await startNostrRelay({ record: false });
    try {
      const page = await settingsPage(alice, 'relays');
      await fill(page, 'Relay address', nostr.url);
      await clickButton(page, 'Test relay');
      await waitForText(page, /It works\. This relay speaks Nostr/i, 20_000);
      await clickButton(page, 'Add relay');
      await find(page, 'button', `Remove ${nostr.url.replace(/\/$/, '')}`);
      const own = await settingsPage(alice, 'identity');
      const longer = await until(
        async () => {
          const now = await textOf(own, 'My contact link');
          return now.length > link.length ? now : undefined;
        },
        { what: 'the link to name the new relay' },
      );
      expect(keyPart(longer)).toBe(keyPart(link));
      await own.close();
      await fill(page, 'Relay address', 'ws://relay.example');
      await clickButton(page, 'Add relay');
      await waitForText(page, /Use wss:\/\//);
      await until(() => nostr.connections() > 0, { what: 'the background to connect to the new relay' });
      await page.close();
      // Fault 10: what was typed is there again.
      const again = await settingsPage(alice, 'network');
      expect(await textOf(again, 'Relay address')).toBe('ws://relay.example');
      await again.close();
    } finally {
      await nostr.close();
    }
  });
});
