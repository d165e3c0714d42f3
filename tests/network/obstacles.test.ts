// The same networks as in connect.test.ts, each without the one thing that made the call possible: it ends, and both are told the truth.
// These calls take as long as the product's patience lasts, so one is made in each of several labs at the same time.
import { afterAll, describe, inject, test } from 'vitest';
import type { IceServer } from '../../src/core/ice-server.ts';
import { secondTurn, stun, turnOverTcp, turnOverUdp } from '../support/network-lab/internet.ts';
import { untilBothAreTold } from '../support/network-lab/people.ts';
import { joinOverlay, oneHome, type Topology, twoHomes } from '../support/network-lab/topologies.ts';

interface Obstacle {
  readonly where: string;
  readonly servers: readonly IceServer[];
  /** Puts the obstacle there. */
  readonly obstruct: (topology: Topology) => unknown;
}

/** Obstacles that one lab can have one after the other. */
interface Place {
  readonly start: (profiles: string) => Promise<Topology>;
  readonly obstacles: readonly Obstacle[];
}

const places: readonly Place[] = [
  {
    start: oneHome,
    obstacles: [
      {
        where: 'in one network that keeps its devices apart',
        servers: [],
        obstruct: ({ setRules }) => setRules({ isolatesHosts: true }),
      },
    ],
  },
  {
    start: (profiles) => twoHomes(profiles, { alice: ['v4'], bob: ['v6'] }),
    obstacles: [{ where: 'from IPv4 only to IPv6 only without TURN', servers: [stun], obstruct: () => undefined }],
  },
  {
    start: twoHomes,
    obstacles: [
      { where: 'between ordinary routers without STUN', servers: [], obstruct: () => undefined },
      {
        where: 'between symmetric routers with STUN only',
        servers: [stun],
        obstruct: ({ setRules }) => setRules({ translation: 'symmetric' }),
      },
    ],
  },
  {
    start: twoHomes,
    obstacles: [
      {
        where: 'between symmetric routers where the TURN server has another secret',
        servers: [{ ...secondTurn, secret: 'another' }],
        async obstruct({ lab, setRules }) {
          await lab.internet.startTurn('turn2.lab');
          setRules({ translation: 'symmetric' });
        },
      },
      {
        where: 'where UDP is blocked and TURN is reached over UDP only',
        servers: [stun, turnOverUdp],
        obstruct: ({ setRules }) => setRules({ blocksUdp: true }),
      },
    ],
  },
  {
    start: twoHomes,
    obstacles: [
      {
        where: 'where only web pages get through and TURN has no TLS',
        servers: [stun, turnOverUdp, turnOverTcp],
        obstruct: ({ setRules }) => setRules({ blocksUdp: true, onlyTcpPorts: [443] }),
      },
      {
        where: 'where only Yggdrasil was left, and it is stopped',
        servers: [],
        async obstruct(topology) {
          topology.setRules({ translation: 'symmetric', blocksUdp: true });
          const overlay = await joinOverlay(topology);
          await overlay.stop();
        },
      },
    ],
  },
];

/** A call over this obstacle, until both were told. */
async function runInto({ servers, obstruct }: Obstacle, topology: Topology): Promise<void> {
  await obstruct(topology);
  await topology.people.use(...servers);
  try {
    const pages = await topology.people.tryToCall();
    await untilBothAreTold(pages, /^Call ended: connection failed/, /No direct connection could be made/);
  } finally {
    await topology.people.endCall();
  }
}

interface Running {
  readonly runs: ReadonlyMap<Obstacle, Promise<void>>;
  /** When nothing of it is left, whatever became of it. */
  readonly over: Promise<unknown>;
}

/** Begins in all places; in each one obstacle comes after the other. */
function runAll(): Running {
  const runs = new Map<Obstacle, Promise<void>>();
  const ends = places.map(async ({ start, obstacles }) => {
    const starting = start(inject('profiles'));
    let before: Promise<unknown> = starting;
    for (const obstacle of obstacles) {
      const run = Promise.allSettled([before]).then(async () => runInto(obstacle, await starting));
      runs.set(obstacle, run);
      before = run;
    }
    await Promise.allSettled([before]);
    await (await starting).lab.close();
  });
  return { runs, over: Promise.allSettled(ends) };
}

describe('no call comes about', () => {
  let running: Running | undefined;
  afterAll(() => running?.over);

  test.each(places.flatMap(({ obstacles }) => obstacles))('$where', async (obstacle) => {
    running ??= runAll();
    await running.runs.get(obstacle);
  });
});
