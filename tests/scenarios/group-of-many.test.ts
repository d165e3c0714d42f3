// Calls that begin with several people, or have eight: who rings, who is remembered, who is linked to whom in the end.
import { describe, expect, test } from 'vitest';
import { limitMs } from '../../tools/machine/limits.mjs';
import { seededRandom } from '../support/doubles/seeded-random.ts';
import type { GroupPage } from '../support/groups/group-page.ts';
import type { GroupPerson } from '../support/groups/group-person.ts';
import { pageOf, person, scene, sees, together } from '../support/groups/group-steps.ts';
import { GroupWorld } from '../support/groups/group-world.ts';

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
    expect([bob, carol].map(({ id }) => page.group.people.countBeside(id))).toEqual([1, 1]);
    page.group.invitations.cancelCall();
    expect(page.group.people.countBeside(bob.id)).toBe(0);
    expect(page.group.people.namesBeside(bob.id)).toEqual([]);
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
