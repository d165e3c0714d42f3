// The participants that ours is compared with. Each is set up once and run many times, with fresh pages each time.
// A participant is { name, setUp(env) -> { run() -> times, close(), facts?(runs) -> [[what, value]] }, footnotes? };
// bench/ours.mjs exports one, too.
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PeerServer } from 'peer';
import { WebSocket, WebSocketServer } from 'ws';

const pagesDir = fileURLToPath(new URL('baselines', import.meta.url));
const packagesDir = fileURLToPath(new URL('../node_modules', import.meta.url));
const types = { '.html': 'text/html; charset=utf-8', '.mjs': 'text/javascript', '.js': 'text/javascript' };

/** Serves the pages and the libraries on 127.0.0.1, which browsers treat as secure: the camera works there. */
export function servePages() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const [base, rest] = path.startsWith('/vendor/') ? [packagesDir, path.slice('/vendor'.length)] : [pagesDir, path];
    const file = join(base, rest);
    const type = types[extname(file)];
    if (!type || !file.startsWith(base + sep)) return response.writeHead(404).end();
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
        origin: `http://127.0.0.1:${server.address().port}`,
        close: () => new Promise((done) => server.close(done) && server.closeAllConnections()),
      }),
    ),
  );
}

/** What the table shows, from the times of both sides. */
export function durations({ started, rang, accepted, callerFrame, calleeFrame }) {
  const both = Math.max(callerFrame, calleeFrame);
  return { clickToRingMs: rang - started, acceptToBothMs: both - accepted, callToBothMs: both - started };
}

/** A ready page in a context of its own (its own renderer, as on two machines). */
async function openPage(browser, url) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction('globalThis.bench !== undefined');
  return { page, close: () => context.close() };
}

/** Opens caller and callee, makes one call, closes both. */
async function callBetween(browser, callerUrl, calleeUrl) {
  const callee = await openPage(browser, calleeUrl);
  const caller = await openPage(browser, callerUrl);
  try {
    const [one, other] = await Promise.all([
      caller.page.evaluate('bench.call()'),
      callee.page.evaluate('bench.callee()'),
    ]);
    return durations({ ...one, ...other });
  } finally {
    await caller.close();
    await callee.close();
  }
}

const floor = {
  name: 'floor: two connections in one page',
  setUp: async ({ browser, origin }) => ({
    async run() {
      const { page, close } = await openPage(browser, `${origin}/floor.html`);
      try {
        return durations(await page.evaluate('bench.call()'));
      } finally {
        await close();
      }
    },
    close: async () => {},
  }),
};

/** The server everybody would write first: each message goes to everybody else. */
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
        url: `ws://127.0.0.1:${server.address().port}`,
        close() {
          for (const socket of server.clients) socket.terminate();
          return new Promise((done) => server.close(done));
        },
      }),
    ),
  );
}

const simplePeer = (name, order) => ({
  name,
  async setUp({ browser, origin }) {
    const relay = await startBroadcast();
    const url = `${origin}/simple-peer.html?order=${order}&signaling=${encodeURIComponent(relay.url)}`;
    return { run: () => callBetween(browser, url, url), close: relay.close };
  },
});

const peerJs = {
  name: 'PeerJS with its server',
  async setUp({ browser, origin }) {
    const server = await new Promise((resolve) => PeerServer({ host: '127.0.0.1', port: 0, path: '/' }, resolve));
    const port = server.address().port;
    let count = 0;
    return {
      run() {
        count += 1;
        const page = (id, callee) => `${origin}/peerjs.html?port=${port}&id=${id}${count}&callee=${callee}${count}`;
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

export const baselines = [
  floor,
  simplePeer(referenceName, 'offer'),
  simplePeer('simple-peer, offer only after the accept', 'invite'),
  peerJs,
];
