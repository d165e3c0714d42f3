// What strangers who are in a call already are called, may lock, and can pretend; as the pages of the honest ones live it.
import { describe, expect, test } from 'vitest';
import { isFull } from '../../src/call/model/presence.ts';
import type { GroupPerson } from '../support/groups/group-person.ts';
import { pageOf } from '../support/groups/group-steps.ts';
import { GroupWorld } from '../support/groups/group-world.ts';
import {
  add,
  addPastTheLock,
  letIn,
  letInEachOther,
  linksTo,
  newcomer,
  newcomers,
  scene,
  strangers,
} from '../support/groups/stranger-steps.ts';

describe('E.59 M2 people are called what they are to us', () => {
  test('a stranger two steps away is no contact, and is said to be brought by nobody who did not', async () => {
    const { world, people } = await scene('Alice', 'M', 'S1', 'S2');
    const [alice, m, s1, s2] = people;
    strangers(alice, s1, s2);
    world.cut(alice, s1, true);
    world.cut(m, s2, true);
    m.call(alice);
    await world.pass(2_000);
    await add(m, s1);
    await world.pass(5_000);
    await add(s1, s2);
    await world.pass(20_000);
    expect(newcomers(alice).sort()).toEqual(['S1: asking', 'S2: asking']);
    expect(newcomer(alice, s2)?.introducedBy).toBeUndefined();
    letIn(alice, s2);
    letIn(s2, alice);
    await world.pass(10_000);
    const seen = pageOf(alice).participant(s2);
    expect(seen?.presence.value).toBe('in');
    expect(seen?.isContact.value).toBe(false);
    expect(seen?.introducedBy.value).toBeUndefined();
  });

  test('whoever is added to the contacts meanwhile is one, and keeps no mark', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    const known = bob.contacts.get(carol.id);
    strangers(bob, carol);
    alice.callTogether(bob, carol);
    await world.pass(2_000);
    letIn(bob, carol);
    letIn(carol, bob);
    await world.pass(3_000);
    expect(pageOf(bob).participant(carol)?.introducedBy.value).toBe('Alice');
    if (known) bob.contacts.set(carol.id, known);
    pageOf(bob).group.admission.readAgain();
    await world.pass(100);
    expect(pageOf(bob).participant(carol)?.isContact.value).toBe(true);
    expect(pageOf(bob).participant(carol)?.introducedBy.value).toBeUndefined();
  });
});

