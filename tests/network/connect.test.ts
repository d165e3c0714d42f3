// Calls over every kind of network that can carry them, in real Chromium with the built extension: both see and hear each other, and the
// call runs the way that this network leaves open.
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { lookAt, waitForText } from '../support/drivers/page-actions.ts';
import { type ConnectionPath, connectionPath } from '../support/lab/connection-path.ts';
import { secondTurn, stun, turnOverTcp, turnOverTls, turnOverUdp } from '../support/lab/internet.ts';
import { isOverlayAddress } from '../support/lab/overlay.ts';
import { type People, untilBothSeeAndHear } from '../support/lab/people.ts';
import { joinMyceliumRange, joinOverlay, oneHome, type Topology, twoHomes } from '../support/lab/topologies.ts';

/** The ways that Alice's and Bob's browsers say the call runs, and what their pages tell people of it. */
interface Ways {
  readonly alice: ConnectionPath;
  readonly bob: ConnectionPath;
  readonly told: readonly string[];
}

/** A whole call: both see and hear each other. */
async function callOver(people: People): Promise<Ways> {
  const pages = await people.call();
  await untilBothSeeAndHear(pages);
  const [alice, bob] = await Promise.all([connectionPath(pages.alice), connectionPath(pages.bob)]);
  if (!alice || !bob) throw new Error('Connected, but over no connection');
  return { alice, bob, told: await Promise.all([pages.alice, pages.bob].map(toldWay)) };
}

/** Which way the call runs, in the words of the panel for the curious. */
async function toldWay(page: Page): Promise<string> {
  await lookAt(page);
  await page.keyboard.press('i');
  const told = await waitForText(page, /Route\s+(?:Direct|Through|Over).*/);
  return told.replace(/^Route\s+/, '');
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
  const { alice, bob, told } = await callOver(people);
  expect([alice.own.type, bob.own.type]).toEqual(['host', 'host']);
  expect(told).toEqual(['Direct', 'Direct']);
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
    const { alice, bob, told } = await callOver(homes.people);
    for (const { own, other } of [alice, bob])
      for (const { type } of [own, other]) expect(['host', 'srflx', 'prflx']).toContain(type);
    expect(told).toEqual(['Direct', 'Direct']);
    expect(alice.other.address).toBe(homes.routers.bob.outsideAddress('v4'));
    expect(bob.other.address).toBe(homes.routers.alice.outsideAddress('v4'));
  });

  test('with symmetric routers: through TURN', async () => {
    homes.setRules({ translation: 'symmetric' });
    await homes.people.use(stun, turnOverUdp);
    const ways = await callOver(homes.people);
    expect(relayProtocols(ways)).toContain('udp');
    expect(ways.told).toContain('Through your TURN server (UDP)');
  });

  test('with symmetric routers: through a TURN server whose passwords are made of a secret and expire', async () => {
    await homes.lab.internet.startTurn('turn2.lab');
    homes.setRules({ translation: 'symmetric' });
    await homes.people.use(secondTurn);
    const { alice, bob } = await callOver(homes.people);
    const relays = [alice, bob].flatMap(({ own }) => (own.type === 'relay' ? [own.address] : []));
    expect(relays.map((address) => homes.lab.internet.turnAt(address))).toContain('turn2.lab');
  });

  test('where UDP is blocked: through TURN over TCP', async () => {
    homes.setRules({ blocksUdp: true });
    await homes.people.use(stun, turnOverUdp, turnOverTcp);
    const ways = await callOver(homes.people);
    expect(relayProtocols(ways)).toContain('tcp');
    expect(ways.told).toContain('Through your TURN server (TCP)');
  });

  test('where only web pages get through: through TURN over TLS', async () => {
    homes.setRules({ blocksUdp: true, onlyTcpPorts: [443] });
    await homes.people.use(stun, turnOverUdp, turnOverTcp, turnOverTls);
    const ways = await callOver(homes.people);
    expect(relayProtocols(ways)).toContain('tls');
    expect(ways.told).toContain('Through your TURN server (TLS)');
  });

  test('where nothing else is left: over Yggdrasil', async () => {
    homes.setRules({ translation: 'symmetric', blocksUdp: true });
    const overlay = await joinOverlay(homes);
    onTestFinished(overlay.stop);
    await homes.people.use();
    const { alice, bob, told } = await callOver(homes.people);
    // Of the other end Chromium tells no address where packets came from it before word of it did.
    for (const { own } of [alice, bob]) expect(isOverlayAddress(own.address), own.address).toBe(true);
    expect(told).toEqual(['Over Yggdrasil', 'Over Yggdrasil']);
  });

  // Mycelium itself is in no package: cards with addresses of its range are what a browser sees of it.
  test('where nothing else is left: over addresses of Mycelium', async () => {
    homes.setRules({ translation: 'symmetric', blocksUdp: true });
    joinMyceliumRange(homes);
    await homes.people.use();
    const { alice, bob, told } = await callOver(homes.people);
    for (const { own } of [alice, bob]) expect(own.address).toMatch(/^[45][0-9a-f]{2}:/);
    expect(told).toEqual(['Over Mycelium', 'Over Mycelium']);
  });
});

test('from a network with IPv4 only to one with IPv6 only: through a TURN server that has both', async () => {
  const { people } = await started(twoHomes(inject('profiles'), { alice: ['v4'], bob: ['v6'] }));
  await people.use(stun, turnOverUdp);
  const { bob, told } = await callOver(people);
  expect(bob.own).toMatchObject({ type: 'relay', relayProtocol: 'udp' });
  expect(told).toEqual(['Through their TURN server', 'Through your TURN server (UDP)']);
});
