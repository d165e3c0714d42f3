// Whom a browser talks to before its owner said yes, from packets captured on its network card.
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { clickButton, find, waitForStatus } from '../support/drivers/page-actions.ts';
import { callFromPopup, ringingPage, untilConnected } from '../support/journeys/two-people.ts';
import { Capture, type Destination } from '../support/lab/capture.ts';
import type { Host } from '../support/lab/host.ts';
import { stun, turnOverTcp, turnOverUdp } from '../support/lab/internet.ts';
import { Lab } from '../support/lab/lab.ts';
import { People, untilBothSeeAndHear } from '../support/lab/people.ts';

/** How long it rings: whatever the pages prepare meanwhile is done by then. */
const bobThinksMs = 3_000;

let lab: Lab;
let hosts: { alice: Host; bob: Host };
let people: People;

beforeAll(async () => {
  lab = await Lab.start();
  hosts = {
    alice: await lab.addHost(lab.internet.addRouter('alice')),
    bob: await lab.addHost(lab.internet.addRouter('bob')),
  };
  people = await People.at(lab, hosts, inject('profiles'));
  await people.use(stun, turnOverUdp, turnOverTcp);
});

afterAll(() => lab?.close());

const both = () => Promise.all([hosts.alice, hosts.bob].map(({ namespace }) => Capture.of(namespace)));

const addresses = (destinations: readonly Destination[] = []) => new Set(destinations.map(({ address }) => address));

// README.md#leaves-page, README.md#leaves-answers, README.md#leaves-accepted
test('before Bob accepts, neither browser sends a packet to anybody but the relays; afterwards they do', async () => {
  const { internet } = lab;
  const relays = [...internet.addressesOf('nostr.lab'), ...internet.addressesOf('mqtt.lab')];
  const [turn = ''] = internet.addressesOf('turn.lab');

  const before = await both();
  const a = await callFromPopup(people.alice, 'Bob');
  const b = await ringingPage(people.bob);
  await find(b, 'button', 'Accept with video');
  await waitForStatus(a, /^Ringing/);
  await setTimeout(bobThinksMs);
  for (const destinations of await Promise.all(before.map((capture) => capture.stop()))) {
    const packets = destinations.filter(({ protocol }) => protocol !== 'other');
    expect(packets.length).toBeGreaterThan(0);
    for (const packet of packets) {
      expect(relays, JSON.stringify(packet)).toContain(packet.address);
      expect(packet).toMatchObject({ protocol: 'tcp', port: 443 });
    }
  }

  const after = await both();
  await clickButton(b, 'Accept with video');
  await untilConnected(a, b);
  await untilBothSeeAndHear({ alice: a, bob: b });
  const [fromAlice, fromBob] = await Promise.all(after.map((capture) => capture.stop()));
  expect(addresses(fromAlice)).toContain(turn);
  expect(addresses(fromBob)).toContain(turn);
  expect(addresses(fromBob)).toContain(hosts.alice.router.outsideAddress('v4'));
  expect(addresses(fromAlice)).toContain(hosts.bob.router.outsideAddress('v4'));
});
