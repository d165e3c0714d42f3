// npm test: the whole gate on a bare machine, step by step with times; stops at the first failure, or with --all goes on to the end.
// The last line sums up what became of the tests: "N passed, N failed". FFC_MINUTES bounds the whole where somebody else would cut it off.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { endChildren, runProgram } from '../tools/machine/child-processes.mjs';
import { findChromium } from '../tools/machine/chromium.mjs';
import { findFirefox } from '../tools/machine/firefox.mjs';
import { ensureInstalled, root } from '../tools/machine/install.mjs';
import { limitMs } from '../tools/machine/limits.mjs';
import { knowMachine } from '../tools/machine/machine.mjs';
import { networkObstacle } from '../tools/machine/network-lab.mjs';
import { RunTally, seconds } from '../tools/machine/run-tally.mjs';
import { targets } from '../tools/package/build-extension.mjs';
import { digestOfGuestPage, guestWeightLine, tooHeavyForGuests, weighGuestPage } from '../tools/package/guest-page.mjs';
import { overweight, weighPages, weightTable } from '../tools/package/page-weight.mjs';

const artifacts = join(root, 'artifacts');
const goesOn = process.argv.includes('--all');
const start = performance.now();
const tally = new RunTally();
/** Somebody has stopped the run. */
let isStopping = false;
/** @typedef {{ name: string, run: () => boolean | Promise<boolean>, failure: string, isNeeded?: boolean }} Step */

/** @param {string} program */
const binary = (program) => join(root, 'node_modules', '.bin', program);

/** A step fails with the sentence of this error in place of its own. */
class Failure extends Error {}

/**
 * Runs a program of node_modules/.bin with its output shown; true when it ended well.
 * @param {string} program
 * @param {readonly string[]} args
 */
const succeeds = async (program, ...args) => (await runProgram(binary(program), args, root)).ok;

/**
 * How long a part may take before it counts as stuck, in ms: what the machine makes of the usual time, and no more than FFC_MINUTES leave.
 * @param {number} usualSeconds
 */
function boundOf(usualSeconds) {
  const minutes = Number(process.env['FFC_MINUTES']);
  const leftMs = minutes > 0 ? start + minutes * 60_000 - performance.now() : Number.POSITIVE_INFINITY;
  if (leftMs <= 0) throw new Failure(`Not run: the ${minutes} minutes of the whole run are over (FFC_MINUTES).`);
  return Math.min(limitMs(usualSeconds * 1000), leftMs);
}

/**
 * Runs one project of vitest and counts its files. A run that fails with no failed test counts as one.
 * @param {string} project
 * @param {number} usualSeconds
 * @param {{ readonly reads?: boolean }} [options] `reads`: its output is shown when it has ended.
 */
async function vitest(project, usualSeconds, { reads = false } = {}) {
  const withinMs = boundOf(usualSeconds);
  const record = join(artifacts, `vitest-${project}.jsonl`);
  tally.begin(record);
  const options = { withinMs, reads, env: { FFC_RECORD: record } };
  const { ok, isLate, output } = await runProgram(binary('vitest'), ['run', '--project', project], root, options);
  if (reads) console.log(output);
  const under = tally.count(record);
  if (isLate)
    throw new Failure(
      `Stopped after ${seconds(withinMs)}, its limit on this machine; under way: ${under.join(', ') || 'nothing'}.`,
    );
  return ok;
}

/** Packs the extension twice for each browser; and builds the page for guests twice; true when both have the same bytes. */
async function isReproducible() {
  const { packageExtension } = await import('../tools/package/package-extension.mjs');
  let isSame = true;
  for (const target of targets) {
    const first = await packageExtension(target);
    const second = await packageExtension(target);
    console.log(`${target}: first  ${first.sha256}\n${target}: second ${second.sha256}  ${second.size} bytes`);
    isSame &&= first.sha256 === second.sha256;
  }
  const [first, second] = [await digestOfGuestPage(), await digestOfGuestPage()];
  console.log(`guests: first  ${first}\nguests: second ${second}`);
  return isSame && first === second;
}

/** What each page loads, of the builds of the step before; true when none is above its limit. */
function isLight() {
  const builds = Object.fromEntries(targets.map((target) => [target, weighPages(join(root, 'dist', target))]));
  const guest = weighGuestPage(join(root, 'dist', 'guest'));
  const faults = [...Object.values(builds).flatMap(overweight), ...tooHeavyForGuests(guest)];
  console.log([weightTable(builds), guestWeightLine(guest), ...faults].join('\n'));
  return faults.length === 0;
}

/** @typedef {{ code: string, message: string, file?: string }} LinterMessage */

/**
 * Preact's `dangerouslySetInnerHTML`, which nothing of ours uses, and the inert documents in which DOMPurify reads what it purifies and ProseMirror
 * what is pasted into a note.
 * @param {LinterMessage} message
 */
const isKnownWarning = ({ code, file = '' }) =>
  code === 'UNSAFE_VAR_ASSIGNMENT' && /^assets\/(?:preact|chat-panel|note-view)-/.test(file);

/** Mozilla's own linter, which the add-on store runs, on the build of the step before. */
async function isFitForFirefox() {
  const args = ['--output', 'json', join(root, 'dist', 'firefox')];
  const { output } = await runProgram(binary('addons-linter'), args, root, { reads: true });
  /** @type {Record<'errors' | 'warnings' | 'notices', LinterMessage[]>} */
  const { errors, warnings, notices } = JSON.parse(output.slice(output.indexOf('{')));
  const found = [...errors, ...warnings, ...notices].filter((message) => !isKnownWarning(message));
  for (const { code, message, file } of found) console.log(`${code} ${file ?? ''}: ${message}`);
  return found.length === 0;
}

