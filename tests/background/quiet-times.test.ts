// Do not disturb with an end, as caller and callee live through it: it ends by the clock although the background was dead, favourites and muted
// contacts are told apart, and a call that did not ring is a missed one.
import { beforeEach, expect, test } from 'vitest';
import { QuietWatch } from '../../src/background/quiet-watch.ts';
import { quietFor } from '../../src/core/data/quiet-times.ts';
import { FakeLinks } from '../support/doubles/fake-links.ts';
import { Person } from '../support/persons/person.ts';
import { SimulatedWorld } from '../support/worlds/simulated-world.ts';

const minute = 60_000;

let world: SimulatedWorld;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  world = new SimulatedWorld(19);
  const links = new FakeLinks(world.clock);
  [alice, bob] = await Promise.all([Person.make(world, links, 'Alice'), Person.make(world, links, 'Bob')]);
  alice.knows(bob);
  bob.knows(alice);
});

/** Alice calls until she gives up. @returns how often Bob's browser rang meanwhile. */
async function callInVain(): Promise<number> {
  const before = bob.rings.length;
  const page = await alice.call(bob);
  await world.until(() => page.state().state === 'ended', 'Alice gives up', 70_000);
  expect(page.state()).toEqual({ state: 'ended', reason: 'unreachable' });
  return bob.rings.length - before;
}

async function callThatRings(): Promise<void> {
  const before = bob.rings.length;
  await alice.call(bob);
  await world.until(() => bob.rings.length > before, 'Bob rings');
}

// Seen to fail (it never rings again) with an end that the background has to bring about.
test('an hour of quiet is over after an hour, although the background was dead when it ended', async () => {
  bob.settings = { ...bob.settings, quietWhile: quietFor('hour', bob.clock.now()) };
  expect(await callInVain()).toBe(0);
  expect(bob.recorded.map(({ outcome }) => outcome)).toEqual(['missed']);
  bob.killBackground();
  await world.pass(60 * minute);
  await bob.wake();
  await callThatRings();
});

test('a clock that is set right by two hours does not make three hours out of one', async () => {
  const ahead = bob.clock.now() + 120 * minute;
  bob.settings = { ...bob.settings, quietWhile: quietFor('hour', ahead) };
  expect(await callInVain()).toBe(0);
  const watch = new QuietWatch({
    clock: bob.clock,
    settings: async () => bob.settings,
    keep: async (left) => {
      bob.settings = { ...bob.settings, ...left };
    },
    news: async () => ({ missed: 1, requests: 0, knocks: 0, messages: 0 }),
    show: async () => undefined,
  });
  await watch.look();
  await world.pass(60 * minute);
  await callThatRings();
});

test('favourites ring through it where they may', async () => {
  bob.settings = { ...bob.settings, doNotDisturb: true, favouritesRing: true };
  expect(await callInVain()).toBe(0);
  bob.knows(alice, { favourite: true });
  await callThatRings();
});

// Seen to fail with the contact not looked at.
test('a muted contact never rings, sees nobody at home, and is missed', async () => {
  bob.knows(alice, { muted: true });
  expect(await callInVain()).toBe(0);
  expect(bob.recorded.map(({ outcome }) => outcome)).toEqual(['missed']);
  bob.knows(alice);
  await callThatRings();
});
