// The context menu for real: a window on a virtual screen, a right click on a contact link of an ordinary web page, keys on the menu.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalRelay, startMqttRelay } from '../../scripts/local-relays.mjs';
import { extensionDir } from '../support/built-extension.ts';
import { until } from '../support/condition.ts';
import { ExtensionBrowser } from '../support/extension-browser.ts';
import { aliceMedia, bobMedia } from '../support/generated-media.ts';
import { createIdentity, pages } from '../support/journeys.ts';
import { find, textOf } from '../support/page-actions.ts';
import { addContactInTab } from '../support/two-people.ts';
import { VirtualDisplay } from '../support/virtual-display.ts';

let display: VirtualDisplay;
let relay: LocalRelay;
let web: Server;
let alice: ExtensionBrowser;
let bobLink: string;
let page = '';

beforeAll(async () => {
  [display, relay] = await Promise.all([VirtualDisplay.start(), startMqttRelay({ record: false })]);
  const bob = await ExtensionBrowser.launch({ name: 'Bob', extensionDir, media: bobMedia });
  bobLink = (await createIdentity(bob, { name: 'Bob', relays: [relay.url] })).contactLink;
  await bob.close();
  alice = await ExtensionBrowser.launch({
    name: 'Alice',
    extensionDir,
    media: aliceMedia,
    headless: false,
    args: [`--display=${display.name}`, '--ozone-platform=x11', '--window-size=1100,800', '--window-position=0,0'],
  });
  await createIdentity(alice, { name: 'Alice', relays: [relay.url] });
  web = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>Bob</title><body style="font-size:40px"><a id="link" href="web+${bobLink}">Call me</a>`,
    );
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  page = `http://127.0.0.1:${(web.address() as AddressInfo).port}/`;
});

afterAll(async () => {
  await alice?.close();
  await Promise.all([relay?.close(), display?.stop()]);
  web?.close();
});

/** Opens the page's native menu on the link and takes the last entry but one: ours, above "Inspect". */
async function chooseFromMenu(): Promise<void> {
  const tab = await alice.browser.newPage();
  await tab.goto(page);
  await tab.bringToFront();
  const box = await (await tab.$('#link'))?.boundingBox();
  if (!box) throw new Error('no link');
  const windows = await display.windowCount();
  // The menu holds the page until it is closed: the click is not waited for.
  const clicked = tab.mouse
    .click(box.x + box.width / 2, box.y + box.height / 2, { button: 'right' })
    .catch(() => undefined);
  await until(async () => (await display.windowCount()) > windows, { what: 'the menu' });
  await display.press('Up', 'Up', 'Return');
  await clicked;
}

test('a stranger is offered to be added first, a contact is called', async () => {
  await chooseFromMenu();
  const adding = await alice.waitForPage((url) => url.includes(`${pages.popup}?add=`));
  expect(await textOf(adding, 'Contact link')).toBe(bobLink);
  await find(adding, 'button', 'Add and call');
  await adding.close();
  await addContactInTab(alice, bobLink, 'Bob');
  await chooseFromMenu();
  const calling = await alice.waitForPage((url) => url.includes(`${pages.call}?to=`));
  await find(calling, 'button', 'Start call');
});
