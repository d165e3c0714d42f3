// npm test: the whole gate on a bare machine, step by step with times; stops at the first failure.
// The last line sums up the reports of vitest: "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { targets } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';
import { ensureInstalled, root } from './install.mjs';
import { networkObstacle } from './network-lab.mjs';

const artifacts = join(root, 'artifacts');
const tally = { passed: 0, failed: 0 };

/** Runs a program of node_modules/.bin with its output shown; true when it ended well. */
function succeeds(program, ...args) {
  const file = join(root, 'node_modules', '.bin', program);
  return spawnSync(file, args, { cwd: root, stdio: 'inherit' }).status === 0;
}

/** Runs one project of vitest and adds its report to the tally. A run that fails with no failed test counts as one. */
function vitest(project) {
  const report = join(artifacts, `vitest-${project}.json`);
  rmSync(report, { force: true });
  const ok = succeeds(
    'vitest',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  );
  const { numPassedTests = 0, numFailedTests = 0 } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {};
  tally.passed += numPassedTests;
  tally.failed += ok ? numFailedTests : Math.max(1, numFailedTests);
  return ok;
}

/** Packs the extension twice for each browser; true when both zips have the same bytes. */
async function isReproducible() {
  const { packageExtension } = await import('./package.mjs');
  let isSame = true;
  for (const target of targets) {
    const first = await packageExtension(target);
    const second = await packageExtension(target);
    console.log(`${target}: first  ${first.sha256}\n${target}: second ${second.sha256}  ${second.size} bytes`);
    isSame &&= first.sha256 === second.sha256;
  }
  return isSame;
}

/** Preact's `dangerouslySetInnerHTML`, which nothing of ours uses, and the inert document in which DOMPurify reads what it purifies. */
const isKnownWarning = ({ code, file }) =>
  code === 'UNSAFE_VAR_ASSIGNMENT' && /^assets\/(?:preact|chat-panel)-/.test(file);

/** Mozilla's own linter, which the add-on store runs, on the build of the step before. */
function isFitForFirefox() {
  const linter = join(root, 'node_modules', '.bin', 'addons-linter');
  const { stdout } = spawnSync(linter, ['--output', 'json', join(root, 'dist', 'firefox')], { encoding: 'utf8' });
  const { errors, warnings, notices } = JSON.parse(stdout.slice(stdout.indexOf('{')));
  const found = [...errors, ...warnings, ...notices].filter((message) => !isKnownWarning(message));
  for (const { code, message, file } of found) console.log(`${code} ${file ?? ''}: ${message}`);
  return found.length === 0;
}

/** Where no networks can be made, it says so loudly and is content. */
function testOverNetworks() {
  const obstacle = networkObstacle();
  if (!obstacle) return vitest('network');
  const line = '!'.repeat(100);
  console.log(`${line}
NOT TESTED: calls through NAT, TURN, blocked UDP, from IPv4 to IPv6 and over Yggdrasil, what leaves before a yes, and
what becomes of a call when the network fails. The tests over real networks were not run: ${obstacle}.
${line}`);
  return true;
}

const steps = [
  {
    name: 'Install what is missing',
    run() {
      ensureInstalled({
        browsers: ['chromium', 'firefox'],
        desktop: true,
        brokers: true,
        turn: true,
        networks: true,
      });
      process.env.FFC_CHROMIUM ??= findChromium();
      process.env.FFC_FIREFOX ??= findFirefox();
      return true;
    },
    failure: 'The machine lacks something that the tests need.',
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
  { name: 'Unit tests', run: () => vitest('unit'), failure: 'A unit test failed.' },
  { name: 'Build twice, same bytes', run: isReproducible, failure: 'Two builds of the same sources differ.' },
  { name: "Firefox's linter", run: isFitForFirefox, failure: "addons-linter finds fault with Firefox's build." },
  { name: 'Tests in real browsers', run: () => vitest('browsers'), failure: 'A test in a real browser failed.' },
  { name: 'Three and six browsers in one call', run: () => vitest('crowd'), failure: 'A test of a group failed.' },
  { name: 'Tests over real networks', run: testOverNetworks, failure: 'A test over a real network failed.' },
];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

async function main() {
  mkdirSync(artifacts, { recursive: true });
  const start = performance.now();
  for (const [index, { name, run, failure }] of steps.entries()) {
    console.log(`\n[${index + 1}/${steps.length}] ${name}`);
    const since = performance.now();
    let reason = failure;
    const before = tally.failed;
    const ok = await Promise.resolve()
      .then(run)
      .catch((error) => {
        reason = `${failure} ${error.message}`;
        return false;
      });
    console.log(`[${index + 1}/${steps.length}] ${name}: ${ok ? 'ok' : 'FAILED'} in ${seconds(since)}`);
    if (!ok) {
      if (tally.failed === before) tally.failed += 1;
      console.log(`\nStopped after ${seconds(start)}. ${reason}`);
      process.exitCode = 1;
      return;
    }
  }
  console.log(`\nEverything passed in ${seconds(start)}.`);
}

await main();
console.log(`${tally.passed} passed, ${tally.failed} failed`);
