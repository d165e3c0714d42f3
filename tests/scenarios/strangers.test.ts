// Calls in which not everybody is everybody's contact, as the pages of the honest ones live them while somebody among the others is hostile.
import { describe, expect, test } from 'vitest';
import type { GroupPerson } from '../support/groups/group-person.ts';
import { pageOf } from '../support/groups/group-steps.ts';
import {
  add,
  hidingToward,
  letIn,
  letInEachOther,
  linksTo,
  newcomer,
  newcomers,
  scene,
  strangers,
  turn,
} from '../support/groups/stranger-steps.ts';

// README.md#protects-address
describe('E.57 H2 whoever hides the address from one person of a call hides it from everybody who is no contact', () => {
  async function bobBringsSybil() {
    const { world, people } = await scene('Alice', 'Bob', 'Sybil');
    const [alice, bob, sybil] = people;
    strangers(alice, sybil);
    alice.contacts.set(bob.id, { ...pageContact(alice, bob), hideAddress: true });
    alice.settings = { hideAddress: false, iceServers: turn };
    alice.call(bob);
    await world.pass(3_000);
    await add(bob, sybil);
    await world.pass(10_000);
    return { world, alice, bob, sybil };
  }

  const pageContact = (by: GroupPerson, of: GroupPerson) => {
    const contact = by.contacts.get(of.id);
    if (!contact) throw new Error('not a contact');
    return contact;
  };

  test('nobody whom the hidden-from contact brings in is linked unasked, and then not openly', async () => {
    const { world, alice, sybil } = await bobBringsSybil();
    expect(pageOf(alice).names).toEqual(['Bob']);
    expect(linksTo(world, alice, sybil)).toEqual([]);
    expect(newcomer(alice, sybil)).toMatchObject({ state: 'asking', hiding: 'on' });
    letInEachOther(alice, sybil);
    await world.pass(5_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Sybil']);
    expect(hidingToward(world, alice, sybil)).toBe('on');
  });

  test('without a TURN server a stranger is not linked at all, and the page says why', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Sybil');
    const [alice, bob, sybil] = people;
    strangers(alice, sybil);
    alice.call(bob);
    await world.pass(2_000);
    alice.contacts.set(bob.id, { ...pageContact(alice, bob), hideAddress: true });
    pageOf(alice).group.admission.readAgain();
    await add(bob, sybil);
    await world.pass(5_000);
    expect(newcomers(alice)).toEqual(['Sybil: not-hidden']);
    pageOf(alice).group.admission.newcomers.letAllIn();
    letInEachOther(alice, sybil);
    await world.pass(10_000);
    expect(linksTo(world, alice, sybil)).toEqual([]);
    alice.settings = { hideAddress: false, iceServers: turn };
    pageOf(alice).group.admission.readAgain();
    await world.pass(5_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Sybil']);
    expect(hidingToward(world, alice, sybil)).toBe('on');
  });

  test('whichever of the two comes first: a link that is made anew later hides', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Sybil');
    const [alice, bob, carol, sybil] = people;
    strangers(alice, sybil);
    alice.settings = { hideAddress: false, iceServers: turn };
    alice.contacts.set(carol.id, { ...pageContact(alice, carol), hideAddress: true });
    alice.call(bob);
    await world.pass(2_000);
    await add(bob, sybil);
    await world.pass(2_000);
    letInEachOther(alice, sybil);
    await world.pass(2_000);
    expect(hidingToward(world, alice, sybil)).toBe('off');
    expect(pageOf(alice).group.admission.hiding.isOn).toBe(false);
    await add(alice, carol);
    expect(pageOf(alice).group.admission.hiding.isOn).toBe(true);
    await world.pass(3_000);
    for (const { end } of linksTo(world, alice, sybil).map((one) => ({ end: one }))) {
      const { other } = end;
      end.end('connection-lost');
      other?.end('connection-lost');
    }
    await world.pass(20_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Carol', 'Sybil']);
    expect(hidingToward(world, alice, sybil)).toBe('on');
  });

  test('somebody whom others are calling counts before they are here', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Sybil');
    const [alice, bob, carol, sybil] = people;
    strangers(alice, sybil);
    carol.isAway = true;
    alice.settings = { hideAddress: false, iceServers: turn };
    alice.contacts.set(carol.id, { ...pageContact(alice, carol), hideAddress: true });
    alice.call(bob);
    await world.pass(2_000);
    await add(bob, carol);
    await add(bob, sybil);
    await world.pass(3_000);
    expect(newcomer(alice, sybil)?.hiding).toBe('on');
  });

  test('contacts from whom nothing is hidden are linked as ever', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    alice.settings = { hideAddress: false, iceServers: turn };
    alice.contacts.set(bob.id, { ...pageContact(alice, bob), hideAddress: true });
    alice.call(bob);
    await world.pass(2_000);
    await add(bob, carol);
    await world.pass(3_000);
    expect(pageOf(alice).names).toEqual(['Bob', 'Carol']);
    expect(hidingToward(world, alice, carol)).toBe('off');
  });
});

