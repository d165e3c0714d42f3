// How much one own server carries: mosquitto behind Caddy as server/ configures them, with people who stay connected while envelopes go to
// them. Processor time and memory come from /proc: Linux only. Run by bench/commands/relay.mjs.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { secondsByProcess } from './processor-time.mjs';

/** The smallest envelope, which most are. */
const envelopeBytes = 1_074;
const senders = 8;
/** Of each sender: so many are on their way at once. */
const inFlight = 10;
const basePort = 17_400;

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * An MQTT 3.1.1 packet, section 2.2.
 * @param {number} head
 * @param {readonly Uint8Array[]} parts
 */
function packet(head, ...parts) {
  const rest = Buffer.concat(parts);
  const length = rest.length < 128 ? [rest.length] : [(rest.length & 127) | 128, rest.length >> 7];
  return Buffer.concat([Buffer.from([head, ...length]), rest]);
}

/** @param {string} text */
const mqttText = (text) => Buffer.concat([Buffer.from([text.length >> 8, text.length & 255]), Buffer.from(text)]);

/** @param {number} value */
const u16 = (value) => Buffer.from([value >> 8, value & 255]);

/** One connected person. */
class Person {
  /** @type {(payload: Buffer) => void} */
  onMessage = () => undefined;
  /** @type {() => void} */
  onTaken = () => undefined;
  topic = `ffc1/${randomBytes(32).toString('base64url')}`;
  #socket;
  #nextId = 1;

  /** @param {string} url */
  constructor(url) {
    this.#socket = new WebSocket(url, 'mqtt', { perMessageDeflate: false });
  }

  /** Connects and listens on the own topic. */
  async join() {
    await once(this.#socket, 'open');
    const joined = new Promise((resolve) => {
      this.#socket.on('message', (data) => {
        const bytes = /** @type {Buffer} */ (data);
        const type = (bytes[0] ?? 0) >> 4;
        if (type === 9) resolve(undefined);
        else if (type === 4) this.onTaken();
        else if (type === 3) this.#heard(bytes);
      });
    });
    this.#socket.send(
      packet(0x10, mqttText('MQTT'), Buffer.from([4, 2, 0, 120]), mqttText(randomBytes(8).toString('hex'))),
    );
    this.#socket.send(packet(0x82, u16(1), mqttText(this.topic), Buffer.from([1])));
    await joined;
  }

  /** @param {Buffer} bytes A PUBLISH of QoS 1, alone in its frame. */
  #heard(bytes) {
    const at = (bytes[1] ?? 0) < 128 ? 2 : 3;
    const idAt = at + 2 + bytes.readUInt16BE(at);
    this.#socket.send(packet(0x40, bytes.subarray(idAt, idAt + 2)));
    this.onMessage(bytes.subarray(idAt + 2));
  }

  /**
   * @param {string} topic
   * @param {Buffer} payload
   */
  send(topic, payload) {
    this.#nextId = (this.#nextId % 65_535) + 1;
    this.#socket.send(packet(0x32, mqttText(topic), u16(this.#nextId), payload));
  }

  leave() {
    this.#socket.terminate();
  }
}

/** @param {number} pid */
function residentBytes(pid) {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Runs the server command here. @param {string} root */
async function startServer(root) {
  const dir = mkdtempSync(join(tmpdir(), 'ffc-bench-relay-'));
  const args = ['--local', '--no-turn', '--dir', dir, '--port', String(basePort)];
  const child = spawn(join(root, 'server', 'server'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  while (!said.includes('It runs until Ctrl+C')) {
    if (child.exitCode !== null) throw new Error(`The server has ended: ${said}`);
    await sleep(200);
  }
  const pids = new Map(
    readFileSync(join(dir, 'children'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => /** @type {const} */ ([line.split(' ')[0] ?? '', Number(line.split(' ')[1])])),
  );
  return {
    url: `ws://127.0.0.1:${basePort}/mqtt`,
    relay: pids.get('relay') ?? 0,
    web: pids.get('web') ?? 0,
    async close() {
      child.kill('SIGTERM');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** @param {number} pid */
const secondsOf = (pid) => secondsByProcess(pid).get(pid) ?? 0;

/**
 * With so many people connected: memory for each, then envelopes as fast as they are taken, for some seconds.
 * @param {{ readonly root: string, readonly people: number, readonly measureMs?: number }} options
 */
export async function measureRelay({ root, people, measureMs = 10_000 }) {
  const server = await startServer(root);
  /** @type {Person[]} */
  const all = [];
  try {
    const empty = { relay: residentBytes(server.relay), web: residentBytes(server.web) };
    // A hundred at a time: as many as come at once when a relay is back.
    for (let from = 0; from < people; from += 100) {
      const some = Array.from({ length: Math.min(100, people - from) }, () => new Person(server.url));
      await Promise.all(some.map((person) => person.join()));
      all.push(...some);
    }
    await sleep(2_000);
    const full = { relay: residentBytes(server.relay), web: residentBytes(server.web) };

    /** @type {number[]} */
    const delays = [];
    for (const person of all)
      person.onMessage = (payload) => {
        delays.push(performance.now() - payload.readDoubleBE(0));
      };
    const filling = randomBytes(envelopeBytes - 8);
    let isOver = false;
    let turn = 0;
    const sendOne = (/** @type {Person} */ sender) => {
      if (isOver) return;
      const moment = Buffer.alloc(8);
      moment.writeDoubleBE(performance.now());
      turn = (turn + 7) % all.length;
      sender.send(all[turn]?.topic ?? '', Buffer.concat([moment, filling]));
    };
    const before = { relay: secondsOf(server.relay), web: secondsOf(server.web), at: performance.now() };
    for (const sender of all.slice(0, senders)) {
      sender.onTaken = () => sendOne(sender);
      for (let count = 0; count < inFlight; count += 1) sendOne(sender);
    }
    await sleep(measureMs);
    isOver = true;
    const seconds = (performance.now() - before.at) / 1000;
    const used = { relay: secondsOf(server.relay) - before.relay, web: secondsOf(server.web) - before.web };
    const sorted = delays.toSorted((one, other) => one - other);
    const quantile = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
    return {
      people,
      perSecond: sorted.length / seconds,
      perCoreSecond: sorted.length / (used.relay + used.web),
      microsecondsRelay: (used.relay * 1e6) / sorted.length,
      microsecondsWeb: (used.web * 1e6) / sorted.length,
      p50: quantile(0.5),
      p99: quantile(0.99),
      bytesRelay: (full.relay - empty.relay) / people,
      bytesWeb: (full.web - empty.web) / people,
    };
  } finally {
    for (const person of all) person.leave();
    await server.close();
  }
}
