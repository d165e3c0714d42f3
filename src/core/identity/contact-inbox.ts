// Which inboxes are kept for a contact. Each contact has a row of them, counted from 0: one is handed out, and those handed out before it are
// listened on until the contact holds the new one, unless the contact was cut off. Pure rules; the secrets are made in inboxes.ts.
import type { Contact } from './contact.ts';

/** Below this no inbox is handed out any more: part of the settings. */
interface InboxFloor {
  readonly inboxFloor: number;
}

type InboxRecord = Pick<Contact, 'blocked' | 'inboxGeneration' | 'inboxOldest' | 'hasOurInbox'>;
/** What becomes of the record. */
type InboxChange = Required<Pick<Contact, 'inboxGeneration' | 'inboxOldest' | 'hasOurInbox'>>;

/** Of inboxes that were handed out one after another and never taken, so many are listened on: the newest. */
const mostListened = 4;
const lastGeneration = 0xffff_ffff;

/** The inbox that is handed out now. */
export function currentInbox({ inboxGeneration = 0 }: Pick<Contact, 'inboxGeneration'>): number {
  return inboxGeneration;
}

/** The inboxes that are listened on, the oldest first; none for people who are blocked. */
export function listenedInboxes(contact: InboxRecord): readonly number[] {
  if (contact.blocked) return [];
  const current = currentInbox(contact);
  const oldest = Math.max(contact.inboxOldest ?? current, current - mostListened + 1);
  return Array.from({ length: Math.max(1, current - oldest + 1) }, (_, i) => Math.min(oldest, current) + i);
}

const next = (generation: number): number => Math.min(lastGeneration, generation + 1);

/** Somebody was blocked, or is taken up again: whatever they hold is worth nothing from now on. */
export function cutOff(contact: InboxRecord): InboxChange {
  const generation = next(currentInbox(contact));
  return { inboxGeneration: generation, inboxOldest: generation, hasOurInbox: false };
}

/** All get new ones: who holds an older one reaches us by it until they hold the new one. */
export function renewed(contact: InboxRecord): InboxChange {
  const current = currentInbox(contact);
  const generation = next(current);
  const hasOurInbox = contact.hasOurInbox === true;
  return {
    inboxGeneration: generation,
    inboxOldest: hasOurInbox ? (contact.inboxOldest ?? current) : generation,
    hasOurInbox,
  };
}

/** The contact has kept what was handed out: older ones are left. Undefined where it was handed out before the last change, or is known. */
export function taken(contact: InboxRecord, generation: number): InboxChange | undefined {
  if (contact.blocked || currentInbox(contact) !== generation) return undefined;
  if (contact.hasOurInbox && (contact.inboxOldest ?? generation) === generation) return undefined;
  return { inboxGeneration: generation, inboxOldest: generation, hasOurInbox: true };
}

/** Somebody becomes a contact: nothing that was handed out to anybody who was removed comes back. */
export function firstInbox({ inboxFloor }: InboxFloor): Pick<Contact, 'inboxGeneration'> {
  return inboxFloor > 0 ? { inboxGeneration: inboxFloor } : {};
}

/** The floor once this contact is removed. It names nobody. */
export function floorWithout(contact: InboxRecord, { inboxFloor }: InboxFloor): number {
  return Math.max(inboxFloor, next(currentInbox(contact)));
}
