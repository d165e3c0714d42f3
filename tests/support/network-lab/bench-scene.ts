// What the bench of recovery needs of the lab: two people who know each other, a call between them, and what happens to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IceServer } from '../../../src/core/ice-server.ts';
import {
  anotherNetwork,
  cableCut,
  type Fault,
  type FaultScene,
  faultScene,
  linkDown,
  newAddress,
  pagesFrozen,
  routeGone,
} from './faults.ts';
import { stun, turnOverTcp, turnOverUdp } from './internet.ts';
import { type CallPages, meet, untilBothSeeAndHear } from './people.ts';

interface BenchScene {
  readonly scene: FaultScene;
  /** What both have in their settings. */
  readonly servers: readonly IceServer[];
  readonly faults: readonly Fault[];
  /** A call of the product in which both see and hear each other. */
  readonly call: () => Promise<CallPages>;
  readonly close: () => Promise<void>;
}

/** Starts it, with the product built before. */
export async function startBenchScene(): Promise<BenchScene> {
  const profiles = mkdtempSync(join(tmpdir(), 'ffc-bench-people-'));
  const remove = () => rmSync(profiles, { recursive: true, force: true });
  try {
    await meet(profiles);
    const scene = await faultScene(profiles);
    const servers = [stun, turnOverUdp, turnOverTcp];
    await scene.people.use(...servers);
    return {
      scene,
      servers,
      faults: [cableCut, linkDown, routeGone, newAddress, anotherNetwork, pagesFrozen],
      async call() {
        const pages = await scene.people.call();
        await untilBothSeeAndHear(pages);
        return pages;
      },
      async close() {
        await scene.lab.close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
