// A group as a full mesh: ours against plain simple-peer, page by page in one Chromium, in turn. Counts the CPU time of all processes
// of the browser and the frames that were decoded. Linux only: the times are read from /proc.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { WebSocketServer } from 'ws';
import { portOf } from '../tools/relays/relay-process.mjs';
import { writeCamera } from './mesh-camera.mjs';
import { busyMs, secondsByProcess } from './processor-time.mjs';

/** @import { LinkCounters } from './mesh/room.mjs' */

/** @typedef {'ours' | 'simple-peer'} Kind */
/** @typedef {ReturnType<typeof figures>} Figures */
/** @typedef {Figures & { readonly people: number, readonly kind: Kind }} Row */
/**
 * @typedef {object} Conditions what is the same for all meshes of a run.
 * @property {string} executablePath
 * @property {string} camera width, height and frames per second: `640x360@20`.
 * @property {string} capture
 * @property {number} settleSeconds
 * @property {number} seconds
 */
/** @typedef {{ readonly atMs: number, readonly cpu: number, readonly busy: number, readonly links: readonly LinkCounters[] }} Reading */

const patienceMs = 60_000;
const joinMs = 15_000;
/** @type {Readonly<Record<string, string>>} */
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };

/** @param {number} ms */
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Both pages as Vite builds them from the source.
 * @param {string} root
 * @param {string} outDir
 */
async function buildPages(root, outDir) {
  const { build } = await import('vite');
  await build({
    root: join(root, 'bench', 'mesh'),
    configFile: false,
    logLevel: 'warn',
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      rolldownOptions: { input: ['ours', 'simple-peer'].map((name) => join(root, 'bench', 'mesh', `${name}.html`)) },
    },
  });
}

/**
 * Serves the pages, and hands messages from one page to another.
 * @param {string} dir
 * @returns {Promise<{ readonly port: number, close(): Promise<unknown> }>}
 */
function serve(dir) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    try {
      const body = readFileSync(join(dir, pathname.replaceAll('..', '')));
      response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  const sockets = new Map();
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data) => {
      const { iAm, to } = JSON.parse(String(data));
      if (iAm === undefined) sockets.get(to)?.send(String(data));
      else sockets.set(iAm, socket);
    }),
  );
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: portOf(server),
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
 * @param {string} executablePath
 * @param {string} camera the file with its picture.
 */
async function launch(executablePath, camera) {
  const { default: puppeteer } = await import('puppeteer-core');
  return puppeteer.launch({
    executablePath,
    pipe: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${camera}`,
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
    ],
  });
}

/**
 * One mesh of so many people, measured over `seconds` once it has settled.
 * @param {Conditions & { readonly port: number, readonly kind: Kind, readonly people: number, readonly cameraFile: string }} asked
 */
async function measureMesh({
  executablePath,
  port,
  kind,
  people,
  camera,
  capture,
  cameraFile,
  settleSeconds,
  seconds,
}) {
  const browser = await launch(executablePath, cameraFile);
  try {
    /** @type {import('puppeteer-core').Page[]} */
    const pages = [];
    for (let me = 0; me < people; me += 1) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 1280, height: 720 });
      const query = new URLSearchParams({
        me: String(me),
        people: String(people),
        camera,
        capture,
        signaling: `ws://127.0.0.1:${port}`,
      });
      await page.goto(`http://127.0.0.1:${port}/${kind}.html?${query}`);
      await page.waitForFunction('globalThis.mesh !== undefined', { timeout: patienceMs });
      pages.push(page);
    }
    // One after the other, as people come. A mesh that has fallen over is measured as it is.
    for (const page of pages) {
      await page.evaluate(() => mesh.join());
      await page.waitForFunction('mesh.seesAll()', { timeout: joinMs, polling: 500 }).catch(() => undefined);
    }
    await wait(settleSeconds * 1000);
    const pid = browser.process()?.pid ?? 0;
    /** @returns {Promise<Reading>} */
    const read = async () => ({
      atMs: performance.now(),
      cpu: [...secondsByProcess(pid).values()].reduce((sum, seconds) => sum + seconds, 0),
      busy: busyMs() / 1000,
      links: (await Promise.all(pages.map((page) => page.evaluate(() => mesh.counters())))).flat(),
    });
    const before = await read();
    await wait(seconds * 1000);
    const after = await read();
    return figures(before, after, people * (people - 1));
  } finally {
    await browser.close();
  }
}

