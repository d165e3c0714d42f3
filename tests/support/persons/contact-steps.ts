// What a person does with contacts and requests in a scenario, as popup and settings do it.
import { CallRecords } from '../../../src/background/call-records.ts';
import type { Sealer } from '../../../src/core/base/ports.ts';
import { ringMs } from '../../../src/core/call/ring-machine.ts';
import { cutOff, renewed } from '../../../src/core/identity/contact-inbox.ts';
import { formatContactLink, parseContactLink } from '../../../src/core/identity/contact-link.ts';
import { callsOver } from '../../../src/core/identity/contact-request.ts';
import { linkInboxSecret, type OwnInboxes, sharedInboxSecret } from '../../../src/core/identity/inboxes.ts';
import { NodeSealer, NodeSigner } from '../doubles/node-keys.ts';
import type { Person } from './person.ts';

/** What the product writes down of calls that were not taken in a page, in the lists of this person. */
export function recordsOf(person: Person, sealer: Sealer): CallRecords {
  return new CallRecords({
    sealer,
    clock: person.clock,
    settings: async () => person.settings,
    history: { put: async ({ callId, outcome }) => person.record(callId, outcome) },
    requests: person.requests,
    contacts: async () => [...person.contacts.values()],
    ownName: person.name,
    showMissed: async () => undefined,
    showLeft: async () => undefined,
    showRequest: async (id) => void person.toldRequests.push(id),
  });
}

/** The own contact link. Made outside the world: no key of it is at work for that while anything else happens. */
export async function linkOf({ keys, settings, relays, name }: Person): Promise<string> {
  const [sealer, signer] = [new NodeSealer(), new NodeSigner(keys.ed25519Private, keys.ed25519Public)];
  const { ed25519Public: ed25519, x25519Public: x25519, inboxSecret: first } = keys;
  const inboxSecret = await linkInboxSecret(sealer, signer, first, settings.linkGeneration);
  return formatContactLink({ ed25519, x25519, inboxSecret, relays, name, madeAt: 1 }, { sealer, signer });
}

/** Where a person may be called now, and where the own devices meet. */
export async function ownInboxesOf(
  { settings, signer, keys, inboxes, contacts, guests }: Person,
  sealer: Sealer,
): Promise<OwnInboxes> {
  const link = await linkInboxSecret(sealer, signer, keys.inboxSecret, settings.linkGeneration);
  return {
    ...(settings.linkCalls && { link }),
    ...(settings.devicesTogether && { own: await sharedInboxSecret(sealer, signer) }),
    contacts: await inboxes.listened([...contacts.values()]),
    ...(guests && { guests: [guests] }),
    padding: await inboxes.padding(),
  };
}

/** *Block* or *Unblock*, as the contact store does it. */
export async function setBlocked(person: Person, other: Person, blocked: boolean): Promise<void> {
  const known = person.contacts.get(other.id);
  if (known) person.contacts.set(other.id, { ...known, ...cutOff(known), blocked });
  await person.followContacts();
}

/** *New link*. */
export async function makeNewLink(person: Person): Promise<void> {
  for (const [id, one] of person.contacts) person.contacts.set(id, { ...one, ...renewed(one) });
  await person.change({ linkGeneration: person.settings.linkGeneration + 1 });
  person.link = await linkOf(person);
}

/** *Not now*. */
export function putAway(person: Person, stranger: Person): void {
  const request = person.requests.get(stranger.id);
  if (request) person.requests.put({ ...request, isPutAway: true }, person.clock.now());
}

/** *Add and call back* (the call is another step) or *Block*, as popup/contact-book.ts does it. */
export async function addFromRequest(person: Person, stranger: Person, { blocked = false } = {}): Promise<void> {
  const request = person.requests.get(stranger.id);
  const parsed = await parseContactLink(request?.link ?? '', new NodeSealer());
  if (!request || 'refused' in parsed) throw new Error(`${stranger.name} has not called`);
  const { inboxSecret, relays, madeAt: linkMadeAt } = parsed.link;
  for (const callId of callsOver(request, person.clock.now(), ringMs)) person.finished.add(callId);
  person.requests.remove(stranger.id);
  person.knows(stranger, { inboxSecret, relays, linkMadeAt, addedFrom: 'request', blocked });
}
