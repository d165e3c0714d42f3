// npm run bench:recovery [-- --rounds 10]: how long the picture stands still after a fault in mid-call, ours beside plain simple-peer.
// Writes bench/recovery.md. Needs root and Linux; close other programs first.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildExtension } from './build.mjs';
import { ensureInstalled, root, runMain } from './install.mjs';
import { networkObstacle } from './network-lab.mjs';

const option = process.argv.indexOf('--rounds');
const rounds = option === -1 ? 10 : Number(process.argv[option + 1]);

const seconds = (ms) => (ms / 1000).toFixed(1);

/** Median and worst of those that came back, and how many did not. */
function cell(times) {
  const back = times.filter((time) => time !== undefined).sort((a, b) => a - b);
  const lost = times.length - back.length;
  const words =
    back.length === 0 ? '' : `${seconds(back[Math.floor((back.length - 1) / 2)])} (worst ${seconds(back.at(-1))})`;
  return [words, lost > 0 ? `${lost} of ${times.length} never` : ''].filter(Boolean).join(', ');
}

await runMain(async () => {
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds wants a whole number from 1 on.');
  ensureInstalled({ browsers: true, networks: true });
  const obstacle = networkObstacle();
  if (obstacle) throw new Error(`No networks can be made here: ${obstacle}.`);
  await buildExtension('chrome');
  const { measureRecovery } = await import('../bench/recovery.mjs');
  const load = loadavg()[0].toFixed(2);
  const rows = await measureRecovery({
    root,
    rounds,
    onRound: (round, { fault, ours, plain }) =>
      console.log(`round ${round + 1}: ${fault}: ours ${cell([ours.at(-1)])} s, simple-peer ${cell([plain.at(-1)])} s`),
  });
  const page = `# Recovery after a fault in mid-call, measured

The longest standstill of the picture, the worse of both ends, in seconds: median (worst) of ${rounds}. Two homes behind port-restricted NATs, with STUN and
TURN; everything happens to Alice. Faults that last 3 s or 10 s are counted in. simple-peer is what most products ship: it has the same
networks, servers and cameras, and signaling that never fails. "never": no moving picture within 60 s.

| fault | ours | plain simple-peer |
| --- | --- | --- |
${rows.map(({ fault, ours, plain }) => `| ${fault} | ${cell(ours)} | ${cell(plain)} |`).join('\n')}

Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), load ${load} before.
`;
  writeFileSync(join(root, 'bench', 'recovery.md'), page);
  console.log(page);
});