/**
 * Runs one project beside another that leaves the machine idle most of the time: it waits for programs, or for a network to fail and to come back.
 * @param {Promise<boolean>} busy
 * @param {Promise<boolean>} waiting
 */
async function besideEachOther(busy, waiting) {
  const results = await Promise.allSettled([busy, waiting]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  return results.every((result) => result.status === 'fulfilled' && result.value);
}

/** Where no networks can be made, it says so loudly and is content. */
async function testOverNetworks() {
  const obstacle = networkObstacle();
  if (!obstacle) return vitest('network', 450, { reads: true });
  const line = '!'.repeat(100);
  console.log(`${line}
NOT TESTED: calls through NAT, TURN, blocked UDP, from IPv4 to IPv6 and over Yggdrasil, what leaves before a yes, and
what becomes of a call when the network fails. The tests over real networks were not run: ${obstacle}.
${line}`);
  return true;
}

/** @type {readonly Step[]} */
const steps = [
  {
    name: 'Install what is missing',
    run() {
      ensureInstalled({
        browsers: ['chromium', 'firefox'],
        desktop: true,
        brokers: true,
        turn: true,
        webServer: true,
        shellLint: true,
        networks: true,
        media: true,
      });
      for (const [name, found] of Object.entries({ FFC_CHROMIUM: findChromium(), FFC_FIREFOX: findFirefox() }))
        if (found !== undefined) process.env[name] ??= found;
      return true;
    },
    failure: 'The machine lacks something that the tests need.',
    isNeeded: true,
  },
  {
    name: 'How fast this machine is',
    async run() {
      await knowMachine();
      return true;
    },
    failure: 'It could not be measured.',
  },
  { name: 'Types', run: () => succeeds('tsc', '-b'), failure: 'The compiler found errors.' },
  {
    name: 'Format and lint',
    run: () => succeeds('biome', 'check', '--error-on-warnings', '.'),
    failure: 'Biome found something; "npm run format" mends most of it.',
  },
  {
    name: 'Dead code',
    run: () => succeeds('knip'),
    failure: 'knip found files, exports or packages that nobody uses.',
  },
  {
    name: 'Unit tests, beside tests over real networks',
    run: () => besideEachOther(vitest('unit', 450), testOverNetworks()),
    failure: 'A unit test failed, or a test over a real network.',
  },
  { name: 'Build twice, same bytes', run: isReproducible, failure: 'Two builds of the same sources differ.' },
  { name: 'What each page loads', run: isLight, failure: 'A page loads more than it may.' },
  { name: "Firefox's linter", run: isFitForFirefox, failure: "addons-linter finds fault with Firefox's build." },
  {
    name: 'Every view in every state, beside the own server',
    run: () => besideEachOther(vitest('gallery', 400), vitest('server', 400, { reads: true })),
    failure: 'A view is broken in one of its states, or a test of the own server failed.',
  },
  { name: 'Tests in real browsers', run: () => vitest('browsers', 1200), failure: 'A test in a real browser failed.' },
  { name: 'Three and six browsers in one call', run: () => vitest('crowd', 450), failure: 'A test of a group failed.' },
];

/**
 * Runs a step.
 * @param {Step} step
 * @returns why it failed, in a sentence; undefined when it did not.
 */
async function reasonToFail({ run, failure }) {
  try {
    return (await run()) ? undefined : failure;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return error instanceof Failure ? message : `${failure} ${message}`;
  }
}

/**
 * The end of every run, however it came: the last line sums up the tests.
 * @param {string} sentence
 * @param {number} exitCode
 */
function finish(sentence, exitCode) {
  console.log(`\n${tally.report()}\n\n${sentence}\n${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = exitCode;
}

async function main() {
  mkdirSync(artifacts, { recursive: true });
  const reasons = [];
  for (const [index, step] of steps.entries()) {
    const title = `[${index + 1}/${steps.length}] ${step.name}`;
    console.log(`\n${title}`);
    const since = performance.now();
    const before = { failed: tally.failed, files: tally.files };
    const reason = await reasonToFail(step);
    if (isStopping) return;
    const took = performance.now() - since;
    if (tally.files === before.files) tally.add({ name: step.name, ms: took, failed: reason ? 1 : 0 });
    console.log(`${title}: ${reason ? 'FAILED' : 'ok'} in ${seconds(took)}`);
    if (!reason) continue;
    if (tally.failed === before.failed) tally.failed += 1;
    reasons.push(`${step.name}: ${reason}`);
    if (!goesOn || step.isNeeded) break;
  }
  const took = seconds(performance.now() - start);
  if (reasons.length === 0) return finish(`Everything passed in ${took}.`, 0);
  const end = goesOn ? `Failed after ${took}.` : `Stopped after ${took}; npm test -- --all goes on after a failure.`;
  finish([end, ...reasons].join('\n'), 1);
}

/**
 * Stopped from outside: nothing of ours is left behind.
 * @param {string} signal
 */
async function stop(signal) {
  await endChildren();
  tally.countAll();
  finish(`Stopped by ${signal} after ${seconds(performance.now() - start)}.`, signal === 'SIGINT' ? 130 : 143);
  process.exit();
}

/** @param {string} signal */
function stopOnce(signal) {
  if (!isStopping) void stop(signal);
  isStopping = true;
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopOnce);

// npm hands a TERM to the shell between it and us, which ends without a word to us.
const parent = process.ppid;
if (process.env['npm_lifecycle_event'] === 'test')
  setInterval(() => process.ppid !== parent && stopOnce('SIGTERM'), 500).unref();

await main();
