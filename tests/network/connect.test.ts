// Calls over every kind of network that can carry them, in real Chromium with the built extension: both see and hear each other, and the
// call runs the way that this network leaves open.
import { afterAll, afterEach, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { type ConnectionPath, connectionPath } from '../support/network-lab/connection-path.ts';
import { stun, turnOverTcp, turnOverTls, turnOverUdp } from '../support/network-lab/internet.ts';
import { isOverlayAddress } from '../support/network-lab/overlay.ts';
import { type People, untilBothSeeAndHear } from '../support/network-lab/people.ts';
import { joinOverlay, oneHome, type Topology, twoHomes } from '../support/network-lab/topologies.ts';

/** The ways that Alice's and Bob's browsers say the call runs. */
interface Ways {
  readonly alice: ConnectionPath;
  readonly bob: ConnectionPath;
}

/** A whole call: both see and hear each other. */
async function callOver(people: People): Promise<Ways> {
  const pages = await people.call();
  await untilBothSeeAndHear(pages);
  const [alice, bob] = await Promise.all([connectionPath(pages.alice), connectionPath(pages.bob)]);
  if (!alice || !bob) throw new Error('Connected, but over no connection');
  return { alice, bob };
}

/** How a browser reached its TURN server, for each that did. */
const relayProtocols = ({ alice, bob }: Ways) =>
  [alice, bob].flatMap(({ own }) => (own.type === 'relay' ? [own.relayProtocol] : []));

/** Starts a topology for one test. */
async function started(starting: Promise<Topology>): Promise<Topology> {
  const topology = await starting;
  onTestFinished(() => topology.lab.close());
  return topology;
}

test('in one network: directly, with no server in the settings', async () => {
  const { people } = await started(oneHome(inject('profiles')));
  const { alice, bob } = await callOver(people);
  expect([alice.own.type, bob.own.type]).toEqual(['host', 'host']);
});

describe('between two homes', () => {
  let homes: Topology;
  beforeAll(async () => {
    homes = await twoHomes(inject('profiles'));
  });
  afterEach(() => homes.people.endCall());
  afterAll(() => homes?.lab.close());

  test('with ordinary routers: directly, found by STUN', async () => {
    await homes.people.use(stun);
    const { alice, bob } = await callOver(homes.people);
    for (const { own, other } of [alice, bob])
      for (const { type } of [own, other]) expect(['host', 'srflx', 'prflx']).toContain(type);
    expect(alice.other.address).toBe(homes.routers.bob.outsideAddress('v4'));
    expect(bob.other.address).toBe(homes.routers.alice.outsideAddress('v4'));
  });

  test('with symmetric routers: through TURN', async () => {
    homes.setRules({ translation: 'symmetric' });
    await homes.people.use(stun, turnOverUdp);
    const ways = await callOver(homes.people);
    expect(relayProtocols(ways)).toContain('udp');
  });

  test('where UDP is blocked: through TURN over TCP', async () => {
    homes.setRules({ blocksUdp: true });
    await homes.people.use(stun, turnOverUdp, turnOverTcp);
    const ways = await callOver(homes.people);
    expect(relayProtocols(ways)).toContain('tcp');
  });

  test('where only web pages get through: through TURN over TLS', async () => {
    homes.setRules({ blocksUdp: true, onlyTcpPorts: [443] });
    await homes.people.use(stun, turnOverUdp, turnOverTcp, turnOverTls);
    const ways = await callOver(homes.people);
    expect(relayProtocols(ways)).toContain('tls');
  });
});

test('from a network with IPv4 only to one with IPv6 only: through a TURN server that has both', async () => {
  const { people } = await started(twoHomes(inject('profiles'), { alice: ['v4'], bob: ['v6'] }));
  await people.use(stun, turnOverUdp);
  const { bob } = await callOver(people);
  expect(bob.own).toMatchObject({ type: 'relay', relayProtocol: 'udp' });
});

test('where nothing else is left: over Yggdrasil', async () => {
  const topology = await started(twoHomes(inject('profiles')));
  topology.setRules({ translation: 'symmetric', blocksUdp: true });
  await joinOverlay(topology);
  const { alice, bob } = await callOver(topology.people);
  for (const { own, other } of [alice, bob])
    for (const { address } of [own, other]) expect(isOverlayAddress(address), address).toBe(true);
});
