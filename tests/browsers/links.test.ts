// Contact links on ordinary web pages: the context menu on links and on selected text, and a click on a link of our scheme, each through
// the browser's own menus and dialogs.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { formatContactLink } from '../../src/core/identity/contact-link.ts';
import { limitMs } from '../../tools/machine/limits.mjs';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { browserKinds, launchBrowser } from '../support/drivers/browser-kinds.ts';
import { type BrowserUi, FirefoxUi, uiOf } from '../support/drivers/browser-ui.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { find, textOf } from '../support/drivers/page-actions.ts';
import { VirtualDisplay } from '../support/drivers/virtual-display.ts';
import { createIdentity, pages } from '../support/journeys/journeys.ts';
import { addContactInTab } from '../support/journeys/two-people.ts';
import { sealer, testIdentity } from '../support/samples/test-identity.ts';

/** A web page with a link to Bob of each scheme, his link in a text, and a text without one. */
const webPage = (link: string): string => `<!doctype html><title>Bob</title><body style="font-size: 20px">
  <p><a id="web" href="web+${link}">Call me</a> <a id="ext" href="ext+${link}">or here</a></p>
  <p id="text">Reach me at <b id="inside">${link.slice(0, 12)}</b>${link.slice(12)} any time.</p>
  <p id="nothing">no link in here</p>`;

describe.each(browserKinds)('%s', (kind) => {
  let display: VirtualDisplay | undefined;
  let relay: LocalRelay;
  let web: Server;
  let alice: DrivenBrowser;
  let ui: BrowserUi;
  let bobLink: string;

  beforeAll(async () => {
    relay = await startMqttRelay({ record: false });
    const { ed25519, x25519, keys, signer } = await testIdentity(1);
    const { inboxSecret } = keys;
    bobLink = await formatContactLink(
      { ed25519, x25519, inboxSecret, relays: [relay.url], name: 'Bob', madeAt: 1 },
      { sealer, signer },
    );
    web = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(webPage(bobLink));
    });
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    if (kind === 'Chromium') display = await VirtualDisplay.start();
    alice = await launchBrowser(kind, { name: 'Alice', display });
    ui = uiOf(alice, display);
    await createIdentity(alice, { name: 'Alice', relays: [relay.url] });
  });

  afterEach(async () => {
    await alice.closePages((url) => url.startsWith('http:') || url.includes(pages.popup) || url.includes(pages.call));
  });

  afterAll(async () => {
    await alice?.close();
    await Promise.all([relay?.close(), display?.stop()]);
    web?.close();
  });

  async function openWebPage(): Promise<Page> {
    const page = await alice.browser.newPage();
    await page.goto(`http://127.0.0.1:${(web.address() as AddressInfo).port}/`, { timeout: limitMs(30_000) });
    await page.bringToFront();
    return page;
  }

  /** Selects a whole paragraph, and takes our entry from the menu over a part of it. */
  async function chooseOnSelection(paragraph: string, part: string): Promise<void> {
    const page = await openWebPage();
    await page.$eval(paragraph, (element) => getSelection()?.selectAllChildren(element));
    await ui.chooseOurEntry(page, part);
  }

  const adding = () => alice.waitForPage((url) => url.includes(`${pages.popup}?add=`));
  const calling = () => alice.waitForPage((url) => url.includes(`${pages.call}?to=`));

  // Chrome has no such way for extensions that web sites could not use to find out who has the extension (docs/decisions/0008).
  test.runIf(kind === 'Firefox').each(['#web', '#ext'])(
    'a link of our scheme is clicked (%s), Firefox asks, and the person is offered to be added',
    async (selector) => {
      const page = await openWebPage();
      await page.click(selector);
      await new FirefoxUi(alice).allowLink();
      const popup = await adding();
      expect(await textOf(popup, 'Contact link')).toContain(bobLink);
      await find(popup, 'button', 'Add and call');
    },
  );

  test('a stranger, right-clicked, is offered to be added first', async () => {
    await ui.chooseOurEntry(await openWebPage(), '#web');
    const popup = await adding();
    expect(await textOf(popup, 'Contact link')).toBe(bobLink);
    await find(popup, 'button', 'Add and call');
  });

  test('a contact is called, by a link or out of a selected text', async () => {
    await addContactInTab(alice, bobLink, 'Bob');
    await ui.chooseOurEntry(await openWebPage(), '#web');
    await find(await calling(), 'button', 'Start call');
    await alice.closePages((url) => url.includes(pages.call));
    await chooseOnSelection('#text', '#inside');
    await find(await calling(), 'button', 'Start call');
  });

  test('a selected text without a link opens an empty place for one', async () => {
    await chooseOnSelection('#nothing', '#nothing');
    expect(await textOf(await adding(), 'Contact link')).toBe('');
  });
});