// README.md#protects-group
describe('E.58 M2 whoever is no contact is asked about before the first link', () => {
  test('and nothing is sent to them before the yes', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    strangers(bob, carol);
    alice.callTogether(bob, carol);
    await world.pass(30_000);
    expect([alice, bob, carol].map((one) => pageOf(one).names.join(' '))).toEqual(['Bob Carol', 'Alice', 'Alice']);
    expect(newcomers(alice)).toEqual([]);
    expect([newcomers(bob), newcomers(carol)]).toEqual([['Carol: asking'], ['Bob: asking']]);
    expect(newcomer(bob, carol)?.introducedBy).toBe('Alice');
    expect([...linksTo(world, bob, carol), ...linksTo(world, carol, bob)]).toEqual([]);
  });

  // docs/hostile-cases.md#e69
  test('one yes is not enough: whoever has said it reads that the other side has not', async () => {
    for (const first of [0, 1]) {
      const { world, people } = await scene('Alice', 'Bob', 'Carol');
      const [alice, bob, carol] = people;
      strangers(bob, carol);
      alice.callTogether(bob, carol);
      await world.pass(2_000);
      const [one, other] = first === 0 ? [bob, carol] : [carol, bob];
      letIn(one, other);
      await world.pass(15_000);
      expect(pageOf(one).names).toEqual(['Alice']);
      expect(newcomers(one)).toEqual([`${other.name}: waiting`]);
      expect(newcomers(other)).toEqual([`${one.name}: asking`]);
      letIn(other, one);
      // Somebody is always on the screen between the answer and the link: the view of a group does not go and come back.
      const { newcomers: unlinked, participants } = pageOf(one).model;
      expect(unlinked.value.length + participants.value.length).toBe(2);
      await world.pass(3_000);
      expect([bob, carol].map((who) => pageOf(who).names.join(' '))).toEqual(['Alice Carol', 'Alice Bob']);
      expect([newcomers(bob), newcomers(carol)]).toEqual([[], []]);
    }
  });

  test('a no is remembered, shown, and can be taken back', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    strangers(bob, carol);
    alice.callTogether(bob, carol);
    await world.pass(2_000);
    pageOf(bob).group.admission.newcomers.keepOut(carol.id);
    letIn(carol, bob);
    await world.pass(10_000);
    expect(newcomers(bob)).toEqual(['Carol: kept-out']);
    expect(newcomers(carol)).toEqual(['Bob: waiting']);
    pageOf(carol).leave();
    await world.pass(8_000);
    expect(newcomers(bob)).toEqual([]);
    await add(alice, carol);
    await world.pass(3_000);
    expect(newcomers(bob)).toEqual(['Carol: kept-out']);
    expect(pageOf(bob).names).toEqual(['Alice']);
    letIn(carol, bob);
    letIn(bob, carol);
    await world.pass(3_000);
    expect(pageOf(bob).names).toEqual(['Alice', 'Carol']);
  });

  test('nobody forwards to or from somebody who was not let in', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    strangers(bob, carol);
    alice.callTogether(bob, carol);
    await world.pass(60_000);
    expect(pageOf(alice).forwards).toEqual([]);
    expect(pageOf(bob).participant(carol)).toBeUndefined();
  });

  test('a contact is linked without a word, also where only one of the two knows the other', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people;
    carol.contacts.delete(bob.id);
    alice.callTogether(bob, carol);
    await world.pass(2_000);
    expect([newcomers(bob), newcomers(carol)]).toEqual([['Carol: waiting'], ['Bob: asking']]);
    letIn(carol, bob);
    await world.pass(3_000);
    expect(pageOf(bob).names).toEqual(['Alice', 'Carol']);
    expect(pageOf(carol).participant(bob)?.isContact.value).toBe(false);
    expect(pageOf(bob).participant(carol)?.isContact.value).toBe(true);
  });

  // docs/hostile-cases.md#e64
  test('everybody who is there already is let in by one answer, or one by one', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Dave', 'Erin');
    const [alice, bob, carol, dave, erin] = people;
    strangers(dave, bob, carol);
    strangers(erin, bob, carol, dave);
    alice.callTogether(bob, carol, dave, erin);
    await world.pass(3_000);
    expect(newcomers(erin).sort()).toEqual(['Bob: asking', 'Carol: asking', 'Dave: asking']);
    for (const one of [bob, carol, dave, erin]) pageOf(one).group.admission.newcomers.letAllIn();
    await world.pass(8_000);
    expect(people.map((one) => pageOf(one).names.length)).toEqual([4, 4, 4, 4, 4]);
  });
});

// README.md#protects-group
