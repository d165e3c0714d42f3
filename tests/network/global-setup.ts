// Before the tests over real networks: Alice and Bob become contacts once. Each test begins with a copy of their profiles.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { networkObstacle } from '../../tools/machine/network-lab.mjs';
import { meet } from '../support/lab/people.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of Alice's and Bob's profiles. */
    readonly profiles: string;
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  const obstacle = networkObstacle();
  if (obstacle) throw new Error(`The tests over real networks cannot run: ${obstacle}.`);
  const profiles = mkdtempSync(join(tmpdir(), 'ffc-people-'));
  const remove = () => rmSync(profiles, { recursive: true, force: true });
  try {
    await meet(profiles);
  } catch (error) {
    remove();
    throw error;
  }
  project.provide('profiles', profiles);
  return remove;
}
