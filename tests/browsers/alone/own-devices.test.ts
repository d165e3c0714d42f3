// Two browsers of one person: the second gets what the first has once its words are typed there, and both stay the same from then on.
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatContactLink } from '../../../src/core/identity/contact-link.ts';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { startMqttRelay } from '../../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../../tools/relays/recording-server.mjs';
import { launchBrowser, pairsFor } from '../../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../../support/drivers/driven-browser.ts';
import { clickButton, fill, find, has, waitForText } from '../../support/drivers/page-actions.ts';
import { inspect } from '../../support/drivers/screen-inspection.ts';
import { chooseRelays, createIdentity, pages, settingsPage } from '../../support/journeys/journeys.ts';
import { addContactInTab, contactsPage } from '../../support/journeys/two-people.ts';
import { until } from '../../support/runner/condition.ts';
import { sealer, testIdentity } from '../../support/samples/test-identity.ts';

describe.each(pairsFor(['Chromium', 'Chromium']))('%s and %s with the same words', (first, second) => {
  let relay: LocalRelay;
  let desk: DrivenBrowser;
  let laptop: DrivenBrowser;
  let words: readonly string[] = [];

  beforeAll(async () => {
    relay = await startMqttRelay({ record: false });
    [desk, laptop] = await Promise.all([
      launchBrowser(first, { name: 'Desk' }),
      launchBrowser(second, { name: 'Laptop' }),
    ]);
    const made = await createIdentity(desk, { name: 'Alice', relays: [relay.url], checksWords: true });
    words = made.words;
    await made.page.close();
  }, limitMs(90_000));

  afterAll(async () => {
    await Promise.all([desk?.close(), laptop?.close()]);
    await relay?.close();
  });

  /** Somebody who has no browser here becomes a contact on the first device. */
  async function add(seed: number, name: string): Promise<void> {
    const { ed25519, x25519, keys, signer } = await testIdentity(seed);
    const inboxSecret = keys.inboxSecret;
    const link = { ed25519, x25519, inboxSecret, relays: [relay.url], name, madeAt: 1 };
    await addContactInTab(desk, await formatContactLink(link, { sealer, signer }), name);
  }

  const untilGone = (page: Page, name: string) =>
    until(async () => !(await has(page, 'button', `More about ${name}`)), {
      withinMs: 20_000,
      what: `${name} to be gone`,
    });

  test('what the first has comes to the second, a new contact too, and a removed one does not come back', {
    timeout: limitMs(180_000),
  }, async () => {
    await add(2, 'Bob');
    const options = await laptop.page(pages.options);
    await chooseRelays(options, [relay.url]);
    await clickButton(options, 'I have my 24 words');
    await fill(options, 'Your name', 'Alice');
    await fill(options, 'Your 24 words', words.join(' '));
    await clickButton(options, 'Restore my identity');
    await waitForText(options, /Do you have a backup\?/);
    await options.close();

    const there = await contactsPage(laptop);
    await find(there, 'button', 'More about Bob', 30_000);
    await add(3, 'Carol');
    await find(there, 'button', 'More about Carol', 20_000);

    const settings = await settingsPage(desk, 'identity');
    await waitForText(settings, /Last seen/);
    await inspect(settings, 'own-devices');
    await settings.close();

    const here = await contactsPage(desk);
    await clickButton(there, 'More about Bob');
    await clickButton(there, 'Remove Bob');
    await clickButton(there, 'Remove');
    await untilGone(here, 'Bob');
    await Promise.all([here.close(), there.close()]);
    for (const profile of [desk, laptop]) {
      const page = await contactsPage(profile);
      await find(page, 'button', 'More about Carol');
      expect(await has(page, 'button', 'More about Bob'), profile.name).toBe(false);
    }
  });
});
