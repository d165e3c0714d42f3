// Calls of several people as their pages live them: who is brought in, who is linked to whom, who is gone, and that all see the same.
import { describe, expect, test } from 'vitest';
import { limitMs } from '../../tools/machine/limits.mjs';
import { seededRandom } from '../support/doubles/seeded-random.ts';
import { type GroupPage, type GroupPerson, GroupWorld } from '../support/worlds/group-world.ts';

async function scene(...names: readonly string[]) {
  const world = new GroupWorld();
  const people = await world.people(...names);
  world.introduce(...people);
  return { world, people };
}

function person(people: readonly GroupPerson[], at: number): GroupPerson {
  const found = people[at];
  if (!found) throw new Error(`nobody at ${at}`);
  return found;
}

function pageOf({ page, name }: GroupPerson): GroupPage {
  if (!page) throw new Error(`${name} is in no call`);
  return page;
}

/** The first calls the second and brings in all others, one after another. */
async function together(world: GroupWorld, people: readonly GroupPerson[]): Promise<void> {
  const page = person(people, 0).call(person(people, 1));
  await world.pass(1_000);
  for (const other of people.slice(2)) {
    await page.group.invitations.addPerson(other.id);
    await world.pass(2_000);
  }
}

const sees = (people: readonly GroupPerson[]) => people.map((one) => pageOf(one).names.join(' '));

