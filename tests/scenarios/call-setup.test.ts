// Two whole people over one relay: every road from an invite to its end, and what a relay can do to it.
import { beforeEach, describe, expect, test } from 'vitest';
import { FakeLinks } from '../support/doubles/fake-links.ts';
import type { Page } from '../support/persons/call-page-double.ts';
import { Person } from '../support/persons/person.ts';
import { SimulatedWorld } from '../support/worlds/simulated-world.ts';

let world: SimulatedWorld;
let links: FakeLinks;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  world = new SimulatedWorld(7);
  links = new FakeLinks(world.clock);
  [alice, bob] = await Promise.all([Person.make(world, links, 'Alice'), Person.make(world, links, 'Bob')]);
  alice.knows(bob);
  bob.knows(alice);
});

async function ring(): Promise<{ page: Page; callId: string }> {
  const page = await alice.call(bob);
  await world.until(() => bob.rings.length > 0, 'Bob rings');
  return { page, callId: bob.rings[0] ?? '' };
}

async function connect(): Promise<{ a: Page; b: Page }> {
  const { page: a, callId } = await ring();
  const b = await bob.accept(alice, callId);
  await world.until(() => a.state().state === 'connected' && b.state().state === 'connected', 'the call connects');
  await world.pass(100);
  return { a, b };
}

describe('a call that is answered', () => {
  test('connects both, shows both the same four emoji, and leaves the relay', async () => {
    const { a, b } = await connect();
    await world.pass(500);
    expect(a.emoji).toBe(b.emoji);
    expect(a.emoji).not.toBe('');
    const before = world.frames.length;
    a.hangUp();
    await world.until(() => b.state().state === 'ended', 'Bob hears the goodbye');
    expect(b.state()).toEqual({ state: 'ended', reason: 'remote-hung-up' });
    expect(world.frames.length).toBe(before);
  });

  test('reveals no description before Bob says yes', async () => {
    await ring();
    // Everything so far fits the smallest bucket: a description does not.
    expect(world.frames.every(({ payload }) => payload.length === 1074)).toBe(true);
  });

  test('has only sizes of the four buckets on the wire', async () => {
    await connect();
    for (const { payload } of world.frames) expect([1074, 4146]).toContain(payload.length);
  });

  test('survives the death of the relay once it is up', async () => {
    const { a, b } = await connect();
    world.relaysAreUp(false);
    b.hangUp();
    await world.until(() => a.state().state === 'ended', 'Alice hears the goodbye');
  });
});

describe('a call that is not answered', () => {
  test('declined: Alice is told, Bob has no missed call', async () => {
    const { page, callId } = await ring();
    await bob.runner.decline(callId);
    await world.until(() => page.state().state === 'ended', 'Alice is told');
    expect(page.state()).toEqual({ state: 'ended', reason: 'declined' });
    expect(bob.recorded).toEqual([{ callId, outcome: 'declined' }]);
  });

  test('cancelled: Bob stops ringing at once and sees a missed call', async () => {
    const { page, callId } = await ring();
    page.hangUp();
    await world.until(() => bob.recorded.length > 0, 'Bob stops', 2_000);
    expect(bob.recorded).toEqual([{ callId, outcome: 'caller-cancelled' }]);
  });

  test('nobody answers: both stop within 60 seconds', async () => {
    const { page, callId } = await ring();
    await world.until(() => page.state().state === 'ended', 'Alice gives up', 61_000);
    expect(page.state()).toEqual({ state: 'ended', reason: 'no-answer' });
    await world.pass(500);
    expect(bob.recorded.map((one) => one.callId)).toEqual([callId]);
  });

  // Seen to fail with the callee's silence deadline taken out of ringDeadline.
  test('the cancel is lost: Bob stops ringing 25 seconds after the last sign of life (E.25)', async () => {
    const { page } = await ring();
    world.swallow = () => true;
    page.hangUp();
    await world.until(() => bob.recorded.length > 0, 'Bob stops', 26_000);
    expect(bob.recorded[0]?.outcome).toBe('missed');
  });

  test('Bob is not there: Alice learns that he could not be reached', async () => {
    bob.killBackground();
    const page = await alice.call(bob);
    await world.until(() => page.state().state === 'ended', 'Alice gives up', 61_000);
    expect(page.state()).toEqual({ state: 'ended', reason: 'unreachable' });
  });

  test('no relay takes the invite: Alice learns that the relays are the trouble', async () => {
    world.relaysAreUp(false);
    const page = await alice.call(bob);
    await world.until(() => page.state().state === 'ended', 'Alice is told', 20_000);
    expect(page.state()).toEqual({ state: 'ended', reason: 'relays-unreachable' });
  });
});

