// What happens to people's networks and browsers in mid-call, and how it is put right again. For tests and for the bench, which measures
// how long the picture stands still.
import { setTimeout as pause } from 'node:timers/promises';
import type { ExtensionBrowser } from '../drivers/extension-browser.ts';
import type { Router } from './router.ts';
import { type Topology, twoHomes } from './topologies.ts';
import type { WireState } from './wire.ts';

/** Two homes, and a third network that Alice's computer can join. */
export interface FaultScene extends Topology {
  readonly elsewhere: Router;
}

/** @param profiles the folder that `meet` has filled. */
export async function faultScene(profiles: string): Promise<FaultScene> {
  const homes = await twoHomes(profiles);
  const { internet } = homes.lab;
  const elsewhere = internet.addRouter('elsewhere');
  homes.hosts.alice.addCard(elsewhere);
  await internet.startTurn('turn2.lab');
  return { ...homes, elsewhere };
}

/** All of it happens to Alice, whoever has called. */
export interface Fault {
  readonly name: string;
  /** Lets it happen. Whatever is to end by itself has ended when this is done. */
  readonly strike: (scene: FaultScene) => Promise<void> | void;
  /** After the call: the network is as it was. */
  readonly mend: (scene: FaultScene) => Promise<void> | void;
}

const shortMs = 3_000;
const frozenMs = 10_000;
/** Between two networks a computer has none for a moment. */
const betweenNetworksMs = 500;
const nothing = () => undefined;

export const cableCut: Fault = {
  name: 'the cable is cut for 3 s, and nobody is told',
  async strike({ hosts }) {
    hosts.alice.wire.set({ isCut: true });
    await pause(shortMs);
    hosts.alice.wire.set({});
  },
  mend: nothing,
};

export const linkDown: Fault = {
  name: 'the network card is off for 3 s',
  async strike({ hosts }) {
    hosts.alice.switchOff();
    await pause(shortMs);
    hosts.alice.switchOn();
  },
  mend: nothing,
};

export const routeGone: Fault = {
  name: 'the default route is gone for 3 s',
  async strike({ hosts }) {
    hosts.alice.dropDefaultRoute();
    await pause(shortMs);
    hosts.alice.restoreDefaultRoute();
  },
  mend: nothing,
};

export const newAddress: Fault = {
  name: 'the network card gets another address',
  strike: ({ hosts }) => hosts.alice.changeAddress(77),
  mend: ({ hosts }) => hosts.alice.changeAddress(2),
};

export const anotherNetwork: Fault = {
  name: 'the computer moves to another network behind another router',
  async strike({ hosts, elsewhere }) {
    hosts.alice.switchOff();
    await pause(betweenNetworksMs);
    hosts.alice.switchOn(elsewhere);
  },
  mend({ hosts, routers }) {
    hosts.alice.switchOff();
    hosts.alice.switchOn(routers.alice);
  },
};

/** The network gets worse and stays so. */
const worse = (name: string, state: Partial<WireState>): Fault => ({
  name,
  strike: ({ hosts }) => hosts.alice.wire.set(state),
  mend: ({ hosts }) => hosts.alice.wire.set({}),
});

export const badNetworks: readonly Fault[] = [
  worse('5 % of all packets are lost', { lossPercent: 5 }),
  worse('10 % of all packets are lost', { lossPercent: 10 }),
  worse('20 % of all packets are lost', { lossPercent: 20 }),
  worse('300 kbit/s are left', { kilobitsPerSecond: 300 }),
  worse('the way there and back takes 200 ms', { delayMs: 100 }),
];

export const relaysKilled: Fault = {
  name: 'all relays are killed',
  strike: ({ lab }) => lab.internet.killRelays(),
  mend: ({ lab }) => lab.internet.startRelays(),
};

export const workersKilled: Fault = {
  name: 'the background workers of both are killed',
  async strike({ people }) {
    await Promise.all([people.alice.killWorker(), people.bob.killWorker()]);
  },
  mend: nothing,
};

/** Not the tab alone: all pages of a browser, so that media and network stand still with it. */
export const pagesFrozen: Fault = {
  name: 'the pages are frozen for 10 s',
  async strike({ people }) {
    const renderers = await renderersOf(people.alice);
    for (const renderer of renderers) process.kill(renderer, 'SIGSTOP');
    await pause(frozenMs);
    for (const renderer of renderers) process.kill(renderer, 'SIGCONT');
  },
  mend: nothing,
};

/** The processes of a browser that run pages and workers. */
async function renderersOf({ browser }: ExtensionBrowser): Promise<readonly number[]> {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}
