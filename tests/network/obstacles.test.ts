// The same networks as in connect.test.ts, each without the one thing that made the call possible: it ends, and both are told the truth.
// These calls take as long as the product's patience lasts, so one is made in each of several labs at the same time.
import { afterAll, describe, inject, test } from 'vitest';
import type { IceServer } from '../../src/core/network/ice-server.ts';
import { limitMs } from '../../tools/machine/limits.mjs';
import { waitForText } from '../support/drivers/page-actions.ts';
import { secondTurn, stun, turnOverTcp, turnOverUdp } from '../support/lab/internet.ts';
import { untilBothAreTold } from '../support/lab/people.ts';
import { joinOverlay, oneHome, type Topology, twoHomes } from '../support/lab/topologies.ts';

interface Obstacle {
  readonly where: string;
  readonly servers: readonly IceServer[];
  /** The reason that both are told. */
  readonly because: RegExp;
  /** Puts the obstacle there. */
  readonly obstruct: (topology: Topology) => unknown;
}

/** All begin at the same time, so that the first to be waited for takes about as long as all of them. */
const allMs = limitMs(150_000);
/** Both look at their networks and tell each other; as long as the product listens, and a while for the slow machine. */
const findingOutMs = 40_000;
const noStun = /Neither you nor (?:Alice|Bob) has a STUN server/;
/** Whoever blocks packets without a word looks like a server that is down. */
const blocked =
  /Your network and (?:Alice|Bob)’s both block calls|Neither your servers nor (?:Alice|Bob)’s are responding/;

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
        because: noStun,
        obstruct: ({ setRules }) => setRules({ isolatesHosts: true }),
      },
    ],
  },
  {
    start: (profiles) => twoHomes(profiles, { alice: ['v4'], bob: ['v6'] }),
    obstacles: [
      {
        where: 'from IPv4 only to IPv6 only without TURN',
        servers: [stun],
        because: /You have only IPv[46] and (?:Alice|Bob) has only IPv[46]: these can’t connect/,
        obstruct: () => undefined,
      },
    ],
  },
  {
    start: twoHomes,
    obstacles: [
      { where: 'between ordinary routers without STUN', servers: [], because: noStun, obstruct: () => undefined },
      {
        where: 'between symmetric routers with STUN only',
        servers: [stun],
        because: /too strict for a direct call|One of the two routers is blocking the call/,
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
        because: /Neither your TURN server nor (?:Alice|Bob)’s works/,
        async obstruct({ lab, setRules }) {
          await lab.internet.startTurn('turn2.lab');
          setRules({ translation: 'symmetric' });
        },
      },
      {
        where: 'where UDP is blocked and TURN is reached over UDP only',
        servers: [stun, turnOverUdp],
        because: blocked,
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
        because: blocked,
        obstruct: ({ setRules }) => setRules({ blocksUdp: true, onlyTcpPorts: [443] }),
      },
      {
        where: 'where only Yggdrasil was left, and it is stopped',
        servers: [],
        because: noStun,
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
async function runInto({ servers, because, obstruct }: Obstacle, topology: Topology): Promise<void> {
  await obstruct(topology);
  await topology.people.use(...servers);
  try {
    const pages = await topology.people.tryToCall('alice', 'audio');
    await untilBothAreTold(pages, /^Call ended: connection failed/, /No direct connection could be made/);
    await Promise.all([pages.alice, pages.bob].map((page) => waitForText(page, because, findingOutMs)));
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

describe('no call comes about', { timeout: allMs }, () => {
  let running: Running | undefined;
  afterAll(() => running?.over, allMs);

  test.each(places.flatMap(({ obstacles }) => obstacles))('$where', async (obstacle) => {
    running ??= runAll();
    await running.runs.get(obstacle);
  });
});
