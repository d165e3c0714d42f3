// What people of the tests of rooms do, and how their browsers begin and end.
import { IDBFactory } from 'fake-indexeddb';
import { fakeLocks } from '../doubles/fake-locks.ts';
import { until } from '../runner/condition.ts';
import { link, RoomBrowser } from './room-browser.ts';

/** Browsers of three people, with nothing on their disks. */
export function threeBrowsers(): Promise<[RoomBrowser, RoomBrowser, RoomBrowser]> {
  globalThis.indexedDB = new IDBFactory();
  fakeLocks.reset();
  return Promise.all([RoomBrowser.open(1, 'Alice'), RoomBrowser.open(2, 'Bob'), RoomBrowser.open(3, 'Carol')]);
}

/** Founds a room. @returns what it is called in the store. */
export const found = (by: RoomBrowser, name = 'Garden'): Promise<string> =>
  by.shelf.found({ name, purpose: 'What we grow', admit: 'stewards' });

export async function letIn(by: RoomBrowser, room: string, ...people: readonly RoomBrowser[]): Promise<void> {
  const open = await by.room(room);
  await open.write(() => people.map(({ key }) => ({ k: 'admit', who: key, role: 'member', name: 'Someone' })));
}

/** Takes the one invitation that there is, once it is there, and waits for the room. */
export async function accept(who: RoomBrowser, room: string): Promise<void> {
  await until(async () => (await who.shelf.invitations()).length === 1, { what: 'an invitation' });
  const [invitation] = await who.shelf.invitations();
  if (!invitation) throw new Error('no invitation');
  await who.shelf.accept(invitation);
  await until(async () => (await who.room(room)).canWrite, { what: 'the room to come' });
}

/** Was let in: meets who did it, accepts, says who they are, and goes. */
export async function joined(room: string, who: RoomBrowser, by: RoomBrowser): Promise<void> {
  await link(by, who);
  await accept(who, room);
  const members = async () => (await by.room(room)).view.show('people')?.members;
  await until(async () => (await members())?.get(who.key)?.reach !== undefined, { what: 'their first words' });
  by.channels.part(who.id);
  who.channels.part(by.id);
}

/** Both have the same entries, and show them. */
export async function sameText(room: string, one: RoomBrowser, other: RoomBrowser): Promise<void> {
  const shown = async (who: RoomBrowser) =>
    JSON.stringify([(await who.room(room)).graph.heads(), await who.said(room)]);
  await until(async () => (await shown(one)) === (await shown(other)), { what: 'both to have the same' });
}
