// What is told of ours beside the times: the way over the relay alone, what a background that only listens costs, and the size of a page.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../tools/relays/nostr-relay.mjs';
import { median, spread } from './table.mjs';

/** @import { LocalRelay } from '../tools/relays/recording-server.mjs' */
/** @import { Support } from './support.mjs' */
/** @import { Cells, Times } from './table.mjs' */
/** @typedef {Times & { readonly clickToNotificationMs: number, readonly relayTripMs: number }} OursTimes */

const idleMs = 60_000;
/** Relay trips between click and ring: invite, ringing, alive. */
const tripsToRing = 3;
const tripBytes = 1024;

/**
 * A message of a call's size from one client of the relay to another, with the product's own relay client; median of five, in ms.
 * @param {Support} support
 * @param {string} url
 */
export async function relayTrip(support, url) {
  const deps = support.relayDeps();
  const open = () => new support.WebSocketRelayPool({ ...deps, urls: [url] });
  const [from, to] = [open(), open()];
  const pools = [from, to];
  const topic = support.randomTopic();
  /** @type {(at: number) => void} */
  let heard = () => {};
  to.onMessage(() => heard(performance.now()));
  to.setTopics(new Set([topic]));
  try {
    const ready = await Promise.all(pools.map((pool) => pool.ready(5_000)));
    if (!ready.every(Boolean)) throw new Error('The relay does not answer');
    /** @type {number[]} */
    const trips = [];
    for (let count = 0; count < 6; count += 1) {
      /** @type {Promise<number>} */
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

/** @param {LocalRelay} relay */
const bytesOf = ({ frames }) => frames.reduce((sum, { bytes }) => sum + Buffer.byteLength(bytes), 0);

/**
 * Payload bytes per minute, both directions, of a background that only listens: on a relay of each kind.
 * @param {Support} support
 * @param {string} extensionDir
 */
export async function measureIdle(support, extensionDir) {
  const [mqtt, nostr] = [await startMqttRelay(), await startNostrRelay()];
  const relays = [mqtt, nostr];
  const carol = await support.launchProfile({ name: 'Carol', extensionDir });
  try {
    const { page } = await support.createIdentity(carol, { name: 'Carol', relays: relays.map(({ url }) => url) });
    await page.close();
    await support.untilListening(carol);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    if (relays.some((relay) => relay.connections() !== 1)) throw new Error('Not one idle socket per relay');
    const before = { mqtt: bytesOf(mqtt), nostr: bytesOf(nostr) };
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const perMinute = (/** @type {number} */ bytes) => (bytes * 60_000) / idleMs;
    return { mqtt: perMinute(bytesOf(mqtt) - before.mqtt), nostr: perMinute(bytesOf(nostr) - before.nostr) };
  } finally {
    await carol.close();
    await Promise.all(relays.map((relay) => relay.close()));
  }
}

/**
 * The scripts that the call page loads: its own and what they import.
 * @param {string} extensionDir
 */
function callPageScripts(extensionDir) {
  const read = (/** @type {string} */ file) => readFileSync(join(extensionDir, file), 'utf8');
  const first = [...read('src/call/index.html').matchAll(/<script[^>]* src="\/(assets\/[^"]+)"/g)].flatMap(
    ([, file]) => file ?? [],
  );
  const scripts = new Set(first);
  // A set hands out what is added while it is walked.
  for (const file of scripts)
    for (const [, name] of read(file).matchAll(/\b(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      if (name) scripts.add(`assets/${name}`);
  return [...scripts];
}

/**
 * How many bytes of code the call page loads, compressed.
 * @param {string} extensionDir
 */
export const callPageBytes = (extensionDir) =>
  callPageScripts(extensionDir).reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(extensionDir, file)), { level: 9 }).length,
    0,
  );

/**
 * Facts for the table: what the relay itself takes, what is left of click to ring without it, and sizes.
 * @param {readonly OursTimes[]} runs
 * @param {{ readonly mqtt: number, readonly nostr: number }} idle
 * @param {number} loadedBytes
 * @returns {readonly Cells[]}
 */
export function oursFacts(runs, idle, loadedBytes) {
  const trips = runs.map(({ relayTripMs }) => relayTripMs);
  const rest = runs.map((run) => run.clickToRingMs - tripsToRing * run.relayTripMs);
  return [
    ['ours: code of the call page (gzip)', `${(loadedBytes / 1000).toFixed(0)} kB`],
    ['ours: one trip over the relay (publish -> receive)', `${median(trips).toFixed(1)} ms`],
    ['ours: click -> notification on the desktop', `${spread(runs.map((run) => run.clickToNotificationMs))} ms`],
    [`ours: click -> ring window without ${tripsToRing} relay trips`, `${spread(rest)} ms`],
    ['ours: idle traffic on an MQTT relay socket', `${Math.round(idle.mqtt)} bytes per minute`],
    ['ours: idle traffic on a Nostr relay socket', `${Math.round(idle.nostr)} bytes per minute`],
  ];
}
