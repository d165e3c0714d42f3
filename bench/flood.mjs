// Junk for the inboxes of somebody, over a relay on this machine: random bytes, and calls of people who do not exist.
import { WebSocket } from 'ws';

/** @import { Support } from './support.mjs' */
/** @import { Recipient } from '../src/core/signaling/mail.ts' */

/**
 * How a flood goes.
 * @typedef {object} Flood
 * @property {string} url
 * @property {number} perSecond
 * @property {readonly Uint8Array[]} frames over and over.
 * @property {string} [subprotocol]
 * @property {Uint8Array} [greeting]
 */

const everyMs = 10;
const envelopeBytes = 1_074;

/** Of the right size and no meaning. */
export function randomEnvelope() {
  const bytes = Buffer.allocUnsafe(envelopeBytes);
  for (let at = 0; at < bytes.length; at += 4)
    bytes.writeUInt32BE((Math.random() * 2 ** 32) >>> 0, Math.min(at, bytes.length - 4));
  return bytes;
}

/**
 * MQTT 3.1.1 section 3.3, QoS 0.
 * @param {Buffer} topic
 * @param {Uint8Array} payload
 */
export function mqttPublish(topic, payload) {
  const name = Buffer.from(`ffc1/${topic.toString('base64url')}`);
  const rest = 2 + name.length + payload.length;
  const length = [];
  for (let left = rest; length.length === 0 || left > 0; left >>= 7) length.push((left & 127) | (left > 127 ? 128 : 0));
  return Buffer.concat([Buffer.from([0x30, ...length, 0, name.length]), name, payload]);
}

/** MQTT 3.1.1 section 3.1: clean session, no login, client "junk". */
export const mqttConnect = Buffer.from([0x10, 16, 0, 4, 77, 81, 84, 84, 4, 2, 0, 60, 0, 4, 106, 117, 110, 107]);

/**
 * Sends junk until it is stopped; tells how much per second really went out.
 * @param {Flood} flood
 */
export async function startFlood({ url, perSecond, frames, subprotocol, greeting }) {
  const socket = new WebSocket(url, subprotocol ? [subprotocol] : []);
  await new Promise((resolve, reject) => socket.once('open', () => resolve(undefined)).once('error', reject));
  if (greeting) socket.send(greeting);
  const start = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    // What the relay cannot take is not held back here: that would measure our own memory.
    const due = Math.min(2_000, Math.floor(((performance.now() - start) / 1000) * perSecond) - sent);
    for (let count = 0; count < due && socket.bufferedAmount < 8_000_000; count += 1) {
      socket.send(frames[sent % frames.length] ?? randomEnvelope());
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

/**
 * Well-sealed calls, each of another person whom nobody knows.
 * @param {Support} support
 * @param {Recipient} to
 * @param {Buffer} topic
 * @param {number} count
 */
export async function callsOfStrangers(support, to, topic, count) {
  const sealer = new support.WebCryptoSealer();
  const text = (/** @type {number} */ length) => Buffer.from(sealer.randomBytes(length)).toString('base64url');
  const strangers = await Promise.all(Array.from({ length: count }, (_, i) => support.testIdentity(7_000 + i)));
  return Promise.all(
    strangers.map(async ({ signer, ed25519, x25519, keys }, i) => {
      const link = { ed25519, x25519, inboxSecret: keys.inboxSecret, relays: [], name: `Stranger ${i}` };
      const now = Date.now();
      return support.sealSignal({
        sealer,
        signer,
        to,
        topicHex: topic.toString('hex'),
        signal: {
          ...{ v: 1, id: text(16), dev: text(8), n: 1, ts: now, t: 'invite', exp: now + 60_000, st: text(32) },
          ...{ ek: Buffer.from(x25519).toString('base64url'), cm: text(32), media: 'video' },
          link: await support.formatContactLink({ ...link, madeAt: now }, { sealer, signer }),
        },
      });
    }),
  );
}
