// Ours: the built extension in two real profiles that know each other, over a relay on this machine. FFC_EXTENSION_DIR names another
// build than dist/chrome. Everything a person does is a real click; bench/ours-probe.js, in a copy of the build, tells when things were seen.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../tools/relays/nostr-relay.mjs';
import { durations } from './baselines.mjs';
import { median, spread } from './table.mjs';

export const name = 'ours: the built extension over an MQTT relay';
export const footnotes = [
  'the callee opens camera and microphone only after the yes, inside the measured time; the others hold theirs before the call.',
  'two browsers with one profile each, where the others have two contexts of one browser.',
  'ours sends large pictures at half size for the first 1.5 s; the others send them whole.',
  'click -> ring is seen in the window that the sleeping callee’s background opens; the others call back in a page that is open.',
];

/** Rings per contact: six at once, then one in ten seconds (the product's own limit, src/background/invite-admission.ts). */
const ringsAtOnce = 6;
const ringEveryMs = 10_000;
const idleMs = 60_000;
/** Relay trips between click and ring: invite, ringing, alive. */
const tripsToRing = 3;
const tripBytes = 1024;
/** Longer than this no step of a call takes. */
const patienceMs = 20_000;

/** The drivers of the browser tests and the product's relay client, which are TypeScript, through Vite. */
export async function loadSupport(root) {
  const { runnerImport } = await import('vite');
  const files = [
    'drivers/extension-browser',
    'journeys/journeys',
    'drivers/notification-daemon',
    'drivers/page-actions',
    'journeys/two-people',
    'worlds/relay-deps',
  ].map((file) => `tests/support/${file}.ts`);
  const products = [
    'src/platform/relay/relay-pool.ts',
    'src/platform/crypto/web-crypto-sealer.ts',
    'src/core/identity/contact-link.ts',
    'src/core/identity/topics.ts',
  ];
  const modules = await Promise.all(
    [...files, ...products].map((file) => runnerImport(join(root, file), { configFile: false, root })),
  );
  return Object.assign({}, ...modules.map(({ module }) => module));
}

/** A copy of the build whose call page runs the probe first. */
function copyWithProbe(extensionDir, to) {
  cpSync(extensionDir, to, { recursive: true });
  cpSync(new URL('ours-probe.js', import.meta.url), join(to, 'bench-probe.js'));
  const file = join(to, 'src/call/index.html');
  const page = readFileSync(file, 'utf8');
  if (!page.includes('<head>')) throw new Error(`${file} has no <head> to put the probe into`);
  writeFileSync(file, page.replace('<head>', '<head><script src="/bench-probe.js"></script>'));
}

/** A message of a call's size from one client of the relay to another, with the product's own relay client; median of five, in ms. */
async function relayTrip(support, url) {
  const deps = support.relayDeps();
  const pools = [1, 2].map(() => new support.WebSocketRelayPool({ ...deps, urls: [url] }));
  const [from, to] = pools;
  const topic = support.randomTopic();
  let heard = () => {};
  to.onMessage(() => heard(performance.now()));
  to.setTopics(new Set([topic]));
  try {
    const ready = await Promise.all(pools.map((pool) => pool.ready(5_000)));
    if (!ready.every(Boolean)) throw new Error('The relay does not answer');
    const trips = [];
    for (let count = 0; count < 6; count += 1) {
      const arrival = new Promise((resolve) => {
        heard = resolve;
      });
      const start = performance.now();
      await from.publish(topic, support.randomBytes(tripBytes), 5);
      trips.push((await arrival) - start);
    }
    // The first one warms up.
    return median(trips.slice(1));
  } finally {
    for (const pool of pools) pool.close();
  }
}

const bytesOf = ({ frames }) => frames.reduce((sum, { bytes }) => sum + Buffer.byteLength(bytes), 0);

/** Payload bytes per minute, both directions, of a background that only listens: on a relay of each kind. */
async function measureIdle(support, extensionDir) {
  const relays = [await startMqttRelay(), await startNostrRelay()];
  const carol = await support.launchProfile({ name: 'Carol', extensionDir });
  try {
    const { page } = await support.createIdentity(carol, { name: 'Carol', relays: relays.map(({ url }) => url) });
    await page.close();
    await support.untilListening(carol);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    if (relays.some((relay) => relay.connections() !== 1)) throw new Error('Not one idle socket per relay');
    const before = relays.map(bytesOf);
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    return relays.map((relay, index) => ((bytesOf(relay) - before[index]) * 60_000) / idleMs);
  } finally {
    await carol.close();
    await Promise.all(relays.map((relay) => relay.close()));
  }
}

/** The scripts that the call page loads: its own and what they import. */
function callPageScripts(extensionDir) {
  const read = (file) => readFileSync(join(extensionDir, file), 'utf8');
  const first = [...read('src/call/index.html').matchAll(/<script[^>]* src="\/(assets\/[^"]+)"/g)].map(
    ([, file]) => file,
  );
  const scripts = new Set(first);
  // A set hands out what is added while it is walked.
  for (const file of scripts)
    for (const [, name] of read(file).matchAll(/\bfrom\s*"\.\/([^"]+\.js)"|\bimport\s*"\.\/([^"]+\.js)"/g))
      if (name) scripts.add(`assets/${name}`);
  return [...scripts];
}

