// Junk resistance: somebody who has Bob's contact link floods its inbox with envelopes of the right size and no meaning, while a
// friend calls. Tells what that costs Bob's computer, and when it rings. Run by bench/commands/junk.mjs.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { startBroadcastRelay } from '../tools/relays/broadcast-relay.mjs';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { loadSupport } from './ours.mjs';

const everyMs = 10;
const envelopeBytes = 1_074;
const measureMs = 10_000;
const ticksPerSecond = 100;

/** Processor seconds that a process and each of its descendants have used, by process. */
function cpuSeconds(rootPid) {
  const stats = readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      // The process ended while we looked.
      return [];
    }
  });
  const family = new Set([rootPid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of stats) if (family.has(parent)) family.add(pid);
  }
  return new Map(stats.filter(({ pid }) => family.has(pid)).map(({ pid, ticks }) => [pid, ticks / ticksPerSecond]));
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Share of one core that Bob's whole browser uses for ten seconds. */
async function coreShare(profile) {
  const pid = profile.browser.process().pid;
  const [before, start] = [cpuSeconds(pid), performance.now()];
  await sleep(measureMs);
  // Processes that ended meanwhile are left out; those that began count whole.
  const used = [...cpuSeconds(pid)].reduce((sum, [one, seconds]) => sum + seconds - (before.get(one) ?? 0), 0);
  return used / ((performance.now() - start) / 1000);
}

function randomEnvelope() {
  const bytes = Buffer.allocUnsafe(envelopeBytes);
  for (let at = 0; at < bytes.length; at += 4)
    bytes.writeUInt32BE((Math.random() * 2 ** 32) >>> 0, Math.min(at, bytes.length - 4));
  return bytes;
}

/** MQTT 3.1.1 section 3.3, QoS 0. */
function mqttPublish(topic, payload) {
  const name = Buffer.from(`ffc1/${topic.toString('base64url')}`);
  const length = 2 + name.length + payload.length;
  return Buffer.concat([Buffer.from([0x30, (length & 127) | 128, length >> 7, 0, name.length]), name, payload]);
}

/** MQTT 3.1.1 section 3.1: clean session, no login, client "junk". */
const mqttConnect = Buffer.from([0x10, 16, 0, 4, 77, 81, 84, 84, 4, 2, 0, 60, 0, 4, 106, 117, 110, 107]);

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

/** Sends junk until it is stopped; tells how much per second really went out. */
async function flood(url, way, topic) {
  const socket = new WebSocket(url, way.subprotocol ? [way.subprotocol] : []);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  if (way.greeting) socket.send(way.greeting);
  // A few thousand different ones, over and over: the pool forgets them again.
  const frames = Array.from({ length: 6_000 }, () => way.frame(topic));
  const start = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    // What the relay cannot take is not held back here: that would measure our own memory.
    const due = Math.min(2_000, Math.floor(((performance.now() - start) / 1000) * way.perSecond) - sent);
    for (let count = 0; count < due && socket.bufferedAmount < 8_000_000; count += 1) {
      socket.send(frames[sent % frames.length]);
      sent += 1;
    }
  }, everyMs);
  return () => {
    clearInterval(timer);
    const rate = sent / ((performance.now() - start) / 1000);
    socket.terminate();
    return rate;
  };
}

/** The topic of the link's inbox, as anybody with the link works it out. */
async function topicOf(support, profile) {
  const parsed = await support.parseContactLink(await support.contactLinkOf(profile), new support.WebCryptoSealer());
  if ('refused' in parsed) throw new Error(parsed.refused);
  const { inboxSecret, ed25519 } = parsed.link;
  const hex = await support.inboxTopic(
    new support.WebCryptoSealer(),
    inboxSecret,
    ed25519,
    support.epochDay(Date.now()),
  );
  return Buffer.from(hex, 'hex');
}

/** Milliseconds from Alice's click to Bob's notification. */
async function ringMs(support, alice, bob, bus) {
  const page = await support.callFromPopup(alice, 'Bob');
  const clicked = await page.evaluate(
    'performance.timeOrigin + performance.getEntriesByType("navigation")[0].startTime',
  );
  const shown = await bus.waitForNotification(({ summary }) => summary === 'Alice is calling');
  await support.clickButton(page, 'Cancel call');
  await support.closeCallPages(alice, bob);
  return shown.shownAt - clicked;
}

/** @returns rows of the table for one kind of relay. */
export async function measureJunk({ root, kind }) {
  const built = process.env['FFC_EXTENSION_DIR'] ?? join(root, 'dist', 'chrome');
  if (!existsSync(join(built, 'manifest.json'))) throw new Error(`No build in ${built}: npm run build`);
  const way = ways[kind];
  const support = await loadSupport(root);
  const extensionDir = mkdtempSync(join(tmpdir(), 'ffc-bench-'));
  cpSync(built, extensionDir, { recursive: true });
  const relay = await way.start();
  const bus = await support.NotificationDaemon.start();
  const profiles = [];
  try {
    for (const name of ['Alice', 'Bob'])
      profiles.push(await support.launchProfile({ name, extensionDir, notifications: bus }));
    const [alice, bob] = profiles;
    await support.becomeContacts(alice, bob, [relay.url]);
    // A call makes them friends.
    const { a, b } = await support.connect(alice, bob);
    await sleep(2_000);
    await support.clickButton(a, 'Leave call');
    await support.waitForStatus(b, /Call ended/);
    await support.closeCallPages(alice, bob);
    const topic = await topicOf(support, bob);
    const calmRing = await ringMs(support, alice, bob, bus);
    await sleep(3_000);
    const calm = await coreShare(bob);
    const stop = await flood(relay.url, way, topic);
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
