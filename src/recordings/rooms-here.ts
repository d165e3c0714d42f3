// The rooms of this browser, as far as a recording can be put into them. Loaded when somebody wants that.
import { openOwnShelf } from '../link/rooms/own-shelf.ts';
import { ContactStore } from '../platform/store/contact-store.ts';
import { openDatabase } from '../platform/store/database.ts';
import { IdentityStore } from '../platform/store/identity-store.ts';
import { contactIdOf, peopleNames } from '../ui/rooms/people-names.ts';
import { type PutOutcome, putInto } from './put-into.ts';

export interface RoomHere {
  readonly room: string;
  readonly name: string;
  /** Everybody else in it, as this person calls them: id (hex) -> name. */
  readonly members: ReadonlyMap<string, string>;
  put(
    file: File,
    named: { readonly name: string; readonly type: string },
    onShare: (share: number) => void,
  ): Promise<PutOutcome>;
}

/** Those in which this person can write, by name. @throws what the databases throw. */
export async function roomsHere(): Promise<readonly RoomHere[]> {
  const database = await openDatabase();
  const own = await new IdentityStore(database).read();
  if (own.state !== 'present') return [];
  const contacts = await new ContactStore(database).all();
  const { shelf, tools } = await openOwnShelf(own.identity, () => undefined);
  const rooms: RoomHere[] = [];
  for (const { room } of await shelf.all()) {
    const open = await shelf.open(room);
    const people = open?.view.show('people');
    if (!open?.canWrite || !people) continue;
    const names = peopleNames(open.self, own.identity.name, contacts, people.members);
    const others = [...people.members.keys()].filter((key) => key !== open.self);
    rooms.push({
      ...{ room, name: people.name },
      members: new Map(others.map((key) => [contactIdOf(key), names.nameOf(key)])),
      put: (file, named, onShare) => putInto(open, tools.blobs, file, named, onShare),
    });
  }
  return rooms;
}
