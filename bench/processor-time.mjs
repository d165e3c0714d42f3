// How much the processors do: of the whole machine, and of one program with all that it has started. The latter from /proc: Linux only.
import { readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

const ticksPerSecond = 100;

/** Busy milliseconds of all cores since the machine started. */
export const busyMs = () => cpus().reduce((sum, { times }) => sum + times.user + times.sys + times.irq + times.nice, 0);

/** @returns {{ readonly pid: number, readonly parent: number, readonly ticks: number }[]} */
function processes() {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program may hold spaces: what follows its last bracket has a fixed order.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return [{ pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
    } catch {
      // It ended while we looked.
      return [];
    }
  });
}

/**
 * Processor seconds that a process and each of its descendants have used, by process.
 * @param {number} rootPid
 */
export function secondsByProcess(rootPid) {
  const all = processes();
  const family = new Set([rootPid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return new Map(all.filter(({ pid }) => family.has(pid)).map(({ pid, ticks }) => [pid, ticks / ticksPerSecond]));
}
