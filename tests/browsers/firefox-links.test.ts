// Contact links on ordinary web pages in real Firefox: the context menu, and a click on a link of our scheme, each through Firefox's
// own menus and dialogs.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LocalRelay, startMqttRelay } from '../../scripts/local-relays.mjs';
import { formatContactLink } from '../../src/core/contact-link.ts';
import { firefoxExtensionDir as extensionDir } from '../support/built-extension.ts';
import { until } from '../support/condition.ts';
import { FirefoxBrowser } from '../support/firefox-browser.ts';
import { createIdentity, pages } from '../support/journeys.ts';
import { find, textOf } from '../support/page-actions.ts';
import { sealer, testIdentity } from '../support/test-identity.ts';
import { addContactInTab } from '../support/two-people.ts';

let relay: LocalRelay;
let web: Server;
let alice: FirefoxBrowser;
let bobLink: string;

beforeAll(async () => {
  relay = await startMqttRelay({ record: false });
  alice = await FirefoxBrowser.launch({ name: 'Alice', extensionDir });
  await createIdentity(alice, { name: 'Alice', relays: [relay.url] });
  const { ed25519, x25519, keys } = await testIdentity(1);
  const { inboxSecret } = keys;
  bobLink = await formatContactLink({ ed25519, x25519, inboxSecret, relays: [relay.url], name: 'Bob' }, sealer);
  web = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>Bob</title><a id="link" href="web+${bobLink}">Call me</a>`);
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await alice.closePages((url) => url.startsWith('http:') || url.includes(pages.popup) || url.includes(pages.call));
});

afterAll(async () => {
  await alice?.close();
  await relay?.close();
  web?.close();
});

async function openWebPage() {
  const page = await alice.browser.newPage();
  await page.goto(`http://127.0.0.1:${(web.address() as AddressInfo).port}/`);
  return page;
}

/** Right-clicks the link and chooses our entry. */
async function chooseFromMenu(): Promise<void> {
  const page = await openWebPage();
  await page.click('#link', { button: 'right' });
  const choose = `const menu = document.getElementById('contentAreaContextMenu');
    const item = [...menu.querySelectorAll('menuitem')].find((one) => one.label === 'Call with FreeFlow Connect');
    if (menu.state !== 'open' || !item) return false;
    menu.activateItem(item);
    return true;`;
  await until(() => alice.remote.inBrowserWindow(choose), { what: 'our entry in the menu' });
}

test('a link of our scheme is clicked, Firefox asks, and the person is offered to be added', async () => {
  const page = await openWebPage();
  await page.click('#link');
  const answer = `const box = gBrowser.getTabDialogBox(gBrowser.selectedBrowser);
    const question = box.getTabDialogManager()._topDialog?._frame?.contentDocument?.querySelector('dialog');
    const button = question?.getButton?.('accept');
    if (!button || button.disabled) return false;
    question.acceptDialog();
    return true;`;
  await until(() => alice.remote.inBrowserWindow(answer), { what: "Firefox's question" });
  const adding = await alice.waitForPage((url) => url.includes(`${pages.popup}?add=`));
  expect(await textOf(adding, 'Contact link')).toContain(bobLink);
  await find(adding, 'button', 'Add and call');
});

test('right-clicked: a stranger is offered to be added first, a contact is called', async () => {
  await chooseFromMenu();
  const adding = await alice.waitForPage((url) => url.includes(`${pages.popup}?add=`));
  expect(await textOf(adding, 'Contact link')).toBe(bobLink);
  await adding.close();
  await addContactInTab(alice, bobLink, 'Bob');
  await chooseFromMenu();
  const calling = await alice.waitForPage((url) => url.includes(`${pages.call}?to=`));
  await find(calling, 'button', 'Start call');
});