/** @typedef {'framesDecoded' | 'frozenMs' | 'decodeMs' | 'encodeMs' | 'framesEncoded' | 'bytesSent'} Counter */

/**
 * @param {Reading} before
 * @param {Reading} after
 * @param {number} wantedLinks
 */
function figures(before, after, wantedLinks) {
  const earlier = new Map(before.links.map((one) => [one.link, one]));
  const since = (/** @type {LinkCounters} */ one, /** @type {Counter} */ key) =>
    one[key] - (earlier.get(one.link)?.[key] ?? 0);
  const passed = (after.atMs - before.atMs) / 1000;
  const cpu = after.cpu - before.cpu;
  const total = (/** @type {Counter} */ key) => after.links.reduce((sum, one) => sum + since(one, key), 0);
  const frames = total('framesDecoded');
  const shown = after.links.map((one) => since(one, 'framesDecoded')).filter((count) => count > 0);
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { sent } of after.links) counts.set(sent, (counts.get(sent) ?? 0) + 1);
  return {
    cores: cpu / passed,
    otherCores: Math.max(0, (after.busy - before.busy - cpu) / passed),
    cpuMsPerFrame: (1000 * cpu) / Math.max(1, frames),
    framesPerRemote: frames / passed / wantedLinks,
    linksUp: shown.length / wantedLinks,
    leastFrames: shown.length < wantedLinks ? 0 : Math.min(...shown) / passed,
    frozenShare: total('frozenMs') / (after.atMs - before.atMs) / after.links.length,
    kbpsPerLink: (8 * total('bytesSent')) / 1000 / passed / after.links.length,
    encodeMs: total('encodeMs') / Math.max(1, total('framesEncoded')),
    decodeMs: total('decodeMs') / Math.max(1, frames),
    cpuLimited: after.links.filter(({ limitedBy }) => limitedBy === 'cpu').length / after.links.length,
    sent: [...counts].toSorted((a, b) => b[1] - a[1]).map(([what, count]) => `${count} × ${what}`),
  };
}

/**
 * Each mesh of each size, the two kinds in turn.
 * @param {Conditions & {
 *   readonly root: string,
 *   readonly sizes: readonly number[],
 *   readonly rounds: number,
 *   readonly kinds: readonly Kind[],
 *   readonly log: (people: number, kind: Kind, figures: Figures) => void,
 * }} asked
 */
export async function measureMeshes({
  root,
  executablePath,
  sizes,
  rounds,
  camera,
  capture,
  settleSeconds,
  seconds,
  kinds,
  log,
}) {
  const temporary = mkdtempSync(join(tmpdir(), 'ffc-bench-mesh-'));
  const cameraFile = join(temporary, 'camera.y4m');
  const [width = 640, height = 360, fps = 20] = camera.split(/[x@]/).map(Number);
  try {
    writeCamera(cameraFile, width, height, fps);
    await buildPages(root, join(temporary, 'pages'));
    const server = await serve(join(temporary, 'pages'));
    /** @type {Row[]} */
    const rows = [];
    try {
      for (let round = 0; round < rounds; round += 1)
        for (const people of sizes)
          for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
            const asked = {
              executablePath,
              port: server.port,
              kind,
              people,
              camera,
              capture,
              cameraFile,
              settleSeconds,
              seconds,
            };
            const measured = await measureMesh(asked);
            rows.push({ people, kind, ...measured });
            log(people, kind, measured);
          }
    } finally {
      await server.close();
    }
    return rows;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
