// npm run bench:effects [-- --frames 60 --seconds 20]: what a background costs per frame and noise suppression per second of sound. Writes bench/effects.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireChromium } from '../../tools/machine/chromium.mjs';
import { chromiumVersion, ensureInstalled, root, runMain } from '../../tools/machine/install.mjs';

/** @param {readonly number[]} all */
function spread(all) {
  const sorted = all.toSorted((one, other) => one - other);
  const at = (/** @type {number} */ share) => (sorted[Math.round(share * (sorted.length - 1))] ?? 0).toFixed(1);
  return `${at(0.5)} (${at(0)}-${at(1)})`;
}

await runMain(async () => {
  ensureInstalled({ browsers: true });
  const { values } = parseArgs({
    options: { frames: { type: 'string', default: '60' }, seconds: { type: 'string', default: '20' } },
  });
  const [frames, seconds] = [Number(values.frames), Number(values.seconds)];
  const { measureFrames, measureSound } = await import('../effects.mjs');
  const load = loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
  const sound = await measureSound({ root, seconds });
  const outDir = mkdtempSync(join(tmpdir(), 'ffc-effects-'));
  try {
    const executablePath = requireChromium();
    const ways = await measureFrames({ root, executablePath, outDir, frames });
    const page = `# Backgrounds and noise suppression, measured

A frame of 640 x 360, ${frames} of each way, median (min-max), in milliseconds from the frame to a pixel that can be read: what a computer without a graphics
card needs, where the browser draws by the processor. A background costs its drawing on every frame, and the mask on at most fifteen a second. A computer
is refused above 25 ms of mask and waiting at this size, and above 45 ms at half of it.

| way | ms per frame |
| --- | --- |
${ways.map(({ way, ms }) => `| ${way} | ${spread(ms)} |`).join('\n')}

Noise suppression, by the worklet of the page in Node: ${spread(sound)} ms of processor time for a second of sound, of ${seconds} seconds.

Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')}, ${chromiumVersion(executablePath)} headless, ${cpus().length} cores, load average before (1, 5, 15 min) ${load}.
`;
    writeFileSync(join(root, 'bench', 'effects.md'), page);
    console.log(`\n${page}`);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
});
