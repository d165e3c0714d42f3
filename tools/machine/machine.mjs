// How fast this machine is, found out by one known piece of work: every limit, size and number of files at a time of the tests comes
// from it (limits.mjs). Runs with no node_modules.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { doKnownWork } from './machine-work.mjs';

/** What the machine needs on which the limits were chosen: for the work on one core, and to start a program. */
const usual = { workMs: 24, startMs: 120 };

/** Beyond it nothing is learned: such a machine stands still. */
const slowest = 12;
const turns = 10;
/** More at once has not been tried: each has two browsers. */
const mostFilesAtATime = 4;
const bytesForAFile = 1.5e9;

async function threadReady() {
  const thread = new Worker(new URL('./machine-work.mjs', import.meta.url), { workerData: { turns } });
  await once(thread, 'message');
  return thread;
}

/**
 * The ms of one piece of work while that many threads do it. The time of all turns counts: a quota lets the first ones through at full speed.
 * @param {number} count
 */
async function workMsTogether(count) {
  const threads = await Promise.all(Array.from({ length: count }, threadReady));
  const start = performance.now();
  const ends = await Promise.all(
    threads.map(async (thread) => {
      thread.postMessage('go');
      await once(thread, 'message');
      return performance.now() - start;
    }),
  );
  await Promise.all(threads.map((thread) => thread.terminate()));
  return Math.max(...ends) / turns;
}

/** The middle one of three. */
function startMs() {
  const times = [0, 0, 0].map(() => {
    const start = performance.now();
    spawnSync(process.execPath, ['-e', '']);
    return performance.now() - start;
  });
  return times.reduce((sum, ms) => sum + ms) - Math.min(...times) - Math.max(...times);
}

/**
 * Measures for about a second.
 * @returns {Promise<{ slowness: number, filesAtATime: number, sentence: string }>} `slowness` says how many times as long as on the
 *   usual machine things take here (1 or more), with what else it is busy with now; `sentence` says for a person what was found.
 */
async function measureMachine() {
  const alone = Math.min(...Array.from({ length: turns }, doKnownWork));
  const cores = availableParallelism();
  // The usual machine has two cores for two files: one core is half as fast.
  const threads = Math.max(2, Math.min(cores, mostFilesAtATime));
  // Twice: whatever was busy for a moment has ended by then.
  const together = Math.min(await workMsTogether(threads), await workMsTogether(threads));
  const start = startMs();
  const slowness = Math.min(slowest, Math.max(1, together / usual.workMs, start / usual.startMs));
  const coresForUs = (threads * alone) / together;
  const filesAtATime = Math.max(
    1,
    Math.min(threads, Math.round(coresForUs + 0.25), Math.floor(process.availableMemory() / bytesForAFile)),
  );
  const sentence =
    `${cores} ${cores === 1 ? 'core' : 'cores'}; one does the known piece of work in ${alone.toFixed(0)} ms (usual: ${usual.workMs} ms), ` +
    `${threads} threads at once in ${together.toFixed(0)} ms each; a program starts in ${start.toFixed(0)} ms (usual: ${usual.startMs} ms). ` +
    `Limits are ${slowness.toFixed(1)} times the usual ones, ${filesAtATime} ${filesAtATime === 1 ? 'file is' : 'files are'} tested at a time.`;
  return { slowness, filesAtATime, sentence };
}

/**
 * Measures the machine unless a program above has: what was found is handed down in FFC_MACHINE.
 * Says on the console what was found.
 */
export async function knowMachine() {
  if (process.env['FFC_MACHINE']) return;
  const { sentence, ...machine } = await measureMachine();
  process.env['FFC_MACHINE'] = JSON.stringify(machine);
  console.log(`This machine: ${sentence}`);
}
