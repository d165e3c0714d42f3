// Somebody calls while a call is up (docs/decisions/0038-two-calls.md): whole people over one relay.
import { beforeEach, describe, expect, test } from 'vitest';
import type { HeldCall, RingView } from '../../src/core/call/requests.ts';
import { FakeLinks } from '../support/doubles/fake-links.ts';
import { Person } from '../support/persons/person.ts';
import { SimulatedWorld } from '../support/worlds/simulated-world.ts';

let world: SimulatedWorld;
let links: FakeLinks;
let alice: Person;
let bob: Person;
let carol: Person;

/** Bob talks to Carol. */
const toCarol = (change: Partial<HeldCall> = {}): HeldCall => ({
  ...{ callId: 'other', contactId: carol.id, contactName: 'Carol', direction: 'incoming', linked: true },
  ...{ tabId: 1, page: 'page' },
  ...change,
});
const lastView = (): RingView | undefined => bob.views.at(-1);

beforeEach(async () => {
  world = new SimulatedWorld(11);
  links = new FakeLinks(world.clock);
  [alice, bob, carol] = (await Promise.all(
    ['Alice', 'Bob', 'Carol'].map((name) => Person.make(world, links, name)),
  )) as [Person, Person, Person];
  for (const one of [alice, carol]) {
    one.knows(bob);
    bob.knows(one);
  }
});

async function waits(person = alice) {
  const page = await person.call(bob);
  await world.until(() => bob.rings.length > 0, 'it rings beside the call');
  return { page, callId: bob.rings.at(-1) ?? '' };
}

describe('a call while another is up', () => {
  test('rings in the page of that one, and is answered there', async () => {
    bob.held = toCarol();
    const { page, callId } = await waits();
    expect(lastView()).toMatchObject({ callId, contactName: 'Alice', phase: 'ringing', beside: true });
    await world.until(() => page.state().state === 'ringing', 'Alice hears it ring');
    await bob.accept(alice, callId);
    await world.until(() => page.state().state === 'connected', 'the second call connects');
  });

  test('that is given up is missed, and is not waited for any more', async () => {
    bob.held = toCarol();
    const { page, callId } = await waits();
    page.hangUp();
    await world.until(() => lastView()?.phase === 'over', 'the ring is over');
    expect(lastView()).toMatchObject({ outcome: 'caller-cancelled' });
    expect([...bob.toldMissed]).toEqual([callId]);
  });

  // Seen to fail without `freed`: whoever waited went on waiting in a page that was over.
  test('rings as any other when that one ends meanwhile', async () => {
    bob.held = toCarol();
    const { callId } = await waits();
    bob.held = undefined;
    await bob.runner.freed();
    expect(lastView()).toMatchObject({ callId, phase: 'ringing' });
    expect(lastView()?.beside).toBeUndefined();
    expect(bob.rings).toEqual([callId, callId]);
    await bob.runner.freed();
    expect(bob.rings).toHaveLength(2);
  });

  // Seen to fail with a mark that is in memory only.
  test('rings as any other although the background died in between', async () => {
    bob.held = toCarol();
    const { callId } = await waits();
    bob.killBackground();
    bob.held = undefined;
    await bob.wake();
    await bob.runner.freed();
    expect(bob.rings).toEqual([callId, callId]);
  });

  test('that began to ring before any call does not ring twice', async () => {
    const { callId } = await waits();
    bob.held = toCarol();
    bob.held = undefined;
    await bob.runner.freed();
    expect(bob.rings).toEqual([callId]);
  });

  test('is busy for a third, for whoever is being called, and for the one we talk to', async () => {
    for (const held of [
      toCarol({ linked: false, direction: 'outgoing' }),
      toCarol({ contactId: alice.id, contactName: 'Alice' }),
    ]) {
      bob.held = held;
      const page = await alice.call(bob);
      await world.until(() => page.state().state === 'ended', 'Alice is told', 10_000);
      expect(page.state()).toEqual({ state: 'ended', reason: 'busy' });
    }
    const dave = await Person.make(world, links, 'Dave');
    dave.knows(bob);
    bob.knows(dave);
    bob.held = toCarol();
    await waits();
    const third = await dave.call(bob);
    await world.until(() => third.state().state === 'ended', 'Dave is told', 10_000);
    expect(third.state()).toEqual({ state: 'ended', reason: 'busy' });
    expect(lastView()).toMatchObject({ contactName: 'Alice', phase: 'ringing' });
  });

  test('rings on another device of theirs, too, and is put away when that answers', async () => {
    const laptop = await Person.make(world, links, 'Bob', { device: 'laptop' });
    laptop.knows(alice);
    bob.held = toCarol();
    const { page, callId } = await waits();
    await world.until(() => laptop.rings.length > 0, 'the laptop rings');
    expect(laptop.views.at(-1)?.beside).toBeUndefined();
    await laptop.accept(alice, callId);
    await world.until(() => page.state().state === 'connected', 'the laptop is in the call');
    await world.until(() => lastView()?.phase === 'over', 'nobody waits any more');
    expect(lastView()).toMatchObject({ outcome: 'answered-elsewhere' });
    expect(bob.held?.callId).toBe('other');
  });
});
