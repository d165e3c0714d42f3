// npm start: a call to look at on this machine. A relay here, two browsers (Alice, Bob) that know each other, then yours.
// With no display, or with -- --auto, it makes the call itself and leaves screenshots in artifacts/start/. Both have Chromium;
// -- --browser firefox gives both Firefox, -- --mixed gives Bob Firefox.
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root, runMain } from '../tools/machine/install.mjs';
import { knowMachine } from '../tools/machine/machine.mjs';
import { buildExtension } from '../tools/package/build-extension.mjs';

const { values: options } = parseArgs({
  options: {
    auto: { type: 'boolean', default: false },
    browser: { type: 'string', default: 'chromium' },
    mixed: { type: 'boolean', default: false },
  },
});
/** @import { DrivenBrowser } from '../tests/support/drivers/driven-browser.ts' */
/** @import { Page } from 'puppeteer-core' */

/** @typedef {'chromium' | 'firefox'} BrowserName */
/** @typedef {Readonly<Record<BrowserName, string>>} Builds The folder of the extension for each browser. */

const targetOf = /** @type {const} */ ({ chromium: 'chrome', firefox: 'firefox' });
const isBrowserName = (/** @type {string} */ name) => name in targetOf;
const chosenBrowser = /** @type {BrowserName} */ (options.browser);
/** What each of them has. */
const browserOf = /** @type {const} */ ({
  Alice: chosenBrowser,
  Bob: options.mixed ? 'firefox' : chosenBrowser,
});
const browsers = [...new Set(Object.values(browserOf))];
const hasDisplay = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'] || process.platform !== 'linux');
const isAuto = options.auto || !hasDisplay;
const shots = join(root, 'artifacts', 'start');

/**
 * What has to be closed again, last opened first.
 * @type {(() => Promise<void>)[]}
 */
const open = [];
const began = performance.now();
/** @param {string} words */
const say = (words) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${words}`);

/**
 * Runs one step and says how long it took.
 * @template T
 * @param {string} words
 * @param {() => Promise<T>} work
 */
async function step(words, work) {
  const start = performance.now();
  const result = await work();
  say(`${words} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

/**
 * The drivers of the browser tests.
 * @typedef {typeof import('../tests/support/journeys/call-checks.ts')
 *   & typeof import('../tests/support/drivers/extension-browser.ts')
 *   & typeof import('../tests/support/drivers/firefox-browser.ts')
 *   & typeof import('../tests/support/samples/generated-media.ts')
 *   & typeof import('../tests/support/journeys/journeys.ts')
 *   & typeof import('../tests/support/drivers/notification-daemon.ts')
 *   & typeof import('../tests/support/drivers/page-actions.ts')} Support
 */

/**
 * Loads the drivers, which are TypeScript, through Vite.
 * @returns {Promise<Support>}
 */
async function loadSupport() {
  const { runnerImport } = await import('vite');
  const names = [
    'journeys/call-checks',
    'drivers/extension-browser',
    'drivers/firefox-browser',
    'samples/generated-media',
    'journeys/journeys',
    'drivers/notification-daemon',
    'drivers/page-actions',
  ];
  const modules = await Promise.all(
    names.map((name) => runnerImport(join(root, 'tests', 'support', `${name}.ts`), { configFile: false, root })),
  );
  return Object.assign({}, ...modules.map(({ module }) => module));
}

/**
 * @param {Support} support
 * @param {'Alice' | 'Bob'} name
 * @param {import('../tests/support/samples/generated-media.ts').MediaSpec} media
 * @param {Builds} extensionDirs
 * @returns {Promise<DrivenBrowser>}
 */
async function openProfile(support, name, media, extensionDirs) {
  const daemon = isAuto ? await support.NotificationDaemon.start() : undefined;
  if (daemon) open.push(() => daemon.stop());
  const browser = browserOf[name];
  /** @type {'desktop' | NonNullable<typeof daemon>} */
  const notifications = daemon ?? 'desktop';
  const shared = { name, extensionDir: extensionDirs[browser], notifications, headless: isAuto };
  const profile =
    browser === 'firefox'
      ? await support.FirefoxBrowser.launch({ ...shared, toneHz: media.toneHz })
      : await support.launchProfile({ ...shared, media });
  open.push(() => profile.close());
  return profile;
}

/**
 * What to expect of somebody's fake camera.
 * @param {DrivenBrowser} profile
 */
const pictureOf = ({ devices }) =>
  devices.picture === 'changing' ? 'picture of changing colours' : `${devices.picture} picture`;

/**
 * Creates both identities and exchanges the contact links, as two people would.
 * @param {Support} support
 * @param {DrivenBrowser} alice
 * @param {DrivenBrowser} bob
 * @param {import('../tools/relays/recording-server.mjs').LocalRelay} relay
 */
