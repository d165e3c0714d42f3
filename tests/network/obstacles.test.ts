// The same networks as in connect.test.ts, each without the one thing that made the call possible: it ends, and both are told the truth.
// These calls take as long as the product's patience lasts, so several are made at once, each in a lab of its own.
import { afterAll, describe, inject, test } from 'vitest';
import type { IceServer } from '../../src/core/ice-server.ts';
import { secondTurn, stun, turnOverTcp, turnOverUdp } from '../support/network-lab/internet.ts';
import { untilBothAreTold } from '../support/network-lab/people.ts';
import { joinOverlay, oneHome, type Topology, twoHomes } from '../support/network-lab/topologies.ts';

interface Obstacle {
  readonly where: string;
  readonly start: (profiles: string) => Promise<Topology>;
  readonly servers: readonly IceServer[];
  /** Puts the obstacle there. */
  readonly obstruct: (topology: Topology) => unknown;
}

const obstacles: readonly Obstacle[] = [
  {
    where: 'in one network that keeps its devices apart',
    start: oneHome,
    servers: [],
    obstruct: ({ setRules }) => setRules({ isolatesHosts: true }),
  },
  { where: 'between ordinary routers without STUN', start: twoHomes, servers: [], obstruct: () => undefined },
  {
    where: 'between symmetric routers with STUN only',
    start: twoHomes,
    servers: [stun],
    obstruct: ({ setRules }) => setRules({ translation: 'symmetric' }),
  },
  {
    where: 'between symmetric routers where the secret of the TURN server is another one',
    start: twoHomes,
    servers: [{ ...secondTurn, secret: 'another' }],
    obstruct: async ({ lab, setRules }) => {
      await lab.internet.startTurn('turn2.lab');
      setRules({ translation: 'symmetric' });
    },
  },
  {
    where: 'where UDP is blocked and TURN is reached over UDP only',
    start: twoHomes,
    servers: [stun, turnOverUdp],
    obstruct: ({ setRules }) => setRules({ blocksUdp: true }),
  },
  {
    where: 'where only web pages get through and TURN has no TLS',
    start: twoHomes,
    servers: [stun, turnOverUdp, turnOverTcp],
    obstruct: ({ setRules }) => setRules({ blocksUdp: true, onlyTcpPorts: [443] }),
  },
  {
    where: 'from IPv4 only to IPv6 only without TURN',
    start: (profiles) => twoHomes(profiles, { alice: ['v4'], bob: ['v6'] }),
    servers: [stun],
    obstruct: () => undefined,
  },
  {
    where: 'where only Yggdrasil was left, and it is stopped',
    start: twoHomes,
    servers: [],
    obstruct: async (topology) => {
      topology.setRules({ translation: 'symmetric', blocksUdp: true });
      const overlay = await joinOverlay(topology);
      await overlay.stop();
    },
  },
];

/** A call over this obstacle, until both were told. */
async function runInto({ start, servers, obstruct }: Obstacle): Promise<void> {
  const topology = await start(inject('profiles'));
  try {
    await obstruct(topology);
    await topology.people.use(...servers);
    const pages = await topology.people.tryToCall();
    await untilBothAreTold(pages, /^Call ended: connection failed/, /No direct connection could be made/);
  } finally {
    await topology.lab.close();
  }
}

const atOnce = 4;

/** Begins with the first ones; whenever one is over, the next begins. */
function runAll(): ReadonlyMap<Obstacle, Promise<void>> {
  const lanes = Array.from({ length: atOnce }, () => Promise.resolve());
  return new Map(
    obstacles.map((obstacle, index) => {
      const before = lanes[index % atOnce];
      const run = Promise.resolve(before).then(() => runInto(obstacle));
      lanes[index % atOnce] = run.catch(() => undefined);
      return [obstacle, run];
    }),
  );
}

describe('no call comes about', () => {
  let runs: ReadonlyMap<Obstacle, Promise<void>> | undefined;
  afterAll(async () => {
    await Promise.allSettled(runs?.values() ?? []);
  });

  test.each(obstacles)('$where', async (obstacle) => {
    runs ??= runAll();
    await runs.get(obstacle);
  });
});
