// The participants that ours is compared with. Each is set up once and run many times, with fresh pages each time.
// bench/ours.mjs is one more.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PeerServer } from 'peer';
import { WebSocket, WebSocketServer } from 'ws';
import { portOf } from '../tools/relays/relay-process.mjs';

/** @import { Browser } from 'puppeteer-core' */
/** @import { Cells, Times } from './table.mjs' */
/** @import { CallerTimes, CalleeTimes } from './baselines/measure.mjs' */

/** @typedef {{ readonly browser: Browser, readonly origin: string, readonly root: string }} Surroundings */
/**
 * @typedef {object} Lane one system, ready to be measured.
 * @property {() => Promise<Times>} run
 * @property {() => Promise<unknown>} close
 * @property {() => readonly Cells[]} [facts]
 */
/**
 * @typedef {object} Participant
 * @property {string} name
 * @property {readonly string[]} [footnotes]
 * @property {(surroundings: Surroundings) => Promise<Lane>} setUp
 */

const pagesDir = fileURLToPath(new URL('baselines', import.meta.url));
const packagesDir = fileURLToPath(new URL('../node_modules', import.meta.url));
/** @type {Readonly<Record<string, string>>} */
const types = { '.html': 'text/html; charset=utf-8', '.mjs': 'text/javascript', '.js': 'text/javascript' };

/**
 * Serves the pages and the libraries on 127.0.0.1, which browsers treat as secure: the camera works there.
 * @returns {Promise<{ readonly origin: string, close(): Promise<unknown> }>}
 */
export function servePages() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const isVendor = path.startsWith('/vendor/');
    const base = isVendor ? packagesDir : pagesDir;
    const file = join(base, isVendor ? path.slice('/vendor'.length) : path);
    const type = types[extname(file)];
    if (!type || !file.startsWith(base + sep)) {
      response.writeHead(404).end();
      return;
    }
    const body = createReadStream(file);
    body.on('error', () => response.writeHead(404).end());
    body.on('open', () => {
      response.writeHead(200, { 'content-type': type });
      body.pipe(response);
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        origin: `http://127.0.0.1:${portOf(server)}`,
        close: () =>
          new Promise((done) => {
            server.close(done);
            server.closeAllConnections();
          }),
      }),
    ),
  );
}

/**
 * What the table shows, from the times of both sides.
 * @param {CallerTimes & CalleeTimes} times
 * @returns {Times}
 */
export function durations({ started, rang, accepted, callerFrame, calleeFrame }) {
  const both = Math.max(callerFrame, calleeFrame);
  return { clickToRingMs: rang - started, acceptToBothMs: both - accepted, callToBothMs: both - started };
}

/**
 * A ready page in a context of its own (its own renderer, as on two machines).
 * @param {Browser} browser
 * @param {string} url
 */
async function openPage(browser, url) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction('globalThis.bench !== undefined');
  return { page, close: () => context.close() };
}

/**
 * Opens caller and callee, makes one call, closes both.
 * @param {Browser} browser
 * @param {string} callerUrl
 * @param {string} calleeUrl
 */
async function callBetween(browser, callerUrl, calleeUrl) {
  const callee = await openPage(browser, calleeUrl);
  const caller = await openPage(browser, callerUrl);
  try {
    const [one, other] = await Promise.all([
      caller.page.evaluate(() => bench.call()),
      callee.page.evaluate(() => bench.callee()),
    ]);
    return durations({ ...one, ...other });
  } finally {
    await caller.close();
    await callee.close();
  }
}

/** @type {Participant} */
const floor = {
  name: 'floor: two connections in one page',
  setUp: async ({ browser, origin }) => ({
    async run() {
      const { page, close } = await openPage(browser, `${origin}/floor.html`);
      try {
        const [one, other] = await page.evaluate(() => Promise.all([bench.call(), bench.callee()]));
        return durations({ ...one, ...other });
      } finally {
        await close();
      }
    },
    close: async () => {},
  }),
};

/**
 * The server everybody would write first: each message goes to everybody else.
 * @returns {Promise<{ readonly url: string, close(): Promise<unknown> }>}
 */
function startBroadcast() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket) =>
    socket.on('message', (message, isBinary) => {
      for (const other of server.clients)
        if (other !== socket && other.readyState === WebSocket.OPEN) other.send(message, { binary: isBinary });
    }),
  );
  return new Promise((resolve) =>
    server.on('listening', () =>
      resolve({
        url: `ws://127.0.0.1:${portOf(server)}`,
        close() {
          for (const socket of server.clients) socket.terminate();
          return new Promise((done) => server.close(done));
        },
      }),
    ),
  );
}

/**
 * @param {string} name
 * @param {'offer' | 'invite'} order
 * @returns {Participant}
 */
const simplePeer = (name, order) => ({
  name,
  async setUp({ browser, origin }) {
    const relay = await startBroadcast();
    const url = `${origin}/simple-peer.html?order=${order}&signaling=${encodeURIComponent(relay.url)}`;
    return { run: () => callBetween(browser, url, url), close: relay.close };
  },
});

/** @type {Participant} */
const peerJs = {
  name: 'PeerJS with its server',
  async setUp({ browser, origin }) {
    /** @type {import('node:http').Server} */
    const server = await new Promise((resolve) =>
      PeerServer({ host: '127.0.0.1', port: 0, path: '/' }, (started) => resolve(/** @type {any} */ (started))),
    );
    const port = portOf(server);
    let count = 0;
    return {
      run() {
        count += 1;
        const page = (/** @type {string} */ id, /** @type {string} */ callee) =>
          `${origin}/peerjs.html?port=${port}&id=${id}${count}&callee=${callee}${count}`;
        return callBetween(browser, page('alice', 'bob'), page('bob', 'alice'));
      },
      async close() {
        server.closeAllConnections();
        await new Promise((done) => server.close(done));
      },
    };
  },
};

/** The name that ratios refer to. */
export const referenceName = 'simple-peer over a WebSocket broadcast';
export const floorName = floor.name;

/** @type {readonly Participant[]} */
export const baselines = [
  floor,
  simplePeer(referenceName, 'offer'),
  simplePeer('simple-peer, offer only after the accept', 'invite'),
  peerJs,
];
