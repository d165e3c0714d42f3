// A group as a full mesh: ours against plain simple-peer, page by page in one Chromium, in turn. Counts the CPU time of all processes
// of the browser and the frames that were decoded. Linux only: the times are read from /proc.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { WebSocketServer } from 'ws';

const patienceMs = 60_000;
const joinMs = 15_000;
const ticksPerSecond = 100;
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' };
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Both pages as Vite builds them from the source. */
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

/** Serves the pages, and hands messages from one page to another. */
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
      const { iAm, to } = JSON.parse(data);
      if (iAm === undefined) sockets.get(to)?.send(String(data));
      else sockets.set(iAm, socket);
    }),
  );
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () =>
      resolve({
        port: server.address().port,
        close: () => new Promise((done) => server.close(done) && server.closeAllConnections()),
      }),
    ),
  );
}

/** Three seconds of a texture that moves, with the noise of a camera: flat pictures cost an encoder nothing. */
function writeCamera(file, width, height, fps) {
  const frames = 3 * fps;
  const noise = new Uint8Array(1 << 16);
  let seed = 1;
  for (let i = 0; i < noise.length; i += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    noise[i] = (seed >>> 16) % 7;
  }
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < frames; frame += 1) {
    const luma = Buffer.alloc(width * height);
    const turn = (2 * Math.PI * frame) / frames;
    const [centreX, centreY] = [width / 2 + (width / 8) * Math.sin(turn), height / 2 + (height / 16) * Math.cos(turn)];
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const [dx, dy] = [(x - centreX) / (height * 0.28), (y - centreY) / (height * 0.38)];
        // A head that moves before a still wall with a pattern.
        const isHead = dx * dx + dy * dy < 1;
        const value = isHead
          ? 150 + 40 * Math.sin(dx * 9) * Math.cos(dy * 7)
          : 90 + 30 * Math.sin((x * 40) / width) * Math.sin((y * 30) / height);
        luma[y * width + x] = value + noise[(x * 31 + y * 977 + frame * 7919) & 0xffff];
      }
    parts.push(Buffer.from('FRAME\n'), luma, chroma);
  }
  writeFileSync(file, Buffer.concat(parts));
}

/** CPU seconds so far of a process and all that it started. */
function cpuSeconds(pid) {
  const stats = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      // The name may hold spaces: what follows its last bracket has a fixed order.
      const fields = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ').at(-1).split(' ');
      stats.set(Number(entry), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    } catch {
      // Ended meanwhile.
    }
  }
  const isOurs = (id) => id === pid || (stats.has(id) && isOurs(stats.get(id).parent));
  let ticks = 0;
  for (const [id, stat] of stats) if (isOurs(id)) ticks += stat.ticks;
  return ticks / ticksPerSecond;
}

/** Busy seconds of all cores since the machine started. */
const busySeconds = () =>
  cpus().reduce((sum, { times }) => sum + times.user + times.sys + times.irq + times.nice, 0) / 1000;

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

/** One mesh of so many people, measured over `seconds` once it has settled. */
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
    const pages = [];
    for (let me = 0; me < people; me += 1) {
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 1280, height: 720 });
      const query = new URLSearchParams({ me, people, camera, capture, signaling: `ws://127.0.0.1:${port}` });
      await page.goto(`http://127.0.0.1:${port}/${kind}.html?${query}`);
      await page.waitForFunction('globalThis.mesh !== undefined', { timeout: patienceMs });
      pages.push(page);
    }
    // One after the other, as people come. A mesh that has fallen over is measured as it is.
    for (const page of pages) {
      await page.evaluate('mesh.join()');
      await page.waitForFunction('mesh.seesAll()', { timeout: joinMs, polling: 500 }).catch(() => undefined);
    }
    await wait(settleSeconds * 1000);
    const read = async () => ({
      atMs: performance.now(),
      cpu: cpuSeconds(browser.process().pid),
      busy: busySeconds(),
      links: (await Promise.all(pages.map((page) => page.evaluate('mesh.counters()')))).flat(),
    });
    const before = await read();
    await wait(seconds * 1000);
    const after = await read();
    return figures(before, after, people * (people - 1));
  } finally {
    await browser.close();
  }
}

function figures(before, after, wantedLinks) {
  const earlier = new Map(before.links.map((one) => [one.link, one]));
  const since = (one, key) => one[key] - (earlier.get(one.link)?.[key] ?? 0);
  const passed = (after.atMs - before.atMs) / 1000;
  const cpu = after.cpu - before.cpu;
  const total = (key) => after.links.reduce((sum, one) => sum + since(one, key), 0);
  const frames = total('framesDecoded');
  const shown = after.links.map((one) => since(one, 'framesDecoded')).filter((count) => count > 0);
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

/** Each mesh of each size, the two kinds in turn. @returns rows { people, kind, ...figures }. */
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
  const [width, height, fps] = camera.split(/[x@]/).map(Number);
  try {
    writeCamera(cameraFile, width, height, fps);
    await buildPages(root, join(temporary, 'pages'));
    const server = await serve(join(temporary, 'pages'));
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