describe('who may ring', () => {
  test('a stranger never rings and is never answered, and waits among the requests', async () => {
    bob.contacts.clear();
    const page = await alice.call(bob);
    await world.pass(8_000);
    expect(bob.rings).toEqual([]);
    expect(bob.requests.all).toMatchObject([{ id: alice.id, attempts: 1 }]);
    expect(page.state().state).toBe('dialing');
  });

  test('a blocked contact sees the same as if Bob were offline', async () => {
    bob.knows(alice, { blocked: true });
    const page = await alice.call(bob);
    await world.pass(8_000);
    expect(bob.rings).toEqual([]);
    expect(bob.recorded).toEqual([]);
    expect(page.state().state).toBe('dialing');
  });

  test('do not disturb: no ring, no answer, one missed call', async () => {
    bob.settings = { ...bob.settings, doNotDisturb: true };
    const page = await alice.call(bob);
    await world.pass(12_000);
    expect(bob.rings).toEqual([]);
    expect(page.state().state).toBe('dialing');
    expect(bob.recorded).toHaveLength(1);
  });

  test('Bob is calling somebody else: Alice hears busy', async () => {
    bob.held = {
      ...{ callId: 'other', contactId: 'carol', contactName: 'Carol', direction: 'outgoing', linked: false },
      ...{ tabId: 1, page: 'page' },
    };
    const page = await alice.call(bob);
    await world.until(() => page.state().state === 'ended', 'Alice is told', 10_000);
    expect(page.state()).toEqual({ state: 'ended', reason: 'busy' });
    expect(bob.recorded.map(({ outcome }) => outcome)).toEqual(['missed']);
  });
});

describe('two devices', () => {
  // Seen to fail, where `taken` is lost, with no goodbye to the device whose accept came second.
  test.each([
    ['all ring, the first accept wins, the other is told (E.26)', false],
    ['the other is told as well when the word that one has taken it is lost (E.26)', true],
  ])('%s', async (_what, isTakenLost) => {
    world.swallow = (frame) => isTakenLost && world.signalIn(frame)?.t === 'taken';
    const laptop = await Person.make(world, links, 'Bob', { device: 'laptop' });
    laptop.knows(alice);
    const page = await alice.call(bob);
    await world.until(() => bob.rings.length > 0 && laptop.rings.length > 0, 'both ring');
    const callId = bob.rings[0] ?? '';
    const [b] = await Promise.all([bob.accept(alice, callId), laptop.accept(alice, callId)]);
    await world.until(() => page.state().state === 'connected', 'one connects');
    await world.pass(1_000);
    expect(links.connected).toBe(1);
    const [winner, loser] = b.state().state === 'connected' ? [bob, laptop] : [laptop, bob];
    expect(winner.recorded).toEqual([]);
    expect(loser.pages.map((one) => one.state())).toEqual([{ state: 'ended', reason: 'answered-elsewhere' }]);
  });

  test('declining on one stops the ring on the other', async () => {
    const laptop = await Person.make(world, links, 'Bob', { device: 'laptop' });
    laptop.knows(alice);
    await alice.call(bob);
    await world.until(() => bob.rings.length > 0 && laptop.rings.length > 0, 'both ring');
    await bob.runner.decline(bob.rings[0] ?? '');
    await world.until(() => laptop.recorded.length > 0, 'the laptop stops', 2_000);
    expect(laptop.recorded[0]?.outcome).toBe('declined-elsewhere');
  });
});

describe('the background dies', () => {
  test('while it rings: the ring goes on and can be answered (E.33)', async () => {
    const { page, callId } = await ring();
    bob.killBackground();
    await world.pass(12_000);
    await bob.wake();
    const b = await bob.accept(alice, callId);
    await world.until(() => page.state().state === 'connected' && b.state().state === 'connected', 'the call connects');
  });

  test('before the invite: it wakes and rings', async () => {
    bob.killBackground();
    const page = await alice.call(bob);
    await world.pass(7_000);
    await bob.wake();
    await world.until(() => bob.rings.length > 0, 'Bob rings');
    expect(page.state().state).toBe('ringing');
  });
});

describe('before saying yes', () => {
  test('who is called into a call of several is told how many more there are', async () => {
    const others = await Promise.all(['Carol', 'Dave', 'Erin'].map((name) => Person.make(world, links, name)));
    for (const one of others) alice.knows(one);
    await alice.callTogether(bob, ...others);
    await world.until(() => bob.rings.length > 0, 'Bob rings');
    expect(bob.views.at(-1)).toMatchObject({ phase: 'ringing', others: 3 });
  });

  test('who is called alone is told of nobody else', async () => {
    await ring();
    expect(bob.views.at(-1)).not.toHaveProperty('others');
  });
});
