// What people do in a call in which not everybody is everybody's contact.
import { addressHiding } from '../../../src/core/network/hidden-address.ts';
import type { IceServer } from '../../../src/core/network/ice-server.ts';
import type { GroupPerson } from './group-person.ts';
import { pageOf } from './group-steps.ts';
import { GroupWorld } from './group-world.ts';

export const turn: readonly IceServer[] = [{ urls: 'turn:turn.example:3478', username: 'u', credential: 'p' }];

/** People who all know each other. */
export async function scene(...names: readonly string[]) {
  const world = new GroupWorld();
  const people = await world.people(...names);
  world.introduce(...people);
  return { world, people: people as [GroupPerson, GroupPerson, GroupPerson, GroupPerson, GroupPerson] };
}

export function strangers(one: GroupPerson, ...others: readonly GroupPerson[]): void {
  for (const other of others) {
    one.contacts.delete(other.id);
    other.contacts.delete(one.id);
  }
}

export const add = (by: GroupPerson, whom: GroupPerson) => pageOf(by).group.invitations.addPerson(whom.id);
/** What a page does whose program was changed. */
export const addPastTheLock = (by: GroupPerson, whom: GroupPerson) => {
  const contact = by.contacts.get(whom.id);
  if (!contact) throw new Error('not a contact');
  whom.answer(pageOf(by).first(contact, 'outgoing'));
};
export const newcomers = (one: GroupPerson) =>
  pageOf(one).model.newcomers.value.map(({ name, state }) => `${name}: ${state}`);
export const newcomer = (at: GroupPerson, who: GroupPerson) =>
  pageOf(at).model.newcomers.value.find(({ id }) => id === who.id);
export const letIn = (by: GroupPerson, whom: GroupPerson) => pageOf(by).group.admission.newcomers.letIn(whom.id);
export const letInEachOther = (one: GroupPerson, other: GroupPerson) => {
  letIn(other, one);
  letIn(one, other);
};
export const linksTo = (world: GroupWorld, by: GroupPerson, to: GroupPerson) =>
  world.ends.filter(({ page, contact }) => page.person === by && contact.id === to.id);

/** What a call that was made for somebody does with our address. */
export const hidingToward = (world: GroupWorld, by: GroupPerson, to: GroupPerson) => {
  const last = linksTo(world, by, to).at(-1);
  return last && addressHiding(by.settings, last.contact);
};
