// npm run mutate [-- --only PATTERN]: takes one defence after the other out of a copy of the sources and runs the unit tests that should
// notice. A defence whose absence no test notices has SURVIVED, and the program ends with 1. scripts/mutations.json is the list.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
/**
 * Each: what is taken out, where, the text that is there exactly once, what stands in its place then, and the tests that have to notice.
 * @type {readonly { name: string, file: string, from: string, to: string, tests: readonly string[] }[]}
 */
const mutations = JSON.parse(readFileSync(join(root, 'scripts/mutations.json'), 'utf8'));
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });
const only = new RegExp(values.only, 'i');
const chosen = mutations.filter(({ name, file }) => only.test(name) || only.test(file));

/** All that tests read, without what is built or fetched. */
const leftOut = new Set(['node_modules', 'dist', '.git', '.tsbuild', 'coverage']);

/**
 * @param {string} folder
 * @param {readonly string[]} tests
 * @returns {string | undefined} what noticed.
 */
function runTests(folder, tests) {
  const vitest = join(folder, 'node_modules', 'vitest', 'vitest.mjs');
  const report = join(folder, 'mutation-report.json');
  rmSync(report, { force: true });
  const args = [vitest, 'run', '--project', 'unit', '--reporter=json', `--outputFile=${report}`, '--bail=1', ...tests];
  const env = { ...process.env, FFC_MACHINE: process.env['FFC_MACHINE'] ?? '{"slowness":2,"filesAtATime":1}' };
  const { status } = spawnSync(process.execPath, args, { cwd: folder, env, stdio: 'ignore' });
  return status === 0 ? undefined : (firstFailure(report) ?? 'the run');
}

/**
 * The test that noticed.
 * @param {string} report
 */
function firstFailure(report) {
  try {
    /** @type {{ testResults: { assertionResults: { status: string, fullName: string }[] }[] }} */
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const all = testResults.flatMap(({ assertionResults }) => assertionResults);
    return all.find(({ status }) => status === 'failed')?.fullName;
  } catch {
    return undefined;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'ffc-mutate-'));
let survivors = 0;
try {
  cpSync(root, folder, { recursive: true, filter: (path) => !leftOut.has(path.slice(root.length + 1)) });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  for (const { name, file, from, to, tests } of chosen) {
    const path = join(folder, file);
    const source = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      source.replace(from, () => to),
    );
    const killer = runTests(folder, tests);
    writeFileSync(path, source);
    if (killer === undefined) survivors += 1;
    console.log(
      `${killer === undefined ? 'SURVIVED' : 'killed  '}  ${name}  (${file})${killer ? `  by: ${killer}` : ''}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${chosen.length - survivors} killed, ${survivors} survived`);
process.exitCode = survivors > 0 || chosen.length === 0 ? 1 : 0;
