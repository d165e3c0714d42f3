// Calls of several people as their pages live them: who is brought in, who is linked to whom, who is gone, and that all see the same.
import { describe, expect, test } from 'vitest';
import type { GroupPage } from '../support/groups/group-page.ts';
import type { GroupPerson } from '../support/groups/group-person.ts';
import { pageOf, person, scene, sees, together } from '../support/groups/group-steps.ts';

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
    pageOf(bob).group.admission.newcomers.letIn(carol.id);
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

test('who has been in the call is remembered by name, also of those who have left', async () => {
  const { world, people } = await scene('Alice', 'Bob', 'Carol');
  const [alice, bob, carol] = [person(people, 0), person(people, 1), person(people, 2)];
  alice.call(bob);
  await world.pass(1_000);
  expect(pageOf(alice).group.people.namesBeside(bob.id)).toEqual([]);
  await pageOf(alice).group.invitations.addPerson(carol.id);
  await world.pass(2_000);
  pageOf(carol).group.leave();
  await world.pass(10_000);
  expect(pageOf(alice).names).toEqual(['Bob']);
  expect(pageOf(alice).group.people.namesBeside(bob.id)).toEqual(['Carol']);
  expect(pageOf(bob).group.people.namesBeside(alice.id)).toEqual(['Carol']);
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
