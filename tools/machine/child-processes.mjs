// The programs that a run starts, and the end of all of them and of whatever they have started: browsers, relays and networks live in
// process groups of their own and would go on.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In the environment of every process of this run, however it was started. */
const mark = `FFC_RUN=${randomUUID()}`;
process.env['FFC_RUN'] = mark.slice('FFC_RUN='.length);

/** @type {string | undefined} */
let folder;

/** Where programs keep profiles and whatever else they need for a while. */
function temporaryFolder() {
  if (folder) return folder;
  folder = mkdtempSync(join(tmpdir(), 'ffc-run-'));
  // Servers that give up their rights look into it, too.
  chmodSync(folder, 0o755);
  process.once('exit', removeTemporaryFolder);
  return folder;
}

/** To be called when all programs have ended; it is when this process ends by itself. */
export function removeTemporaryFolder() {
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  folder = undefined;
}

/** @type {Set<number>} */
const groups = new Set();

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs a program to its end.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {string} cwd
 * @param {{ readonly withinMs?: number, readonly reads?: boolean, readonly env?: Readonly<Record<string, string>> }} [options] `withinMs`: then it is
 *   ended with everything that this run has started; `reads`: its output is returned, not shown; `env`: beside our own environment.
 * @returns {Promise<{ readonly ok: boolean, readonly isLate: boolean, readonly output: string }>}
 */
export function runProgram(file, args, cwd, options = {}) {
  const { withinMs, reads = false, env = {} } = options;
  return new Promise((resolve) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = ['ignore', reads ? 'pipe' : 'inherit', 'inherit'];
    // A group of its own: Ctrl+C at the terminal reaches us alone, and we end the rest in order.
    const environment = { ...process.env, ...env, TMPDIR: temporaryFolder() };
    const child = spawn(file, args, { cwd, stdio, detached: true, env: environment });
    if (child.pid !== undefined) groups.add(child.pid);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
    });
    /** @type {Promise<void> | undefined} */
    let end;
    const bound =
      withinMs === undefined
        ? undefined
        : setTimeout(() => {
            end = endChildren();
          }, withinMs);
    const finish = async (/** @type {boolean} */ ok) => {
      clearTimeout(bound);
      if (child.pid !== undefined) groups.delete(child.pid);
      // Nothing begins before what was late is gone with everything it had started.
      await end;
      resolve({ ok: ok && end === undefined, isLate: end !== undefined, output });
    };
    child.once('error', () => finish(false));
    child.once('close', (code) => finish(code === 0));
  });
}

/** Everything of this run that lives, but ourselves: by the mark where processes can be asked for it, elsewhere by who has started whom. */
function livingProcesses() {
  if (process.platform === 'linux')
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && isMarked(name))
      .map(Number);
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const parents = all
    .trim()
    .split('\n')
    .map((line) => {
      const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
      return { pid, parent };
    });
  const found = new Set([process.pid]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { pid, parent } of parents) if (found.has(parent)) found.add(pid);
  }
  found.delete(process.pid);
  return [...found];
}

/** @param {string} pid */
function isMarked(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').split('\0').includes(mark);
  } catch {
    // It has ended, or is not ours to ask.
    return false;
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/**
 * @param {readonly number[]} pids
 * @param {number} withinMs
 */
async function untilGone(pids, withinMs) {
  const deadline = performance.now() + withinMs;
  const isAlive = (/** @type {number} */ pid) => {
    try {
      process.kill(pid, 0);
      // One that has ended and that nobody has asked for its end yet is gone.
      return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
    } catch {
      return false;
    }
  };
  while (performance.now() < deadline && pids.some(isAlive)) await pause(50);
}

/** Ends every program of this run and all they have started: first those that can end in order, then whatever is left. */
export async function endChildren() {
  const before = livingProcesses();
  for (const group of groups) send(-group, 'SIGTERM');
  await untilGone(before, 5_000);
  const left = () => [...new Set([...livingProcesses(), ...(process.platform === 'linux' ? [] : before)])];
  // Kept by number: one that is ending can be asked for its mark no more.
  const killed = left();
  for (const pid of killed) send(pid, 'SIGKILL');
  await untilGone(killed, 5_000);
}
