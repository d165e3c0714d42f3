// npm run bench:recovery [-- --rounds 10]: how long a call takes to come up over each kind of network, and how long the picture stands
// still after a fault in mid-call, ours beside plain simple-peer. Writes bench/recovery.md. Needs root and Linux; close other programs first.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root, runMain } from '../../tools/machine/install.mjs';
import { networkObstacle } from '../../tools/machine/network-lab.mjs';
import { buildExtension } from '../../tools/package/build-extension.mjs';

const option = process.argv.indexOf('--rounds');
const rounds = option === -1 ? 10 : Number(process.argv[option + 1]);

/** @import { Bench, Row } from '../recovery.mjs' */
/** @typedef {readonly (number | undefined)[]} Times in ms; undefined where the picture never came back. */

/** @param {number} ms */
const seconds = (ms) => (ms / 1000).toFixed(1);

/**
 * Median and worst of those that came back, and how many did not.
 * @param {Times} times
 */
function cell(times) {
  const back = times.flatMap((time) => time ?? []).sort((a, b) => a - b);
  const lost = times.length - back.length;
  const [middle, worst] = [back[Math.floor((back.length - 1) / 2)], back.at(-1)];
  const words = middle === undefined || worst === undefined ? '' : `${seconds(middle)} (worst ${seconds(worst)})`;
  return [words, lost > 0 ? `${lost} of ${times.length} never` : ''].filter(Boolean).join(', ');
}

/**
 * @param {string} of
 * @param {readonly Row[]} rows
 */
const table = (of, rows) => `| ${of} | ours | plain simple-peer |
| --- | --- | --- |
${rows.map(({ name, ours, plain }) => `| ${name} | ${cell(ours)} | ${cell(plain)} |`).join('\n')}
`;

/**
 * The typed lab of the tests, loaded through vite; from one file, so that all of it knows the same passwords.
 * @returns {Promise<Bench>}
 */
async function startScene() {
  const { runnerImport } = await import('vite');
  const file = join(root, 'tests/support/lab/bench-scene.ts');
  /** @type {{ module: typeof import('../../tests/support/lab/bench-scene.ts') }} */
  const { module } = await runnerImport(file, { configFile: false, root });
  return module.startBenchScene();
}

await runMain(async () => {
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds wants a whole number from 1 on.');
  ensureInstalled({ browsers: true, networks: true });
  const obstacle = networkObstacle();
  if (obstacle) throw new Error(`No networks can be made here: ${obstacle}.`);
  await buildExtension('chrome');
  const { measureRecovery } = await import('../recovery.mjs');
  const { measureSetUp } = await import('../setup-time.mjs');
  const load = loadavg()[0]?.toFixed(2);
  const onRound = (/** @type {number} */ round, /** @type {Row} */ { name, ours, plain }) =>
    console.log(`round ${round + 1}: ${name}: ours ${cell([ours.at(-1)])} s, simple-peer ${cell([plain.at(-1)])} s`);
  const bench = await startScene();
  /** @type {readonly Row[]} */
  let setUp = [];
  /** @type {readonly Row[]} */
  let recovery = [];
  try {
    setUp = await measureSetUp({ bench, rounds, onRound });
    recovery = await measureRecovery({ bench, rounds, onRound });
  } finally {
    await bench.close();
  }
  const page = `# Calls over real networks, measured

Two homes in the network lab, in seconds: median (worst) of ${rounds}, ours and plain simple-peer in turns, in the same browsers. simple-peer is what most
products ship: it has the same networks, servers and cameras, and signaling that never fails and costs nothing.

## Until both see each other

Ours from the click on accept, through relays in the lab, with everything sealed and proven; simple-peer from its start, with both cameras on.

${table('network', setUp)}
## Until the picture moves again after a fault

The longest standstill of the picture, the worse of both ends. Ordinary routers (port-restricted NATs), STUN and TURN; everything happens to Alice. Faults
that last 3 s or 10 s are counted in. "never": simple-peer has destroyed itself, or no picture moves within 60 s.

${table('fault', recovery)}
Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${load} before.
`;
  writeFileSync(join(root, 'bench', 'recovery.md'), page);
  console.log(page);
});