/** Where a call with Bob begins, as the contact list opens it. */
async function callAddress(support, alice) {
  const contacts = await support.contactsPage(alice);
  await support.clickButton(contacts, 'Call Bob');
  const page = await alice.waitForPage((url) => url.includes(support.pages.call));
  const { pathname, search } = new URL(page.url());
  await Promise.all([page.close(), contacts.close()]);
  return `${pathname.slice(1)}${search}`;
}

/** What the probe saw, on the system's clock. */
async function momentsOf(page) {
  const error = await page.evaluate('ffcBench.clockError()');
  const moments = await page.evaluate('ffcBench.moments()');
  return Object.fromEntries(Object.entries(moments).map(([name, at]) => [name, at + error]));
}

/** Waits for a moment on `page`; when it does not come, says what did. */
async function moment(support, page, name) {
  // A window that the browser has only just opened may still hold its first, empty document.
  await page.waitForFunction('globalThis.ffcBench !== undefined', { timeout: patienceMs });
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(async () => {
      const [says, seen] = await Promise.all([
        support.statusTexts(page).catch(String),
        page.evaluate('ffcBench.moments()').catch(String),
      ]);
      reject(new Error(`waited for "${name}"; the page says ${JSON.stringify(says)} after ${JSON.stringify(seen)}`));
    }, patienceMs);
  });
  try {
    await Promise.race([page.evaluate(`ffcBench.moment(${JSON.stringify(name)})`), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One call with fresh pages: everything is ready before each click, and the person needs no time. */
async function makeCall(support, alice, bob, path, bus) {
  const caller = await alice.page(path);
  await caller.waitForFunction('globalThis.ffcBench?.isQuiet() && ffcBench.hasOwnPicture()', { timeout: patienceMs });
  const ring = support.ringingPage(bob);
  await support.clickButton(caller, 'Start call');
  const callee = await ring;
  await moment(support, callee, 'rang, painted');
  await callee.waitForFunction('ffcBench.isQuiet()', { timeout: patienceMs });
  const seen = Promise.all([caller, callee].map((page) => moment(support, page, 'seen')));
  await Promise.all([seen, support.clickButton(callee, 'Accept with video')]);
  const [one, other] = await Promise.all([caller, callee].map(momentsOf));
  const times = {
    started: one['click Start call'],
    rang: other['rang, painted'],
    accepted: other['click Accept with video'],
    callerFrame: one.seen,
    calleeFrame: other.seen,
  };
  await support.clickButton(caller, 'Leave call');
  await support.waitForStatus(callee, /Call ended/);
  const notified = bus.shown.findLast(({ summary }) => summary === 'Alice is calling');
  return {
    ...durations(times),
    clickToNotificationMs: notified.shownAt - times.started,
    moments: { caller: one, callee: other },
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

/** Facts for the table: what the relay itself takes, what is left of click to ring without it, and sizes. */
function oursFacts(runs, idle, loadedBytes) {
  const trips = runs.map(({ relayTripMs }) => relayTripMs);
  const rest = runs.map((run) => run.clickToRingMs - tripsToRing * run.relayTripMs);
  return [
    ['ours: code of the call page (gzip)', `${(loadedBytes / 1000).toFixed(0)} kB`],
    ['ours: one trip over the relay (publish -> receive)', `${median(trips).toFixed(1)} ms`],
    ['ours: click -> notification on the desktop', `${spread(runs.map((run) => run.clickToNotificationMs))} ms`],
    [`ours: click -> ring window without ${tripsToRing} relay trips`, `${spread(rest)} ms`],
    ['ours: idle traffic on an MQTT relay socket', `${Math.round(idle[0])} bytes per minute`],
    ['ours: idle traffic on a Nostr relay socket', `${Math.round(idle[1])} bytes per minute`],
  ];
}

export async function setUp({ root }) {
  const built = process.env['FFC_EXTENSION_DIR'] ?? join(root, 'dist', 'chrome');
  if (!existsSync(join(built, 'manifest.json'))) throw new Error(`No build in ${built}: npm run build`);
  const temporary = mkdtempSync(join(tmpdir(), 'ffc-bench-'));
  const extensionDir = join(temporary, 'extension');
  const open = [() => rmSync(temporary, { recursive: true, force: true })];
  const close = async () => {
    for (const one of open.splice(0).reverse()) await one();
  };
  try {
    copyWithProbe(built, extensionDir);
    const support = await loadSupport(root);
    const idle = await measureIdle(support, extensionDir);
    const relay = await startMqttRelay({ record: false });
    open.push(() => relay.close());
    const bus = await support.NotificationDaemon.start();
    open.push(() => bus.stop());
    const profiles = [];
    for (const person of ['Alice', 'Bob']) {
      const profile = await support.launchProfile({ name: person, extensionDir, notifications: bus });
      open.push(() => profile.close());
      profiles.push(profile);
    }
    const [alice, bob] = profiles;
    await support.becomeContacts(alice, bob, [relay.url]);
    const path = await callAddress(support, alice);
    const loadedBytes = callPageScripts(built).reduce(
      (sum, file) => sum + gzipSync(readFileSync(join(built, file)), { level: 9 }).length,
      0,
    );
    const pace = pacer();
    return {
      async run() {
        await pace();
        const relayTripMs = await relayTrip(support, relay.url);
        try {
          return { ...(await makeCall(support, alice, bob, path, bus)), relayTripMs };
        } finally {
          await support.closeCallPages(alice, bob);
        }
      },
      facts: (runs) => (runs.length > 0 ? oursFacts(runs, idle, loadedBytes) : []),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
