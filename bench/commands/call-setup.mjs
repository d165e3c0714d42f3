// npm run bench [-- --rounds 15] [-- --only floor]: call set-up of ours and of others, interleaved in one run.
// Writes bench/results.md and artifacts/bench.json. Close other programs first: it measures this machine, too.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, type as systemName, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireChromium } from '../../tools/machine/chromium.mjs';
import { chromiumVersion, ensureInstalled, root, runMain } from '../../tools/machine/install.mjs';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, only: { type: 'string' } },
});

/** @import { Lane, Participant } from '../baselines.mjs' */
/** @import { Cells, Result, Times } from '../table.mjs' */
/** @typedef {Lane & { readonly name: string, readonly footnotes: readonly string[], readonly runs: Times[], failures: number }} Measured */

/**
 * @param {string} name
 * @returns {string}
 */
const versionOf = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
const load = () =>
  loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');

/**
 * The baselines and ours.
 * @returns {Promise<readonly Participant[]>}
 */
async function participants() {
  const { baselines } = await import('../baselines.mjs');
  const { ours } = await import('../ours.mjs');
  const only = options.only ?? '';
  return [...baselines, ours].filter(({ name }) => name.includes(only));
}

async function launchBrowser() {
  const { default: puppeteer } = await import('puppeteer-core');
  return puppeteer.launch({
    executablePath: requireChromium(),
    pipe: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
    ],
  });
}

/**
 * Every participant once per round; the order moves on by one each round.
 * @param {readonly Measured[]} lanes
 * @param {number} rounds
 */
async function measure(lanes, rounds) {
  for (let round = 0; round < rounds; round += 1)
    for (const lane of [...lanes.slice(round % lanes.length), ...lanes.slice(0, round % lanes.length)]) {
      const times = await lane.run().catch((error) => {
        console.log(`  round ${round + 1}  ${lane.name}: FAILED ${error.message}`);
        lane.failures += 1;
        return undefined;
      });
      if (!times) continue;
      lane.runs.push(times);
      const shown = /** @type {const} */ (['clickToRingMs', 'acceptToBothMs', 'callToBothMs']).map(
        (key) => `${key} ${times[key].toFixed(0)}`,
      );
      console.log(`  round ${round + 1}  ${lane.name}: ${shown.join('  ')}`);
    }
}

/**
 * Facts about the machine and the product; a fact that was not measured is left out.
 * @param {string} loadBefore
 * @param {readonly Measured[]} lanes
 * @returns {readonly Cells[]}
 */
function facts(loadBefore, lanes) {
  const zip = join(
    root,
    'dist',
    `freeflow-connect-chrome-${JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version}.zip`,
  );
  return [
    ['date', new Date().toISOString().slice(0, 16).replace('T', ' ')],
    [
      'machine',
      `${systemName()} ${release()}, ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB`,
    ],
    ['cores', cpus().length],
    ['load average before (1, 5, 15 min)', loadBefore],
    ['load average after', load()],
    ['browser', `${chromiumVersion(requireChromium())}, headless`],
    [
      'versions',
      `Node ${process.versions.node}, ${['simple-peer', 'peerjs', 'peer', 'ws'].map((name) => `${name} ${versionOf(name)}`).join(', ')}`,
    ],
    ...(existsSync(zip) ? [['package for the store (zip)', `${(statSync(zip).size / 1000).toFixed(0)} kB`]] : []),
    ...lanes.flatMap((lane) => lane.facts?.() ?? []),
  ];
}

await runMain(async () => {
  ensureInstalled({ browsers: true });
  const rounds = Number(options.rounds);
  const { floorName, referenceName, servePages } = await import('../baselines.mjs');
  const { resultsPage } = await import('../table.mjs');
  const loadBefore = load();
  const pages = await servePages();
  const browser = await launchBrowser();
  /** @type {Measured[]} */
  const lanes = [];
  try {
    for (const { name, setUp, footnotes = [] } of await participants()) {
      const ready = await setUp({ browser, origin: pages.origin, root });
      lanes.push(Object.assign(ready, { name, footnotes, runs: [], failures: 0 }));
    }
    console.log(`${lanes.length} systems, ${rounds} rounds`);
    await measure(lanes, rounds);
  } finally {
    for (const lane of lanes) await lane.close();
    await browser.close();
    await pages.close();
  }
  /** @type {readonly Result[]} */
  const results = lanes.map(({ name, footnotes, runs, failures }) => ({ name, footnotes, runs, failures }));
  const page = resultsPage({ results, facts: facts(loadBefore, lanes), referenceName, floorName, rounds });
  mkdirSync(join(root, 'artifacts'), { recursive: true });
  writeFileSync(join(root, 'artifacts', 'bench.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(root, 'bench', 'results.md'), page);
  console.log(`\n${page}`);
  if (lanes.some((lane) => lane.runs.length === 0)) throw new Error('A system never got through; see FAILED above.');
});
