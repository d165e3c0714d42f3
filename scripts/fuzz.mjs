// npm run fuzz [-- --parser NAME --seconds 60 --seed 1]: every parser that meets the network is given inputs that reach ever more of its
// code; what reaches something new is kept in tests/fuzz/corpus. npm run fuzz -- --mesh [--seconds 600]: a member of a group call with a
// program of their own. Ends with 1 when something was found.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    parser: { type: 'string', default: 'all' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    mesh: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);

/** Again and again with other seeds, which fast-check prints when something is found. */
function meshIsWell() {
  const end = Date.now() + seconds * 1000;
  const only = ['tests/call/group/hostile-moves.test.ts', '-t', 'whatever somebody in the call says'];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  do {
    const env = { ...process.env, FFC_FUZZ_RUNS: '50' };
    const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', 'unit', ...only], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    if (status !== 0) return false;
  } while (Date.now() < end);
  return true;
}

/** One file, so that V8 counts it as one script. */
async function parsersAreWell() {
  const folder = mkdtempSync(join(tmpdir(), 'ffc-fuzz-'));
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: { ssr: 'tests/fuzz/guided-fuzzing.ts', outDir: join(folder, 'bundle'), emptyOutDir: true, minify: false },
    });
    const { fuzz } = await import(pathToFileURL(join(folder, 'bundle', 'guided-fuzzing.js')).href);
    console.log(`seed ${values.seed}`);
    return await fuzz(join(root, 'tests/fuzz/corpus'), values.parser, seconds, Number(values.seed), tmpdir());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = (values.mesh ? meshIsWell() : await parsersAreWell()) ? 0 : 1;