async function introduce(support, alice, bob, relay) {
  const begin = (/** @type {DrivenBrowser} */ profile) =>
    support.createIdentity(profile, { name: profile.name, relays: [relay.url], noiseSuppression: true });
  const [a, b] = await Promise.all([begin(alice), begin(bob)]);
  // A real popup closes with the tab under it, and with somebody at the screen it would close at any click elsewhere.
  if (isAuto) await Promise.all([a.page.close(), b.page.close()]);
  const contactsPage = (/** @type {DrivenBrowser} */ profile) =>
    isAuto ? profile.popup() : profile.page(support.pages.popup);
  const alicePopup = await support.addContact(alice, b.contactLink, 'Bob', await contactsPage(alice));
  const bobPopup = await support.addContact(bob, a.contactLink, 'Alice', await contactsPage(bob));
  await Promise.all([alicePopup, bobPopup].map((popup) => support.waitUntilReachable(popup)));
  await bobPopup.close();
  if (!isAuto) await alicePopup.close();
  return alicePopup;
}

/**
 * Alice calls, Bob clicks Accept on his notification, both look and listen, Alice leaves.
 * @param {Support} support
 * @param {DrivenBrowser} alice
 * @param {DrivenBrowser} bob
 * @param {Page} alicePopup
 */
async function makeTheCall(support, alice, bob, alicePopup) {
  await support.screenshot(alicePopup, join(shots, 'alice-contacts.png'));
  const alicePage = await step('Alice clicked "Call Bob"', () =>
    support.startCall(alice, 'Bob', { popup: alicePopup }),
  );
  const answers = browserOf.Bob === 'firefox' ? 'his notification, and then Accept' : 'Accept on his notification';
  const bobPage = await step(`Bob clicked ${answers}`, () => support.acceptByNotification(bob, 'Alice'));
  await step('Both are connected', () =>
    Promise.all([alicePage, bobPage].map((page) => support.waitForStatus(page, /Connected/, 30_000))),
  );
  try {
    for (const { who, page, other } of [
      { who: alice, page: alicePage, other: bob },
      { who: bob, page: bobPage, other: alice },
    ])
      await step(
        `${who.name} sees ${other.name}'s ${pictureOf(other)} and hears a tone of ${other.devices.toneHz} Hz`,
        () => Promise.all([support.sees(page, other), support.hears(page, other)]),
      );
  } finally {
    await support.screenshot(alicePage, join(shots, 'alice-call.png'));
    await support.screenshot(bobPage, join(shots, 'bob-call.png'));
  }
  await step('Alice left the call, and Bob was told', async () => {
    await support.clickButton(alicePage, 'Leave call');
    await support.waitForStatus(bobPage, /Call ended/);
  });
  await support.screenshot(alicePage, join(shots, 'alice-ended.png'));
  await support.screenshot(bobPage, join(shots, 'bob-ended.png'));
  say(`Screenshots are in ${relative(process.cwd(), shots) || shots}`);
}

/**
 * Resolves when a browser was closed by hand.
 * @param {readonly DrivenBrowser[]} profiles
 */
const closedByHand = (profiles) =>
  Promise.race(profiles.map(({ browser }) => new Promise((resolve) => browser.once('disconnected', resolve))));

async function closeAll() {
  for (const close of open.splice(0).reverse()) await close().catch(() => {});
}

async function demonstrate() {
  const extensionDirs = { chromium: '', firefox: '' };
  for (const browser of browsers)
    extensionDirs[browser] = await step(`The extension is built for ${browser}`, () =>
      buildExtension(targetOf[browser], 'warn'),
    );
  const support = await loadSupport();
  const { startMqttRelay } = await import('../tools/relays/mqtt-relay.mjs');
  const relay = await step('A relay (MQTT over WebSocket) runs on this machine', () =>
    startMqttRelay({ record: false }),
  );
  open.push(() => relay.close());
  say(`Its address is ${relay.url}`);
  const [alice, bob] = await step('Two browsers are open: Alice and Bob', () =>
    Promise.all([
      openProfile(support, 'Alice', support.aliceMedia, extensionDirs),
      openProfile(support, 'Bob', support.bobMedia, extensionDirs),
    ]),
  );
  const alicePopup = await step('Both have an identity and each other as a contact', () =>
    introduce(support, alice, bob, relay),
  );
  if (isAuto) {
    await makeTheCall(support, alice, bob, alicePopup);
    return;
  }
  say(
    'Ready. Click the FreeFlow Connect icon in Alice\'s toolbar, then the camera beside "Bob". Bob\'s browser rings.',
  );
  const pictures = [alice, bob].map(({ name, devices }) =>
    devices.picture === 'changing' ? `${name} changes colour` : `${name} is ${devices.picture}`,
  );
  say(`Their cameras are made-up pictures: ${pictures.join(', ')}. Ctrl+C ends everything.`);
  await closedByHand([alice, bob]);
}

/** @type {Promise<'interrupted'>} */
const interruption = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve('interrupted'));
});

await runMain(async () => {
  if (!isBrowserName(options.browser)) throw new Error('--browser takes chromium or firefox.');
  ensureInstalled({ browsers, desktop: isAuto });
  await knowMachine();
  rmSync(shots, { recursive: true, force: true });
  mkdirSync(shots, { recursive: true });
  try {
    if ((await Promise.race([demonstrate(), interruption])) === 'interrupted') say('Interrupted: closing everything');
  } finally {
    await closeAll();
  }
});
process.exit();
