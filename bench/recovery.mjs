// How long the picture stands still when something happens to the network in mid-call: ours, and plain simple-peer in the same lab and
// run, with the same servers and signaling that never fails. Needs root and the parts of the network lab.
import { connectPlainly } from './plain-peer.mjs';

/** @import { Page } from 'puppeteer-core' */
/** @import { Fault, FaultScene } from '../tests/support/lab/faults.ts' */
/** @import { View } from './plain-peer.mjs' */
/** @typedef {Awaited<ReturnType<typeof import('../tests/support/lab/bench-scene.ts').startBenchScene>>} Bench */
/** @typedef {{ readonly name: string, readonly ours: (number | undefined)[], readonly plain: (number | undefined)[] }} Row in ms. */
/**
 * @typedef {object} Asked
 * @property {Bench} bench
 * @property {number} rounds
 * @property {(round: number, row: Row) => void} onRound
 */

/** A call is given this long to come back, from the end of the fault. */
const patienceMs = 60_000;
/** Nothing seems to have happened to the picture by then. */
const unnoticedMs = 12_000;
/** The picture is back once it has moved for so long. */
const steadyMs = 2_000;
/** A shorter pause is no standstill. */
const standstillMs = 700;

/** @param {number} ms */
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Notes when a page shows a frame of the other side.
 * @param {Page} page
 * @param {string} name
 */
async function watchFrames(page, name) {
  const handle = await page.evaluateHandle((label) => {
    /** @type {number[]} */
    const times = [];
    const video = /** @type {HTMLVideoElement | null} */ (
      document.querySelector(`section[aria-label="${label}"] video`)
    );
    const note = () => {
      times.push(performance.now());
      video?.requestVideoFrameCallback(note);
    };
    video?.requestVideoFrameCallback(note);
    return times;
  }, name);
  return {
    now: () => page.evaluate(() => performance.now()),
    times: () => handle.evaluate((times) => [...times]),
  };
}

/**
 * The longest standstill after `from`, and whether the picture moves again; in ms of the page's clock.
 * @param {readonly number[]} times
 * @param {number} from
 * @param {number} now
 */
function standstill(times, from, now) {
  const after = times.filter((time) => time >= from - standstillMs);
  const moves = after.filter((time) => time > now - steadyMs).length >= 10;
  let longest = 0;
  for (const [at, time] of after.entries()) longest = Math.max(longest, time - (after[at - 1] ?? time));
  return { moves, longest };
}

/**
 * Strikes, and waits until both pictures move again, patience ends or a side has given up for good.
 * @param {FaultScene} scene
 * @param {Fault} fault
 * @param {readonly View[]} views
 * @param {() => Promise<boolean>} hasGivenUp
 * @returns the longer standstill in ms, or undefined.
 */
async function measure(scene, fault, views, hasGivenUp) {
  const meters = await Promise.all(views.map(({ page, sees }) => watchFrames(page, sees)));
  await sleep(1_500);
  const watched = await Promise.all(meters.map(async (meter) => ({ meter, from: await meter.now() })));
  await fault.strike(scene);
  const struckAt = Date.now();
  for (;;) {
    const seen = await Promise.all(
      watched.map(async ({ meter, from }) => standstill(await meter.times(), from, await meter.now())),
    );
    const waited = Date.now() - struckAt;
    const isBack = seen.every(({ moves }) => moves);
    const isNoticed = seen.some(({ longest }) => longest > standstillMs);
    if (isBack && (isNoticed || waited > unnoticedMs)) return Math.max(...seen.map(({ longest }) => longest));
    if (waited > patienceMs || (!isBack && (await hasGivenUp()))) return undefined;
    await sleep(500);
  }
}

/**
 * @param {Bench} bench
 * @param {Fault} fault
 */
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

/**
 * @param {Bench} bench
 * @param {Fault} fault
 */
async function plain({ scene, servers }, fault) {
  const { views, close } = await connectPlainly(scene.people, servers);
  try {
    // It destroys itself once ICE has failed, and has no way back from that.
    const isDestroyed = (/** @type {View} */ { page }) => page.evaluate(() => globalThis.peer.destroyed);
    const hasGivenUp = async () => (await Promise.all(views.map(isDestroyed))).includes(true);
    return await measure(scene, fault, views, hasGivenUp);
  } finally {
    await close();
    await fault.mend(scene);
  }
}

/**
 * Measures each fault `rounds` times, ours and plain simple-peer in turns.
 * @param {Asked} asked
 * @returns {Promise<readonly Row[]>} standstills in ms.
 */
export async function measureRecovery({ bench, rounds, onRound }) {
  /** @type {readonly { readonly fault: Fault, readonly row: Row }[]} */
  const all = bench.faults.map((fault) => ({ fault, row: { name: fault.name, ours: [], plain: [] } }));
  for (let round = 0; round < rounds; round++)
    for (const { fault, row } of all) {
      row.ours.push(await ours(bench, fault));
      row.plain.push(await plain(bench, fault));
      onRound(round, row);
    }
  return all.map(({ row }) => row);
}
