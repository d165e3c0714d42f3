// What the people of a room are called on this screen: contacts as this person calls them, others as they call themselves, and whoever could be
// taken for somebody else with a piece of their key.
import { fromBase64url, toHex } from '../../core/base/bytes.ts';
import { looksAlike } from '../../core/base/lookalike-name.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { Member } from '../../core/room/people.ts';
import { text } from '../texts/text.ts';

/** The id of a person as contacts have it (hex), of their key as rooms have it (base64url). */
export function contactIdOf(key: string): string {
  return toHex(fromBase64url(key) ?? new Uint8Array(0));
}

export interface PeopleNames {
  /** 'You' for the person here. */
  nameOf(key: string): string;
  contactOf(key: string): Contact | undefined;
}

/** @param ownName what the person here goes by. */
export function peopleNames(
  self: string,
  ownName: string,
  contacts: readonly Contact[],
  members: ReadonlyMap<string, Member>,
): PeopleNames {
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const contactOf = (key: string) => byId.get(contactIdOf(key));
  const made = new Map<string, string>();
  const name = (key: string): string => {
    if (key === self) return text('roomYou');
    const contact = contactOf(key);
    if (contact) return contact.name;
    const mark = contactIdOf(key).slice(0, 6);
    const said = members.get(key)?.name ?? '';
    if (said === '') return text('roomSomeone', mark);
    const isLike = (other: string) => looksAlike(said, other);
    const isDoubtful =
      isLike(ownName) ||
      isLike(text('roomYou')) ||
      contacts.some((one) => isLike(one.name)) ||
      [...members.values()].some((other) => other.id !== key && isLike(other.name));
    return isDoubtful ? text('roomMarkedName', said, mark) : said;
  };
  const nameOf = (key: string): string => {
    const known = made.get(key) ?? name(key);
    made.set(key, known);
    return known;
  };
  return { nameOf, contactOf };
}