// README.md#protects-group
describe('E.60 M2 a lock holds on every honest page', () => {
  async function lockedCall() {
    const { world, people } = await scene('Alice', 'Bob', 'Dave', 'Carol');
    const [alice, bob, dave, carol] = people;
    alice.call(bob);
    await world.pass(1_000);
    await add(alice, dave);
    await world.pass(3_000);
    pageOf(alice).group.lock(true);
    await world.pass(1_000);
    return { world, alice, bob, dave, carol };
  }

  test('whoever a participant brings in past it is linked neither to whoever locked nor to the others', async () => {
    const { world, alice, bob, dave, carol } = await lockedCall();
    expect([alice, bob, dave].map((one) => pageOf(one).model.isLocked.value)).toEqual([true, true, true]);
    addPastTheLock(bob, carol);
    await world.pass(15_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Dave']);
    expect(pageOf(dave).names).toEqual(['Alice', 'Bob']);
    expect(newcomers(alice)).toEqual(['Carol: locked-out']);
    expect(newcomers(dave)).toEqual(['Carol: locked-out']);
    letIn(alice, carol);
    await world.pass(5_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Dave']);
    pageOf(alice).group.lock(false);
    await world.pass(5_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Carol', 'Dave']);
  });

  test('an honest page calls nobody new, and stops what rings when somebody else locks', async () => {
    const { world, bob, carol } = await lockedCall();
    await add(bob, carol);
    await world.pass(3_000);
    expect(carol.page).toBeUndefined();

    const { world: other, people } = await scene('Alice', 'Bob', 'Carol');
    const [a, b, c] = people;
    c.isAway = true;
    a.call(b);
    await other.pass(1_000);
    await add(b, c);
    await other.pass(1_000);
    expect(pageOf(b).presence(c)).toBe('ringing');
    pageOf(a).group.lock(true);
    await other.pass(1_000);
    expect(pageOf(b).presence(c)).not.toBe('ringing');
  });

  test('whom whoever locks is calling comes in, and whoever was in comes back', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    alice.call(bob);
    await world.pass(1_000);
    await add(alice, carol);
    await world.pass(100);
    pageOf(alice).group.lock(true);
    await world.pass(5_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Carol']);
    expect(pageOf(bob).names).toEqual(['Alice', 'Carol']);
    for (const end of linksTo(world, bob, carol)) {
      const { other } = end;
      end.end('connection-lost');
      other?.end('connection-lost');
    }
    await world.pass(20_000);
    expect(pageOf(bob).names).toEqual(['Alice', 'Carol']);
  });

  test('nobody opens it by a lock of their own', async () => {
    const { world, alice, bob, carol } = await lockedCall();
    addPastTheLock(bob, carol);
    await world.pass(2_000);
    pageOf(bob).group.lock(true);
    await world.pass(5_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Dave']);
  });

  test('whoever was not let in locks nothing', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    strangers(alice, carol);
    alice.call(bob);
    await world.pass(1_000);
    await add(bob, carol);
    await world.pass(2_000);
    pageOf(carol).group.lock(true);
    await world.pass(2_000);
    expect(pageOf(alice).model.isLocked.value).toBe(false);
  });
});

describe('E.69 whoever has not let us in', () => {
  test('is not called in vain, and has no seat here', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    strangers(bob, carol);
    alice.callTogether(bob, carol);
    await world.pass(2_000);
    letIn(bob, carol);
    letIn(carol, bob);
    await world.pass(3_000);
    expect(pageOf(bob).names).toEqual(['Alice', 'Carol']);
    // Their page is opened anew: it knows of no answer.
    pageOf(carol).leave();
    await world.pass(8_000);
    await add(alice, carol);
    await world.pass(10_000);
    expect([newcomers(bob), newcomers(carol)]).toEqual([['Carol: waiting'], ['Bob: asking']]);
    const before = [linksTo(world, bob, carol).length, linksTo(world, carol, bob).length];
    await world.pass(120_000);
    expect([linksTo(world, bob, carol).length, linksTo(world, carol, bob).length]).toEqual(before);
    expect(pageOf(bob).participant(carol)).toBeUndefined();
  });
});

describe('E.65 F6 made-up people whom nobody let in', () => {
  test('take no place from real contacts, are sent nothing, raise no hand, call nobody, and lock nothing', async () => {
    const made = ['Bob 2', 'Wire', 'Support', 'Police', 'Mum', 'Dad'];
    const { world, people } = await scene('Alice', 'Bob', 'Carol', ...made);
    const [alice, bob, carol] = people;
    const others = (people as readonly GroupPerson[]).slice(3);
    strangers(alice, ...others);
    strangers(carol, ...others);
    alice.call(bob);
    await world.pass(1_000);
    for (const other of others) await add(bob, other);
    await world.pass(5_000);
    for (const other of others) {
      pageOf(other).group.raiseHand(true);
      pageOf(other).group.lock(true);
    }
    await world.pass(2_000);
    const { model, group } = pageOf(alice);
    expect(model.newcomers.value.map(({ state }) => state)).toEqual(others.map(() => 'asking'));
    expect(model.participants.value.map(({ id }) => id)).toEqual([bob.id]);
    expect([group.people.isFull, isFull(model), model.isLocked.value]).toEqual([false, false, false]);
    expect(model.calledByOthers.value).toEqual([]);
    expect(others.flatMap((other) => linksTo(world, alice, other))).toEqual([]);
    await add(alice, carol);
    await world.pass(3_000);
    expect(pageOf(alice).names).toContain('Carol');
  });
});

describe('E.66 F6 a name that imitates somebody is marked', () => {
  test.each([
    ['AIice', { of: 'self' }],
    ['You', { of: 'self' }],
    ['Мum', { of: 'contact', name: 'Mum' }],
    ['BOB', { of: 'contact', name: 'Bob' }],
  ])('%s', async (name, lookalike) => {
    const world = new GroupWorld();
    const [alice, bob, mum, sybil] = await world.people('Alice', 'Bob', 'Mum', name);
    if (!alice || !bob || !mum || !sybil) throw new Error('nobody came');
    world.introduce(alice, bob, mum, sybil);
    strangers(alice, sybil);
    alice.call(bob);
    await world.pass(1_000);
    await add(bob, sybil);
    await world.pass(2_000);
    expect(newcomer(alice, sybil)?.lookalike).toEqual(lookalike);
    letInEachOther(alice, sybil);
    await world.pass(3_000);
    expect(pageOf(alice).participant(sybil)?.lookalike.value).toEqual(lookalike);
    expect(pageOf(alice).participant(bob)?.lookalike.value).toBeUndefined();
  });
});

describe('E.68 M4 whoever hands nothing over does not come to stand between two', () => {
  test.each([0, 1, 2, 3])('they find each other over the relays, and nobody forwards (%s)', async (turn) => {
    const names = ['Alice', 'Bob', 'Carol'];
    const { world, people } = await scene(...names.slice(turn % 3), ...names.slice(0, turn % 3));
    const [one, between, other] = people;
    between.withholds = true;
    one.call(between);
    await world.pass(1_000);
    await add(between, other);
    for (let second = 0; second < 30; second++) {
      await world.pass(1_000);
      expect(pageOf(between).forwards).toEqual([]);
    }
    expect(pageOf(one).names).toEqual([between.name, other.name].sort());
    expect(pageOf(other).names).toEqual([between.name, one.name].sort());
    expect(pageOf(one).participant(other)?.bridgedBy.value).toBeUndefined();
  });

  // README.md#leaves-second-way
  test('relays are left alone where people bring everybody together', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    alice.callTogether(bob, carol);
    await world.pass(20_000);
    expect(pageOf(bob).names).toEqual(['Alice', 'Carol']);
    expect(world.inner.topics.size).toBe(0);
  });
});
