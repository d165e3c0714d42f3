// Ours: the built extension in two real profiles that know each other, over a relay on this machine. FFC_EXTENSION_DIR names another
// build than dist/chrome. Everything a person does is a real click; bench/ours-probe.js, in a copy of the build, tells when things were seen.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { durations } from './baselines.mjs';
import { callPageBytes, measureIdle, oursFacts, relayTrip } from './ours-facts.mjs';
import { builtExtension, copyWithProbe, loadSupport } from './support.mjs';

/** @import { Page } from 'puppeteer-core' */
/** @import { NotificationDaemon } from '../tests/support/drivers/notification-daemon.ts' */
/** @import { Lane, Participant, Surroundings } from './baselines.mjs' */
/** @import { OursTimes } from './ours-facts.mjs' */
/** @import { Profile, Support } from './support.mjs' */

const footnotes = [
  'the callee opens camera and microphone only after the yes, inside the measured time; the others hold theirs before the call.',
  'two browsers with one profile each, where the others have two contexts of one browser.',
  'ours sends large pictures at half size for the first 1.5 s; the others send them whole.',
  'click -> ring is seen in the window that the sleeping callee’s background opens; the others call back in a page that is open.',
];

/** Rings per contact: six at once, then one in ten seconds (the product's own limit, src/background/invite-admission.ts). */
const ringsAtOnce = 6;
const ringEveryMs = 10_000;
/** Longer than this no step of a call takes. */
const patienceMs = 20_000;

/**
 * Where a call with Bob begins, as the contact list opens it.
 * @param {Support} support
 * @param {Profile} alice
 */
async function callAddress(support, alice) {
  const contacts = await support.contactsPage(alice);
  await support.clickButton(contacts, 'Call Bob');
  const page = await alice.waitForPage((url) => url.includes(support.pages.call));
  const { pathname, search } = new URL(page.url());
  await Promise.all([page.close(), contacts.close()]);
  return `${pathname.slice(1)}${search}`;
}

/**
 * What the probe saw, on the system's clock.
 * @param {Page} page
 * @returns {Promise<(name: string) => number>}
 */
async function momentsOf(page) {
  const error = await page.evaluate(() => ffcBench.clockError());
  const moments = await page.evaluate(() => ffcBench.moments());
  return (name) => (moments[name] ?? Number.NaN) + error;
}

/**
 * Waits for a moment on `page`; when it does not come, says what did.
 * @param {Support} support
 * @param {Page} page
 * @param {string} name
 */
async function moment(support, page, name) {
  // A window that the browser has only just opened may still hold its first, empty document.
  await page.waitForFunction('globalThis.ffcBench !== undefined', { timeout: patienceMs });
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(async () => {
      const [says, seen] = await Promise.all([
        support.statusTexts(page).catch(String),
        page.evaluate(() => ffcBench.moments()).catch(String),
      ]);
      reject(new Error(`waited for "${name}"; the page says ${JSON.stringify(says)} after ${JSON.stringify(seen)}`));
    }, patienceMs);
  });
  try {
    await Promise.race([page.evaluate((wanted) => ffcBench.moment(wanted), name), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One call with fresh pages: everything is ready before each click, and the person needs no time.
 * @param {Support} support
 * @param {Profile} alice
 * @param {Profile} bob
 * @param {string} path
 * @param {NotificationDaemon} bus
 * @returns {Promise<Omit<OursTimes, 'relayTripMs'>>}
 */
async function makeCall(support, alice, bob, path, bus) {
  const caller = await alice.page(path);
  // An address makes nothing ready by itself.
  await support.clickButton(caller, 'Check camera and microphone');
  await caller.waitForFunction('globalThis.ffcBench?.isQuiet() && ffcBench.hasOwnPicture()', { timeout: patienceMs });
  const ring = support.ringingPage(bob);
  await support.clickButton(caller, 'Start call');
  const callee = await ring;
  await moment(support, callee, 'rang, painted');
  await callee.waitForFunction('ffcBench.isQuiet()', { timeout: patienceMs });
  const seen = Promise.all([caller, callee].map((page) => moment(support, page, 'seen')));
  await Promise.all([seen, support.clickButton(callee, 'Accept with video')]);
  const [one, other] = await Promise.all([momentsOf(caller), momentsOf(callee)]);
  const times = {
    started: one('click Start call'),
    rang: other('rang, painted'),
    accepted: other('click Accept with video'),
    callerFrame: one('seen'),
    calleeFrame: other('seen'),
  };
  await support.clickButton(caller, 'Leave call');
  await support.waitForStatus(callee, /Call ended/);
  const notified = bus.shown.findLast(({ summary }) => summary === 'Alice is calling');
  return {
    ...durations(times),
    clickToNotificationMs: (notified?.shownAt ?? Number.NaN) - times.started,
  };
}

/** Waits as long as the callee would not be rung otherwise. */
function pacer() {
  let budget = ringsAtOnce;
  let at = Date.now();
  return async () => {
    const refill = () => {
      budget = Math.min(ringsAtOnce, budget + (Date.now() - at) / ringEveryMs);
      at = Date.now();
    };
    refill();
    if (budget < 1.2) await new Promise((resolve) => setTimeout(resolve, (1.2 - budget) * ringEveryMs));
    refill();
    budget -= 1;
  };
}

/**
 * @param {Surroundings} surroundings
 * @returns {Promise<Lane>}
 */
async function setUp({ root }) {
  const built = builtExtension(root);
  const temporary = mkdtempSync(join(tmpdir(), 'ffc-bench-'));
  const extensionDir = join(temporary, 'extension');
  /** @type {(() => unknown)[]} */
  const open = [() => rmSync(temporary, { recursive: true, force: true })];
  const close = async () => {
    for (const one of open.splice(0).reverse()) await one();
  };
  try {
    copyWithProbe(built, extensionDir, 'ours-probe.js');
    const support = await loadSupport(root);
    const idle = await measureIdle(support, extensionDir);
    const relay = await startMqttRelay({ record: false });
    open.push(() => relay.close());
    const bus = await support.NotificationDaemon.start();
    open.push(() => bus.stop());
    const launch = async (/** @type {string} */ name) => {
      const profile = await support.launchProfile({ name, extensionDir, notifications: bus });
      open.push(() => profile.close());
      return profile;
    };
    const alice = await launch('Alice');
    const bob = await launch('Bob');
    await support.becomeContacts(alice, bob, [relay.url]);
    const path = await callAddress(support, alice);
    const pace = pacer();
    /** @type {OursTimes[]} */
    const runs = [];
    return {
      async run() {
        await pace();
        const relayTripMs = await relayTrip(support, relay.url);
        try {
          const times = { ...(await makeCall(support, alice, bob, path, bus)), relayTripMs };
          runs.push(times);
          return times;
        } finally {
          await support.closeCallPages(alice, bob);
        }
      },
      facts: () => (runs.length > 0 ? oursFacts(runs, idle, callPageBytes(built)) : []),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @type {Participant} */
export const ours = { name: 'ours: the built extension over an MQTT relay', footnotes, setUp };
