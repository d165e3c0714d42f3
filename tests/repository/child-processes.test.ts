// What npm test starts ends with it, however far it has gone away.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { endChildren, removeTemporaryFolder, runProgram } from '../../tools/machine/child-processes.mjs';
import { until } from '../support/runner/condition.ts';

const folder = mkdtempSync(join(tmpdir(), 'ffc-children-'));
afterAll(() => {
  removeTemporaryFolder();
  rmSync(folder, { recursive: true, force: true });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // One that has ended and that nobody has asked for its end yet is not alive.
    return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

test('a program is ended with what it has started, in a group of its own and deaf to TERM', async () => {
  const [pidFile, script] = [join(folder, 'pid'), join(folder, 'deaf.mjs')];
  writeFileSync(
    script,
    `import { spawn } from 'node:child_process';
     import { writeFileSync } from 'node:fs';
     const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
     const { pid } = spawn(process.execPath, ['-e', deaf], { detached: true, stdio: 'ignore' });
     writeFileSync(${JSON.stringify(pidFile)}, String(pid));
     setInterval(() => {}, 1000);`,
  );
  const run = runProgram(process.execPath, [script], folder);
  const pid = await until(() => (existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0), {
    what: 'the grandchild',
  });
  expect(isAlive(pid)).toBe(true);
  await endChildren();
  expect(await run).toEqual({ ok: false, isLate: false, output: '' });
  expect(isAlive(pid)).toBe(false);
});

test('one that is late is ended, and said to be late', async () => {
  const run = runProgram(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], folder, { withinMs: 100 });
  expect(await run).toEqual({ ok: false, isLate: true, output: '' });
});

test('one that ends by itself is told how', async () => {
  const say = (code: number) =>
    runProgram(process.execPath, ['-e', `console.log('hello'); process.exitCode = ${code}`], folder, { reads: true });
  expect(await say(0)).toEqual({ ok: true, isLate: false, output: 'hello\n' });
  expect(await say(1)).toEqual({ ok: false, isLate: false, output: 'hello\n' });
  expect(await runProgram('/no/such/program', [], folder)).toEqual({ ok: false, isLate: false, output: '' });
});