describe('three people', () => {
  test('one brings in a third: everybody is linked to everybody', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    await together(world, people);
    expect(sees(people)).toEqual(['Bob Carol', 'Alice Carol', 'Alice Bob']);
  });

  test('an invite that overtakes what is told of whoever sent it is taken all the same', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people as [GroupPerson, GroupPerson, GroupPerson];
    // She checks the entries that she hands on; sealed words she hands on at once.
    alice.checkMs = 1_500;
    alice.call(bob);
    await world.pass(4_000);
    await pageOf(alice).group.invitations.addPerson(carol.id);
    await world.pass(4_000);
    expect(sees(people)).toEqual(['Bob Carol', 'Alice Carol', 'Alice Bob']);
  });

  test('the running call is not touched while a third is called', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = [person(people, 0), person(people, 1), person(people, 2)];
    alice.call(bob);
    await world.pass(1_000);
    const phases: string[] = [];
    pageOf(bob).model.participants.value[0]?.model.phase.subscribe(({ phase }) => void phases.push(phase));
    await pageOf(alice).group.invitations.addPerson(carol.id);
    expect(pageOf(alice).presence(carol)).toBe('calling');
    await world.pass(100);
    expect(pageOf(alice).presence(carol)).toBe('ringing');
    await world.pass(2_000);
    expect(phases).toEqual(['connected']);
  });

  test('whom one is calling is shown to the others, by the name they have there, until they are in', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Dave');
    const [alice, bob, carol, dave] = people as [GroupPerson, GroupPerson, GroupPerson, GroupPerson];
    alice.call(bob);
    await world.pass(1_000);
    const { model } = pageOf(bob);
    model.invitable.value = [{ id: carol.id, name: 'Caro' }];
    dave.isAway = true;
    await pageOf(alice).group.invitations.addPerson(carol.id);
    await pageOf(alice).group.invitations.addPerson(dave.id);
    await world.pass(200);
    expect(model.calledByOthers.value).toEqual([
      { id: carol.id, name: 'Caro', by: 'Alice', isRinging: true },
      { id: dave.id, name: undefined, by: 'Alice', isRinging: true },
    ]);
    await world.pass(3_000);
    expect(model.calledByOthers.value.map(({ id }) => id)).toEqual([dave.id]);
    pageOf(alice).group.invitations.dismiss(dave.id);
    await world.pass(1_000);
    expect(model.calledByOthers.value).toEqual([]);
  });

  test('people who do not know each other learn who brought them together', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [, bob, carol] = [person(people, 0), person(people, 1), person(people, 2)];
    bob.contacts.delete(carol.id);
    await together(world, people);
    pageOf(bob).group.newcomers.letIn(carol.id);
    await world.pass(2_000);
    const seen = pageOf(bob).model.participants.value.find(({ id }) => id === carol.id);
    expect(seen?.introducedBy.value).toBe('Alice');
    expect(seen?.model.contactName.value).toBe('Carol');
    const back = pageOf(carol).model.participants.value.find(({ id }) => id === bob.id);
    expect(back?.introducedBy.value).toBeUndefined();
  });

  test('a contact is shown by the name that we gave, whatever others say', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [, bob, carol] = [person(people, 0), person(people, 1), person(people, 2)];
    const known = bob.contacts.get(carol.id);
    if (known) bob.contacts.set(carol.id, { ...known, name: 'Dr C.' });
    await together(world, people);
    expect(pageOf(bob).names).toEqual(['Alice', 'Dr C.']);
  });

  test('whoever started leaves: the others go on', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    await together(world, people);
    pageOf(person(people, 0)).leave();
    await world.pass(7_000);
    expect(sees(people.slice(1))).toEqual(['Carol', 'Bob']);
    expect(pageOf(person(people, 1)).model.participants.value).toHaveLength(1);
  });

  test('whoever leaves is gone at once also where the way to them is cut: others have heard the goodbye', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    await together(world, people);
    const [alice, bob] = [person(people, 0), person(people, 1)];
    const cut = world.ends.filter(({ page, contact }) =>
      page.person === alice ? contact.id === bob.id : page.person === bob && contact.id === alice.id,
    );
    for (const end of cut) {
      end.wire?.break();
      end.other = undefined;
    }
    const bobs = cut.find(({ page }) => page.person === bob);
    bobs?.phase({ phase: 'reconnecting', sinceMs: world.clock.now() });
    await world.pass(1_000);
    expect(pageOf(bob).presence(alice)).toBe('in');
    pageOf(alice).leave();
    await world.pass(1_000);
    expect(pageOf(bob).presence(alice)).toBe('left');
    await world.pass(6_000);
    expect(sees(people.slice(1))).toEqual(['Carol', 'Bob']);
  });

  test('one whose browser dies is gone for the others', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    await together(world, people);
    person(people, 1).crash();
    await world.pass(10_000);
    expect(sees([person(people, 0), person(people, 2)])).toEqual(['Carol', 'Alice']);
  });

  test('whoever left can be called again and is linked to all', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    await together(world, people);
    pageOf(person(people, 2)).leave();
    await world.pass(1_000);
    await pageOf(person(people, 1)).group.invitations.addPerson(person(people, 2).id);
    await world.pass(3_000);
    expect(sees(people)).toEqual(['Bob Carol', 'Alice Carol', 'Alice Bob']);
  });

  test('declined and busy are shown, and go by themselves', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Dave');
    const [alice, bob, carol, dave] = people as [GroupPerson, GroupPerson, GroupPerson, GroupPerson];
    carol.declines = true;
    dave.knows(carol);
    alice.call(bob);
    await world.pass(1_000);
    await pageOf(alice).group.invitations.addPerson(carol.id);
    await world.pass(1_000);
    expect(pageOf(alice).presence(carol)).toBe('declined');
    await world.pass(21_000);
    expect(pageOf(alice).presence(carol)).toBeUndefined();
    expect(sees([alice, bob])).toEqual(['Bob', 'Alice']);
  });

  test('two bring in somebody at the same time', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Dave');
    const [alice, bob, carol, dave] = people as [GroupPerson, GroupPerson, GroupPerson, GroupPerson];
    alice.call(bob);
    await world.pass(1_000);
    await Promise.all([
      pageOf(alice).group.invitations.addPerson(carol.id),
      pageOf(bob).group.invitations.addPerson(dave.id),
    ]);
    await world.pass(5_000);
    expect(sees(people)).toEqual(['Bob Carol Dave', 'Alice Carol Dave', 'Alice Bob Dave', 'Alice Bob Carol']);
  });

  test('a blocked person is not linked, nor shown as if they were', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [, bob, carol] = [person(people, 0), person(people, 1), person(people, 2)];
    const known = bob.contacts.get(carol.id);
    if (known) bob.contacts.set(carol.id, { ...known, blocked: true });
    await together(world, people);
    await world.pass(30_000);
    expect(pageOf(bob).names).toEqual(['Alice']);
  });
});

