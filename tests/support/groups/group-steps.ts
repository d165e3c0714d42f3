// What people do in a call of several.
import type { GroupPage } from './group-page.ts';
import type { GroupPerson } from './group-person.ts';
import { GroupWorld } from './group-world.ts';

export async function scene(...names: readonly string[]) {
  const world = new GroupWorld();
  const people = await world.people(...names);
  world.introduce(...people);
  return { world, people };
}

export function person(people: readonly GroupPerson[], at: number): GroupPerson {
  const found = people[at];
  if (!found) throw new Error(`nobody at ${at}`);
  return found;
}

export function pageOf({ page, name }: GroupPerson): GroupPage {
  if (!page) throw new Error(`${name} is in no call`);
  return page;
}

/** The first calls the second and brings in all others, one after another. */
export async function together(world: GroupWorld, people: readonly GroupPerson[]): Promise<void> {
  const page = person(people, 0).call(person(people, 1));
  await world.pass(1_000);
  for (const other of people.slice(2)) {
    await page.group.invitations.addPerson(other.id);
    await world.pass(2_000);
  }
}

export const sees = (people: readonly GroupPerson[]) => people.map((one) => pageOf(one).names.join(' '));
