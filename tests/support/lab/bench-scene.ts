// What the bench of recovery needs of the lab: two people who know each other, a call between them over several kinds of network, and
// what happens to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSHandle, Page } from 'puppeteer-core';
import type { IceServer } from '../../../src/core/network/ice-server.ts';
import { clickButton, find } from '../drivers/page-actions.ts';
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
import { stun, turnOverTcp, turnOverTls, turnOverUdp } from './internet.ts';
import { type CallPages, meet, untilBothSeeAndHear } from './people.ts';
import type { RouterRules } from './router.ts';

/** A kind of network, and what both have in their settings for it. */
interface BenchNetwork {
  readonly name: string;
  readonly rules: Partial<RouterRules>;
  readonly servers: readonly IceServer[];
}

const everyWay = [stun, turnOverUdp, turnOverTcp];

const networks: readonly BenchNetwork[] = [
  { name: 'ordinary routers: direct, STUN', rules: {}, servers: everyWay },
  { name: 'symmetric routers: TURN over UDP', rules: { translation: 'symmetric' }, servers: everyWay },
  { name: 'UDP blocked: TURN over TCP', rules: { blocksUdp: true }, servers: everyWay },
  {
    name: 'only web pages get through: TURN over TLS',
    rules: { blocksUdp: true, onlyTcpPorts: [443] },
    servers: [...everyWay, turnOverTls],
  },
];

interface BenchScene {
  readonly scene: FaultScene;
  /** What both have in their settings to begin with. */
  readonly servers: readonly IceServer[];
  readonly networks: readonly BenchNetwork[];
  readonly useNetwork: (network: BenchNetwork) => Promise<void>;
  /** From the click on accept until both see the other's first picture, in ms. */
  readonly timeToPictures: () => Promise<number>;
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
    await scene.people.use(...everyWay);
    return {
      scene,
      servers: everyWay,
      networks,
      async useNetwork({ rules, servers }) {
        scene.setRules(rules);
        await scene.people.use(...servers);
      },
      timeToPictures: () => timeToPictures(scene),
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

async function timeToPictures({ people }: FaultScene): Promise<number> {
  const { alice, bob } = await people.ring();
  await find(bob, 'button', 'Accept with video');
  const shown = await Promise.all([firstFrame(alice, 'Bob'), firstFrame(bob, 'Alice')]);
  const clicked = await bob.evaluateHandle(() => ({
    at: new Promise<number>((resolve) => {
      const note = () => resolve(performance.timeOrigin + performance.now());
      addEventListener('click', note, { capture: true, once: true });
    }),
  }));
  await clickButton(bob, 'Accept with video');
  const [from, ...to] = await Promise.all([clicked, ...shown].map((moment) => moment.evaluate(({ at }) => at)));
  await people.endCall();
  return Math.max(...to) - (from ?? 0);
}

/** When a page first shows a frame in the region of that name, in ms since the epoch. */
function firstFrame(page: Page, region: string): Promise<JSHandle<{ at: Promise<number> }>> {
  return page.evaluateHandle(
    (name) => ({
      at: new Promise<number>((resolve) => {
        const known = new WeakSet<HTMLVideoElement>();
        const look = (): void => {
          for (const video of document.querySelectorAll<HTMLVideoElement>(`section[aria-label="${name}"] video`)) {
            if (known.has(video)) continue;
            known.add(video);
            video.requestVideoFrameCallback(() => resolve(performance.timeOrigin + performance.now()));
          }
        };
        look();
        new MutationObserver(look).observe(document, { childList: true, subtree: true });
      }),
    }),
    region,
  );
}
