// npm run bench:mesh [-- --people 2,4,6] [-- --rounds 1] [-- --camera 640x360] [-- --seconds 10]: groups of ours against groups of plain
// simple-peer, all people on this machine. Writes bench/mesh.md.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireChromium } from './chromium.mjs';
import { chromiumVersion, ensureInstalled, root, runMain } from './install.mjs';

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '2,4,6' },
    rounds: { type: 'string', default: '1' },
    camera: { type: 'string', default: '640x360' },
    settle: { type: 'string', default: '25' },
    seconds: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});

const names = { ours: 'ours', 'simple-peer': 'simple-peer 9.11.1' };
const shown = (row) =>
  `${row.cores.toFixed(2)} cores (others ${row.otherCores.toFixed(2)}), ${row.cpuMsPerFrame.toFixed(2)} ms per decoded frame, ${row.framesPerRemote.toFixed(1)} (least ${row.leastFrames.toFixed(1)}) frames per second per remote, frozen ${(100 * row.frozenShare).toFixed(0)} %, ${row.kbpsPerLink.toFixed(0)} kbit/s per link, encode ${row.encodeMs.toFixed(1)} ms, decode ${row.decodeMs.toFixed(1)} ms${row.isWhole ? '' : ', NOT ALL LINKS CAME UP'}; ${row.sent.join(', ')}`;

await runMain(async () => {
  ensureInstalled({ browsers: true });
  const { measureMeshes } = await import('../bench/mesh.mjs');
  const load = loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
  const rows = await measureMeshes({
    root,
    executablePath: requireChromium(),
    sizes: options.people.split(',').map(Number),
    rounds: Number(options.rounds),
    camera: options.camera,
    settleSeconds: Number(options.settle),
    seconds: Number(options.seconds),
    kinds: options.only ? [options.only] : ['simple-peer', 'ours'],
    log: (people, kind, row) => console.log(`${people} people, ${names[kind]}: ${shown(row)}`),
  });
  if (options.only) return;
  const { mesh } = await import('../bench/mesh-page.mjs');
  const page = mesh({ rows, names, options, load, browser: chromiumVersion(requireChromium()), cores: cpus().length });
  writeFileSync(join(root, 'bench', 'mesh.md'), page);
  console.log(`\n${page}`);
});
