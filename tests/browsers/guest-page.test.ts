// The page for guests, as it is built, from an ordinary web server: a browser without the extension, and a web page in Firefox, ask to join a
// running call, are let in, see, hear and write, and leave nothing behind.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireChromium } from '../../tools/machine/chromium.mjs';
import { limitMs } from '../../tools/machine/limits.mjs';
import { startMqttRelay } from '../../tools/relays/mqtt-relay.mjs';
import type { LocalRelay } from '../../tools/relays/recording-server.mjs';
import { launchBrowser } from '../support/drivers/browser-kinds.ts';
import { chromiumArguments } from '../support/drivers/chromium-arguments.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { FirefoxBrowser } from '../support/drivers/firefox-browser.ts';
import { permissionScript } from '../support/drivers/firefox-preferences.ts';
import { type GuestPageServer, serveGuestPage } from '../support/drivers/guest-page-server.ts';
import {
  axeViolations,
  clickButton,
  find,
  has,
  screenshot,
  textOf,
  waitForText,
} from '../support/drivers/page-actions.ts';
import { hears, sees } from '../support/journeys/call-checks.ts';
import { openChat, say, untilMessage } from '../support/journeys/chat-steps.ts';
import {
  askToJoin,
  hardToTouch,
  hostsAskedBy,
  likeAPhone,
  nothingStored,
  storedBy,
  watchWakeLocks,
} from '../support/journeys/guest-steps.ts';
import { becomeContacts, closeCallPages, connect, letInEachOther } from '../support/journeys/two-people.ts';
import { aliceMedia, carolMedia, writeMedia } from '../support/samples/generated-media.ts';

/** Whom the others see and hear of a guest. */
const carol = { name: 'Carol', devices: { picture: carolMedia.colour, toneHz: carolMedia.toneHz } } as DrivenBrowser;

let relay: LocalRelay;
let server: GuestPageServer;
let alice: DrivenBrowser;
let bob: DrivenBrowser;
let plain: Browser;
let folder: string;
let a: Page;
let b: Page;
let link: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ffc-guest-'));
  const media = await writeMedia(folder, carolMedia);
  [relay, server, alice, bob, plain] = await Promise.all([
    startMqttRelay({ record: false }),
    serveGuestPage(),
    launchBrowser('Chromium', { name: 'Alice', media: aliceMedia }),
    launchBrowser('Firefox', { name: 'Bob' }),
    puppeteer.launch({ executablePath: requireChromium(), args: chromiumArguments('granted', media) }),
  ]);
  await becomeContacts(alice, bob, [relay.url]);
  ({ a, b } = await connect(alice, bob));
  await clickButton(a, 'Add person');
  await clickButton(a, 'Make a guest link');
  link = await textOf(a, 'Guest link');
  await clickButton(a, 'Done');
});

afterAll(async () => {
  await Promise.all([alice?.close(), bob?.close(), plain?.close()]);
  await Promise.all([relay?.close(), server?.close()]);
  await rm(folder, { recursive: true, force: true });
});

describe('the page for guests', () => {
  test('says what is wrong with an address before anything of a call is loaded', async () => {
    const page = await plain.newPage();
    await page.goto(`${server.address}#ffc:1:AAAA`, { timeout: limitMs(30_000) });
    await waitForText(page, /incomplete or changed/);
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  // README.md#leaves-guest-page
  test('brings a browser without the extension into the call, asks no third host and keeps nothing', async () => {
    const page = await plain.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    const hosts = await hostsAskedBy(page);
    const locks = await watchWakeLocks(page);
    await likeAPhone(page, 320);
    await page.goto(`${server.address}#${link}`, { timeout: limitMs(30_000) });
    await waitForText(page, /Alice invites you/);
    expect(await page.evaluate(() => matchMedia('(pointer: coarse)').matches)).toBe(true);
    // Seen to fail with ui/touch.css left out.
    expect(await hardToTouch(page)).toEqual([]);
    await clickButton(page, 'Check camera and microphone');
    await find(page, 'button', 'Turn camera off');
    expect(await hardToTouch(page)).toEqual([]);
    await page.goto('about:blank', { timeout: limitMs(30_000) });
    await askToJoin(page, 'Carol', `${server.address}#${link}`);
    expect(await page.evaluate(() => location.hash)).toBe('');
    await waitForText(page, /They know that you are here/, 40_000);
    expect(await hardToTouch(page)).toEqual([]);
    await clickButton(a, 'Admit Carol', 40_000);
    await letInEachOther({ page, name: 'Carol' }, { page: b, name: 'Bob' });
    await sees(page, alice);
    await hears(page, alice);
    await sees(a, carol);
    await hears(a, carol);
    await likeAPhone(page, 430);
    expect(await hardToTouch(page)).toEqual([]);
    expect(await locks()).toBe(1);
    await openChat(page, a);
    await say(page, 'I have no extension');
    await untilMessage(a, 'I have no extension');
    await say(a, 'Nice to see you');
    await untilMessage(page, 'Nice to see you');
    expect(await has(page, 'button', 'Add person')).toBe(false);
    await screenshot(page, 'artifacts/guest-page-call.png');
    await clickButton(page, 'Leave call');
    await waitForText(page, /Nothing of this call is kept/);
    expect(await locks()).toBe(0);
    expect(await hardToTouch(page)).toEqual([]);
    expect(await storedBy(page)).toEqual(nothingStored);
    expect([...hosts].sort()).toEqual([server.host, new URL(relay.url).host].sort());
    expect(server.heard.join('\n')).not.toContain('ffc');
    expect(server.heard.join('\n')).not.toContain('Carol');
    // A relay is asked over HTTP what it is, which a policy without plain HTTP forbids for this one here, without TLS on loopback.
    expect(faults.filter((fault) => !fault.includes(new URL(relay.url).host))).toEqual([]);
    await page.close();
  });

  test('works in Firefox, and says so when nobody lets one in', async () => {
    if (bob instanceof FirefoxBrowser) await bob.remote.inBrowserWindow(permissionScript('granted', server.address));
    const page = await bob.browser.newPage();
    await askToJoin(page, 'Dora', `${server.address}#${link}`);
    await clickButton(a, 'Refuse Dora', 40_000);
    await waitForText(page, /They didn’t let you in/, 20_000);
    await page.goto('about:blank', { timeout: limitMs(30_000) });
    await askToJoin(page, 'Dora', `${server.address}#${link}`);
    await clickButton(a, 'Admit Dora', 40_000);
    await sees(page, alice);
    await sees(a, { ...bob, name: 'Dora', devices: bob.devices } as DrivenBrowser);
    await clickButton(page, 'Leave call');
    await waitForText(page, /Nothing of this call is kept/);
    expect(await storedBy(page)).toEqual(nothingStored);
    await page.close();
  });

  test('refuses to be a part of another page', async () => {
    const page = await plain.newPage();
    await page.goto(`${server.address}nothing-here`, { timeout: limitMs(30_000) });
    await page.evaluate((address) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: address }));
    }, `${server.address}#${link}`);
    const frame = await page.waitForFrame((one) => one.url().startsWith(server.address) && one !== page.mainFrame());
    await frame.waitForSelector('a[target="_blank"]', { timeout: limitMs(20_000) });
    expect(await frame.$$('input')).toEqual([]);
    await page.close();
    await find(a, 'button', 'Leave call');
    await closeCallPages(alice, bob);
  });
});
