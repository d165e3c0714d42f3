// How long the picture stands still when something happens to the network in mid-call: ours, and plain simple-peer in the same lab and
// run, with the same servers and signaling that never fails. Needs root and the parts of the network lab.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A call is given this long to come back, from the end of the fault. */
const patienceMs = 60_000;
/** Nothing seems to have happened to the picture by then. */
const unnoticedMs = 12_000;
/** The picture is back once it has moved for so long. */
const steadyMs = 2_000;
/** A shorter pause is no standstill. */
const standstillMs = 700;

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const simplePeer = fileURLToPath(new URL('../node_modules/simple-peer/simplepeer.min.js', import.meta.url));

/** The typed lab of the tests, loaded through vite; from one file, so that all of it knows the same passwords. */
async function startScene(root) {
  const { runnerImport } = await import('vite');
  const file = join(root, 'tests/support/network-lab/bench-scene.ts');
  const { module } = await runnerImport(file, { configFile: false, root });
  return module.startBenchScene();
}

/** Notes when a page shows a frame of the other side. */
async function watchFrames(page, name) {
  const handle = await page.evaluateHandle((label) => {
    const times = [];
    const video = document.querySelector(`section[aria-label="${label}"] video`);
    const note = () => {
      times.push(performance.now());
      video.requestVideoFrameCallback(note);
    };
    video.requestVideoFrameCallback(note);
    return times;
  }, name);
  return {
    now: () => page.evaluate(() => performance.now()),
    times: () => handle.evaluate((times) => [...times]),
  };
}

/** The longest standstill after `from`, and whether the picture moves again; in ms of the page's clock. */
function standstill(times, from, now) {
  const after = times.filter((time) => time >= from - standstillMs);
  const moves = after.filter((time) => time > now - steadyMs).length >= 10;
  let longest = 0;
  for (let at = 1; at < after.length; at++) longest = Math.max(longest, after[at] - after[at - 1]);
  return { moves, longest };
}

/**
 * Strikes, and waits until both pictures move again, patience ends or a side has given up for good.
 * @returns the longer standstill in ms, or undefined.
 */
async function measure(scene, fault, views, hasGivenUp) {
  const meters = await Promise.all(views.map(({ page, sees }) => watchFrames(page, sees)));
  await sleep(1_500);
  const from = await Promise.all(meters.map((meter) => meter.now()));
  await fault.strike(scene);
  const struckAt = Date.now();
  for (;;) {
    const seen = await Promise.all(
      meters.map(async (meter, index) => standstill(await meter.times(), from[index], await meter.now())),
    );
    const waited = Date.now() - struckAt;
    const isBack = seen.every(({ moves }) => moves);
    const isNoticed = seen.some(({ longest }) => longest > standstillMs);
    if (isBack && (isNoticed || waited > unnoticedMs)) return Math.max(...seen.map(({ longest }) => longest));
    if (waited > patienceMs || (!isBack && (await hasGivenUp()))) return undefined;
    await sleep(500);
  }
}

async function ours(bench, fault) {
  const { scene } = bench;
  const pages = await bench.call();
  const views = [
    { page: pages.alice, sees: 'Bob' },
    { page: pages.bob, sees: 'Alice' },
  ];
  try {
    return await measure(scene, fault, views, async () => false);
  } finally {
    // A network that changes back is one more change: the call ends first.
    await scene.people.endCall();
    await fault.mend(scene);
  }
}

/** A page with simple-peer and a camera, on an origin that the browser takes for secure. */
async function plainPage(browser, sees) {
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isScript = request.url().endsWith('/simple-peer.js');
    const body = isScript
      ? readFileSync(simplePeer)
      : `<!doctype html><section aria-label="${sees}"><video autoplay muted playsinline></video></section><script src="/simple-peer.js"></script>`;
    void request.respond({ status: 200, contentType: isScript ? 'text/javascript' : 'text/html', body });
  });
  await page.goto('http://localhost/');
  return page;
}

async function plain(scene, fault, iceServers) {
  const [alice, bob] = await Promise.all([
    plainPage(scene.people.alice.browser, 'Bob'),
    plainPage(scene.people.bob.browser, 'Alice'),
  ]);
  const hand = (to) => (signal) => to.evaluate((one) => globalThis.peer.signal(one), signal).catch(() => undefined);
  await alice.exposeFunction('say', hand(bob));
  await bob.exposeFunction('say', hand(alice));
  const begin = (page, initiator) =>
    page.evaluate(
      async (isInitiator, servers) => {
        const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
        globalThis.peer = new globalThis.SimplePeer({
          initiator: isInitiator,
          stream,
          config: { iceServers: servers },
        });
        globalThis.peer.on('signal', (signal) => globalThis.say(signal));
        globalThis.peer.on('stream', (theirs) => {
          document.querySelector('video').srcObject = theirs;
        });
        globalThis.peer.on('error', () => undefined);
      },
      initiator,
      iceServers,
    );
  await begin(bob, false);
  await begin(alice, true);
  try {
    const views = [
      { page: alice, sees: 'Bob' },
      { page: bob, sees: 'Alice' },
    ];
    for (const { page } of views) await page.waitForFunction(() => document.querySelector('video').videoWidth > 0);
    // It destroys itself once ICE has failed, and has no way back from that.
    const isDestroyed = ({ page }) => page.evaluate(() => globalThis.peer.destroyed);
    const hasGivenUp = async () => (await Promise.all(views.map(isDestroyed))).includes(true);
    return await measure(scene, fault, views, hasGivenUp);
  } finally {
    await Promise.all([alice.close(), bob.close()]);
    await fault.mend(scene);
  }
}

/**
 * Measures each fault `rounds` times, ours and plain simple-peer in turns.
 * @returns {Promise<{ fault: string, ours: (number | undefined)[], plain: (number | undefined)[] }[]>} standstills in ms.
 */
export async function measureRecovery({ root, rounds, onRound }) {
  const bench = await startScene(root);
  try {
    const rows = bench.faults.map(({ name }) => ({ fault: name, ours: [], plain: [] }));
    for (let round = 0; round < rounds; round++)
      for (const [index, fault] of bench.faults.entries()) {
        const row = rows[index];
        row.ours.push(await ours(bench, fault));
        row.plain.push(await plain(bench.scene, fault, bench.servers));
        onRound(round, row);
      }
    return rows;
  } finally {
    await bench.close();
  }
}
