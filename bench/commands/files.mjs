// npm run bench:files [-- --rounds 7] [-- --megabytes 100]: files in a call against a plain data channel on the same connection, and the
// chat meanwhile. Writes bench/files.md.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireChromium } from '../../tools/machine/chromium.mjs';
import { chromiumVersion, ensureInstalled, root, runMain } from '../../tools/machine/install.mjs';

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, megabytes: { type: 'string', default: '100' } },
});

await runMain(async () => {
  ensureInstalled({ browsers: true });
  const { measureFiles } = await import('../files.mjs');
  const { median } = await import('../table.mjs');
  const load = loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
  const [rounds, megabytes] = [Number(options.rounds), Number(options.megabytes)];
  const { runs, calm, busy } = await measureFiles({ root, rounds, megabytes, log: console.log });
  const spread = (/** @type {readonly number[]} */ values, digits = 1) =>
    `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}-${Math.max(...values).toFixed(digits)})`;
  const row = (/** @type {string} */ name, /** @type {'raw' | 'file'} */ key) =>
    `| ${name} | ${spread(runs.map((run) => run[key].rate))} | ${spread(
      runs.map((run) => run[key].cores),
      2,
    )} |`;
  const ratios = runs.map(({ raw, file }) => file.rate / raw.rate);
  const page = `# Files in a call, measured

${rounds} rounds of ${megabytes} MB, medians (min-max): a file, and a plain data channel that another script opens on the same connection, in turn. The
plain channel sends 64 KiB messages from memory into nothing. The file is read from a disk, sent in frames of 64 KiB, written to the other
side's disk block by block and hashed on both sides: from the click on _Accept_ to _Received and checked_. Both browsers run on the same machine,
in one call with cameras and microphones off.

| way | MB/s | cores, whole machine |
| --- | --- | --- |
${row('plain data channel', 'raw')}
${row('a file', 'file')}

A file reaches **${spread(ratios, 2)}** of the plain channel (of each round).

| a message of the chat, click to the other screen, ms | |
| --- | --- |
| calm | ${spread(calm, 0)} |
| while a file of ${4 * megabytes} MB runs | ${spread(busy, 0)} |

Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')}, ${chromiumVersion(requireChromium())} headless, ${cpus().length} cores, load average before (1, 5, 15 min) ${load}.
`;
  writeFileSync(join(root, 'bench', 'files.md'), page);
  console.log(`\n${page}`);
});
