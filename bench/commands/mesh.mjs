// npm run bench:mesh [-- --people 2,4,6] [-- --rounds 1] [-- --camera 640x360@20] [-- --seconds 10]: groups of ours against groups of plain
// simple-peer, all people on this machine. Writes bench/mesh.md.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireChromium } from '../../tools/machine/chromium.mjs';
import { chromiumVersion, ensureInstalled, root, runMain } from '../../tools/machine/install.mjs';

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '2,4,6' },
    rounds: { type: 'string', default: '1' },
    camera: { type: 'string', default: '640x360@20' },
    settle: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '10' },
    only: { type: 'string' },
    // 'whole': the camera goes on with its whole picture where only small ones are wanted.
    capture: { type: 'string', default: 'small' },
  },
});

/** @import { Figures, Kind, Row } from '../mesh.mjs' */

/** @type {readonly Kind[]} */
const kinds = ['simple-peer', 'ours'];
const names = { ours: 'ours', 'simple-peer': 'simple-peer 9.11.1' };

/** @param {Figures} row */
const shown = (row) =>
  `${row.cores.toFixed(2)} cores (others ${row.otherCores.toFixed(2)}), ${row.cpuMsPerFrame.toFixed(2)} ms per decoded frame, ${row.framesPerRemote.toFixed(1)} (least ${row.leastFrames.toFixed(1)}) frames per second per remote, frozen ${(100 * row.frozenShare).toFixed(0)} %, ${row.kbpsPerLink.toFixed(0)} kbit/s per link, encode ${row.encodeMs.toFixed(1)} ms, decode ${row.decodeMs.toFixed(1)} ms, links up ${(100 * row.linksUp).toFixed(0)} %; ${row.sent.join(', ')}`;

/** @typedef {{ [Key in keyof Figures]: Figures[Key] extends number ? Key : never }[keyof Figures]} Figure */

/**
 * One row for each kind and size: the median of its rounds.
 * @param {readonly Row[]} rows
 * @param {string} load
 * @param {(values: readonly number[]) => number} median
 */
function resultsPage(rows, load, median) {
  const sizes = [...new Set(rows.map(({ people }) => people))];
  const of = (/** @type {number} */ people, /** @type {Kind} */ kind) =>
    rows.filter((row) => row.people === people && row.kind === kind);
  const middle = (/** @type {readonly Row[]} */ runs, /** @type {Figure} */ key, /** @type {number} */ digits) =>
    median(runs.map((row) => row[key])).toFixed(digits);
  const line = (/** @type {number} */ people, /** @type {Kind} */ kind) => {
    const runs = of(people, kind);
    const cells = [
      people,
      names[kind],
      middle(runs, 'cores', 2),
      middle(runs, 'cpuMsPerFrame', 2),
      `${middle(runs, 'framesPerRemote', 1)} (${middle(runs, 'leastFrames', 1)})`,
      `${(100 * median(runs.map(({ frozenShare }) => frozenShare))).toFixed(0)} %`,
      middle(runs, 'kbpsPerLink', 0),
      runs[0]?.sent[0]?.replace(/^\d+ × /, ''),
      middle(runs, 'linksUp', 2),
      middle(runs, 'otherCores', 2),
    ];
    return `| ${cells.join(' | ')} |`;
  };
  const ratios = sizes.map((people) => {
    const cpu = (/** @type {Kind} */ kind) => median(of(people, kind).map((row) => row.cpuMsPerFrame));
    return `${people} people: ${(cpu('simple-peer') / cpu('ours')).toFixed(2)}`;
  });
  return `# Groups, measured

Each person is a page of one Chromium, in a context of its own, all on this machine: a full mesh of the product's connections with their quality
control and economy, and a full mesh of simple-peer with its defaults, in turn. All pages have the same camera (${options.camera}, a
moving picture with noise), the same microphone, and show everybody in a grid of 1280 × 720. Measured over ${options.seconds} s,
${options.settle} s after the last link came up; medians of ${options.rounds} round(s). One person speaks.

| people | mesh of | cores, all pages together | CPU ms per decoded frame | frames per second per remote (least) | frozen | kbit/s per link | most links send | links that show a picture | other programs, cores |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${sizes.flatMap((people) => kinds.map((kind) => line(people, kind))).join('\n')}

CPU per decoded frame, simple-peer against ours: **${ratios.join(', ')}**.

- CPU counts every process of the browser: encoding, decoding, painting, packets, sound, the camera.
- A machine of one person runs one of these pages.

Measured ${new Date().toISOString().slice(0, 10)}, ${chromiumVersion(requireChromium())} headless, ${cpus().length} cores, load average before (1, 5, 15 min) ${load}.
`;
}

await runMain(async () => {
  ensureInstalled({ browsers: true });
  const { measureMeshes } = await import('../mesh.mjs');
  const load = loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
  const rows = await measureMeshes({
    root,
    executablePath: requireChromium(),
    sizes: options.people.split(',').map(Number),
    rounds: Number(options.rounds),
    camera: options.camera,
    capture: options.capture,
    settleSeconds: Number(options.settle),
    seconds: Number(options.seconds),
    kinds: kinds.filter((kind) => options.only === undefined || kind === options.only),
    log: (people, kind, row) => console.log(`${people} people, ${names[kind]}: ${shown(row)}`),
  });
  if (options.only) return;
  const { median } = await import('../table.mjs');
  const page = resultsPage(rows, load, median);
  writeFileSync(join(root, 'bench', 'mesh.md'), page);
  console.log(`\n${page}`);
});