describe('a call that begins with several', () => {
  const phases = (page: GroupPage) => page.model.participants.value.map(({ model }) => model.phase.value.phase);

  test('rings at all of them at once after the click, and links everybody to everybody', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Dave');
    const [alice, ...others] = people as [GroupPerson, ...GroupPerson[]];
    const page = alice.prepareTogether(...others);
    await world.pass(2_000);
    expect(phases(page)).toEqual(['before', 'before', 'before']);
    page.group.invitations.startCall('video');
    expect(phases(page)).toEqual(['dialing', 'dialing', 'dialing']);
    await world.pass(100);
    expect(phases(page)).toEqual(['ringing', 'ringing', 'ringing']);
    await world.pass(3_000);
    expect(sees(people)).toEqual(['Bob Carol Dave', 'Alice Carol Dave', 'Alice Bob Dave', 'Alice Bob Carol']);
  });

  test('goes on with whoever accepts, though the first declines and the second lets it ring', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Dave');
    const [alice, bob, carol, dave] = people as [GroupPerson, GroupPerson, GroupPerson, GroupPerson];
    bob.declines = true;
    carol.isAway = true;
    const page = alice.callTogether(bob, carol, dave);
    await world.pass(1_000);
    expect([bob, carol, dave].map((one) => page.presence(one))).toEqual(['declined', 'ringing', 'in']);
    expect(page.group.shown.value.contactName.value).toBe('Dave');
    await world.pass(70_000);
    expect(page.model.participants.value.map(({ model }) => model.contactName.value)).toEqual(['Dave']);
    expect(page.group.isRunning).toBe(true);
  });

  test('is over when nobody comes, and then tells what became of each', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Dave', 'Erin');
    const [alice, bob, carol, dave, erin] = people as [GroupPerson, GroupPerson, GroupPerson, GroupPerson, GroupPerson];
    bob.declines = true;
    carol.isAway = true;
    dave.call(erin);
    await world.pass(1_000);
    const page = alice.callTogether(bob, carol, dave);
    await world.pass(90_000);
    expect(page.group.isOver).toBe(true);
    expect([bob, carol, dave].map((one) => page.presence(one))).toEqual(['declined', 'no-answer', 'busy']);
    expect(page.group.shown.value.phase.value.phase).toBe('ended');
  });

  test('is cancelled for all of them', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [alice, bob, carol] = people as [GroupPerson, GroupPerson, GroupPerson];
    const page = alice.callTogether(bob, carol);
    await world.pass(100);
    expect([bob, carol].map(({ id }) => page.group.countBeside(id))).toEqual([1, 1]);
    page.group.invitations.cancelCall();
    expect(page.group.countBeside(bob.id)).toBe(0);
    expect(page.group.namesBeside(bob.id)).toEqual([]);
    await world.pass(5_000);
    expect(page.group.isOver).toBe(true);
    expect([bob.page, carol.page]).toEqual([undefined, undefined]);
  });

  test('has eight people at most', async () => {
    const names = ['Alice', 'Bob', 'Carol', 'Dave', 'Erin', 'Frank', 'Grace', 'Heidi', 'Ivan'];
    const { world, people } = await scene(...names);
    const [alice, ...others] = people as [GroupPerson, ...GroupPerson[]];
    const page = alice.callTogether(...others);
    await world.pass(5_000);
    expect(page.names).toHaveLength(7);
    expect(person(people, 8).page).toBeUndefined();
  });
});

test('who has been in the call is remembered by name, also of those who have left', async () => {
  const { world, people } = await scene('Alice', 'Bob', 'Carol');
  const [alice, bob, carol] = [person(people, 0), person(people, 1), person(people, 2)];
  alice.call(bob);
  await world.pass(1_000);
  expect(pageOf(alice).group.namesBeside(bob.id)).toEqual([]);
  await pageOf(alice).group.invitations.addPerson(carol.id);
  await world.pass(2_000);
  pageOf(carol).group.leave();
  await world.pass(10_000);
  expect(pageOf(alice).names).toEqual(['Bob']);
  expect(pageOf(alice).group.namesBeside(bob.id)).toEqual(['Carol']);
  expect(pageOf(bob).group.namesBeside(alice.id)).toEqual(['Carol']);
});

describe('where no way leads between two', () => {
  test('both are linked once there is one', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    const [, bob, carol] = [person(people, 0), person(people, 1), person(people, 2)];
    world.cut(bob, carol, true);
    await together(world, people);
    await world.pass(21_000);
    const through = () => pageOf(bob).participant(carol)?.bridgedBy.value;
    expect(through()).toBe('Alice');
    world.cut(bob, carol, false);
    await world.pass(60_000);
    expect([pageOf(bob).presence(carol), pageOf(carol).presence(bob)]).toEqual(['in', 'in']);
    expect(through()).toBeUndefined();
  });

  test('where nobody can help either, both say so', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol', 'Dave');
    const [alice, bob, carol, dave] = people as [GroupPerson, GroupPerson, GroupPerson, GroupPerson];
    for (const [one, other] of [
      [alice, carol],
      [alice, dave],
      [bob, dave],
    ] as const)
      world.cut(one, other, true);
    alice.call(bob);
    await world.pass(1_000);
    await pageOf(bob).group.invitations.addPerson(carol.id);
    await world.pass(2_000);
    await pageOf(carol).group.invitations.addPerson(dave.id);
    await world.pass(40_000);
    expect([pageOf(alice).presence(dave), pageOf(dave).presence(alice)]).toEqual(['unreachable', 'unreachable']);
    expect(pageOf(alice).participant(carol)?.bridgedBy.value).toBe('Bob');
  });
});

