// Calls in which not everybody is everybody's contact, as the pages of the honest ones live them while somebody among the others is hostile.
import { describe, expect, test } from 'vitest';
import { addressHiding } from '../../src/core/network/hidden-address.ts';
import type { IceServer } from '../../src/core/network/ice-server.ts';
import { type GroupPage, type GroupPerson, GroupWorld } from '../support/worlds/group-world.ts';

const turn: readonly IceServer[] = [{ urls: 'turn:turn.example:3478', username: 'u', credential: 'p' }];

/** People who all know each other. */
async function scene(...names: readonly string[]) {
  const world = new GroupWorld();
  const people = await world.people(...names);
  world.introduce(...people);
  return { world, people: people as [GroupPerson, GroupPerson, GroupPerson, GroupPerson, GroupPerson] };
}

function strangers(one: GroupPerson, ...others: readonly GroupPerson[]): void {
  for (const other of others) {
    one.contacts.delete(other.id);
    other.contacts.delete(one.id);
  }
}

function pageOf({ page, name }: GroupPerson): GroupPage {
  if (!page) throw new Error(`${name} is in no call`);
  return page;
}

const add = (by: GroupPerson, whom: GroupPerson) => pageOf(by).group.invitations.addPerson(whom.id);
/** What a page does whose program was changed. */
const addPastTheLock = (by: GroupPerson, whom: GroupPerson) => {
  const contact = by.contacts.get(whom.id);
  if (!contact) throw new Error('not a contact');
  whom.answer(pageOf(by).first(contact, 'outgoing'));
};
const newcomers = (one: GroupPerson) => pageOf(one).model.newcomers.value.map(({ name, state }) => `${name}: ${state}`);
const newcomer = (at: GroupPerson, who: GroupPerson) =>
  pageOf(at).model.newcomers.value.find(({ id }) => id === who.id);
const letIn = (by: GroupPerson, whom: GroupPerson) => pageOf(by).group.newcomers.letIn(whom.id);
const letInEachOther = (one: GroupPerson, other: GroupPerson) => {
  letIn(other, one);
  letIn(one, other);
};
const linksTo = (world: GroupWorld, by: GroupPerson, to: GroupPerson) =>
  world.ends.filter(({ page, contact }) => page.person === by && contact.id === to.id);

/** What a call that was made for somebody does with our address. */
const hidingToward = (world: GroupWorld, by: GroupPerson, to: GroupPerson) => {
  const last = linksTo(world, by, to).at(-1);
  return last && addressHiding(by.settings, last.contact);
};

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
    pageOf(alice).group.readAgain();
    await add(bob, sybil);
    await world.pass(5_000);
    expect(newcomers(alice)).toEqual(['Sybil: not-hidden']);
    pageOf(alice).group.newcomers.letAllIn();
    letInEachOther(alice, sybil);
    await world.pass(10_000);
    expect(linksTo(world, alice, sybil)).toEqual([]);
    alice.settings = { hideAddress: false, iceServers: turn };
    pageOf(alice).group.readAgain();
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
    expect(pageOf(alice).group.hiding.isOn).toBe(false);
    await add(alice, carol);
    expect(pageOf(alice).group.hiding.isOn).toBe(true);
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
    pageOf(bob).group.newcomers.keepOut(carol.id);
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
    for (const one of [bob, carol, dave, erin]) pageOf(one).group.newcomers.letAllIn();
    await world.pass(8_000);
    expect(people.map((one) => pageOf(one).names.length)).toEqual([4, 4, 4, 4, 4]);
  });
});

// README.md#protects-group
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
    pageOf(bob).group.readAgain();
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
    expect([group.isFull, model.isLocked.value, model.calledByOthers.value]).toEqual([false, false, []]);
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
