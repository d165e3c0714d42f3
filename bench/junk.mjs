// Junk resistance: somebody who has Bob's contact link floods its inbox with envelopes of the right size and no meaning, while a
// friend calls. Tells what that costs Bob's computer, and when it rings. Run by bench/commands/junk.mjs.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroadcastRelay } from '../tools/relays/broadcast-relay.mjs';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { mqttConnect, mqttPublish, randomEnvelope, startFlood } from './flood.mjs';
import { secondsByProcess } from './processor-time.mjs';
import { builtExtension, linkTopicOf, loadSupport, openedAt } from './support.mjs';

/** @import { LocalRelay } from '../tools/relays/recording-server.mjs' */
/** @import { NotificationDaemon } from '../tests/support/drivers/notification-daemon.ts' */
/** @import { Profile, Support } from './support.mjs' */

/**
 * How junk reaches an inbox over one kind of relay.
 * @typedef {object} Way
 * @property {number} perSecond
 * @property {() => Promise<LocalRelay>} start
 * @property {string} [subprotocol]
 * @property {Uint8Array} [greeting]
 * @property {(topic: Buffer) => Buffer} frame
 */

const measureMs = 10_000;

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Share of one core that a person's whole browser uses for ten seconds.
 * @param {Profile} profile
 */
async function coreShare(profile) {
  const pid = profile.browser.process()?.pid;
  if (pid === undefined) throw new Error('The browser is no process of ours.');
  const [before, start] = [secondsByProcess(pid), performance.now()];
  await sleep(measureMs);
  // Processes that ended meanwhile are left out; those that began count whole.
  const used = [...secondsByProcess(pid)].reduce((sum, [one, seconds]) => sum + seconds - (before.get(one) ?? 0), 0);
  return used / ((performance.now() - start) / 1000);
}

/** @type {Readonly<Record<'mqtt' | 'broadcast', Way>>} */
const ways = {
  mqtt: {
    perSecond: 10_000,
    start: () => startMqttRelay({ record: false }),
    subprotocol: 'mqtt',
    greeting: mqttConnect,
    frame: (topic) => mqttPublish(topic, randomEnvelope()),
  },
  broadcast: {
    // More than this drowns relay and network, whoever listens: everything goes to everybody, four sockets here.
    perSecond: 1_000,
    start: () => startBroadcastRelay({ record: false }),
    frame: (topic) => Buffer.concat([topic, randomEnvelope()]),
  },
};

/**
 * Milliseconds from Alice's click to Bob's notification.
 * @param {Support} support
 * @param {Profile} alice
 * @param {Profile} bob
 * @param {NotificationDaemon} bus
 */
async function ringMs(support, alice, bob, bus) {
  const page = await support.callFromPopup(alice, 'Bob');
  const clicked = await openedAt(page);
  const shown = await bus.waitForNotification(({ summary }) => summary === 'Alice is calling');
  await support.clickButton(page, 'Cancel call');
  await support.closeCallPages(alice, bob);
  return shown.shownAt - clicked;
}

/**
 * @param {{ readonly root: string, readonly kind: keyof typeof ways }} asked
 * @returns the row of the table for one kind of relay.
 */
export async function measureJunk({ root, kind }) {
  const built = builtExtension(root);
  const way = ways[kind];
  const support = await loadSupport(root);
  const extensionDir = mkdtempSync(join(tmpdir(), 'ffc-bench-'));
  cpSync(built, extensionDir, { recursive: true });
  const relay = await way.start();
  const bus = await support.NotificationDaemon.start();
  /** @type {Profile[]} */
  const profiles = [];
  const launch = async (/** @type {string} */ name) => {
    const profile = await support.launchProfile({ name, extensionDir, notifications: bus });
    profiles.push(profile);
    return profile;
  };
  try {
    const alice = await launch('Alice');
    const bob = await launch('Bob');
    await support.becomeContacts(alice, bob, [relay.url]);
    // A call makes them friends.
    const { a, b } = await support.connect(alice, bob);
    await sleep(2_000);
    await support.clickButton(a, 'Leave call');
    await support.waitForStatus(b, /Call ended/);
    await support.closeCallPages(alice, bob);
    const topic = await linkTopicOf(support, bob);
    const calmRing = await ringMs(support, alice, bob, bus);
    await sleep(3_000);
    const calm = await coreShare(bob);
    // A few thousand different ones, over and over: the pool forgets them again.
    const frames = Array.from({ length: 6_000 }, () => way.frame(topic));
    const stop = await startFlood({ ...way, url: relay.url, frames });
    await sleep(1_000);
    const busy = await coreShare(bob);
    const floodRing = await ringMs(support, alice, bob, bus);
    return { kind, calm, busy, calmRing, floodRing, rate: stop() };
  } finally {
    for (const profile of profiles) await profile.close();
    await relay.close();
    await bus.stop();
    rmSync(extensionDir, { recursive: true, force: true });
  }
}