test('whoever had other words is not linked again, however often they call', async () => {
  const { world, people } = await scene('Alice', 'Bob', 'Carol');
  await together(world, people);
  const [bob, carol] = [person(people, 1), person(people, 2)];
  for (const [one, other] of [
    [bob, carol],
    [carol, bob],
  ] as const)
    world
      .endsOf(pageOf(one))
      .find(({ contact }) => contact.id === other.id)
      ?.end(one === bob ? 'words-different' : 'connection-lost');
  await world.pass(120_000);
  expect(pageOf(bob).names).toEqual(['Alice']);
  expect(world.endsOf(pageOf(bob)).filter(({ contact }) => contact.id === carol.id)).toEqual([]);
});

describe('what everybody may know', () => {
  test('a raised hand, a sign, and a closed door', async () => {
    const { world, people } = await scene('Alice', 'Bob', 'Carol');
    await together(world, people);
    const [alice, bob, carol] = people.map(pageOf) as [GroupPage, GroupPage, GroupPage];
    carol.group.raiseHand(true);
    bob.group.react('👏');
    bob.group.lock(true);
    await world.pass(100);
    const seen = alice.model.participants.value.find(({ id }) => id === carol.person.id);
    expect(seen?.handRaised.value).toBe(true);
    expect(alice.model.reactions.value.map(({ from, emoji }) => [from, emoji])).toEqual([[bob.person.id, '👏']]);
    expect([alice.model.isLocked.value, carol.model.isLocked.value]).toEqual([true, true]);
    carol.group.raiseHand(false);
    await world.pass(6_000);
    expect(seen?.handRaised.value).toBe(false);
    expect(alice.model.reactions.value).toEqual([]);
  });
});

describe('eight people', () => {
  const names = ['Alice', 'Bob', 'Carol', 'Dave', 'Erin', 'Frank', 'Grace', 'Heidi'];

  test('all are linked to all, and there is no place for a ninth', async () => {
    const { world, people } = await scene(...names, 'Ivan');
    await together(world, people.slice(0, 8));
    for (const one of people.slice(0, 8)) expect(pageOf(one).names).toHaveLength(7);
    await pageOf(person(people, 0)).group.invitations.addPerson(person(people, 8).id);
    await world.pass(2_000);
    expect(person(people, 8).page).toBeUndefined();
  });

  test('a thousand comings and goings: in the end all see the same people', { timeout: limitMs(60_000) }, async () => {
    const seed = Number(process.env['FFC_SEED'] ?? 20_261_121);
    console.log(`group churn seed ${seed}`);
    const random = seededRandom(seed);
    const world = new GroupWorld(true);
    const people = await world.people(...names);
    world.introduce(...people);
    await together(world, people.slice(0, 3));
    for (let turn = 0; turn < 1_000; turn++) {
      const inside = people.filter(({ page }) => page && !page.isGone && !page.group.isOver);
      const outside = people.filter((one) => !inside.includes(one));
      const one = inside[Math.floor(random() * inside.length)];
      const guest = outside[Math.floor(random() * outside.length)];
      const goes = inside.length > 2 && (outside.length === 0 || random() < 0.5);
      if (!one || inside.length < 2) {
        // Whoever went may have been the only one whom the others were linked to yet: then the call is over for all.
        for (const rest of people) rest.page?.leave();
        await world.pass(3_000);
        await together(world, people.slice(0, 3));
      } else if (goes && random() < 0.3) one.crash();
      else if (goes) one.page?.leave();
      else if (guest) await one.page?.group.invitations.addPerson(guest.id);
      await world.pass(Math.floor(random() * 900));
      if (turn % 50 === 0) world.tidy();
    }
    await world.pass(90_000);
    const inside = people.filter(({ page }) => page && !page.isGone && !page.group.isOver);
    expect(inside.length).toBeGreaterThan(1);
    for (const one of inside) {
      const others = inside.filter((other) => other !== one).map(({ name }) => name);
      expect(pageOf(one).names, `as ${one.name} sees it`).toEqual(others.sort());
    }
  });
});
