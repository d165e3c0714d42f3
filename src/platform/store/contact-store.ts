// Keeps contacts and the requests of strangers.

import { defaultSettings } from '../../core/data/settings.ts';
import type { Contact, ContactRequest } from '../../core/identity/contact.ts';
import { cutOff, firstInbox, floorWithout, renewed, taken } from '../../core/identity/contact-inbox.ts';
import type { ContactLink } from '../../core/identity/contact-link.ts';
import { linkChange } from '../../core/identity/link-change.ts';
import { type Database, ownKey, tellStoreChanged } from './database.ts';

/** Requests beyond these are forgotten, the oldest first (docs/protocol.md#budgets). */
export const maxRequests = 20;
const requestLifeMs = 7 * 86_400_000;

type InboxFields = 'inboxGeneration' | 'inboxOldest' | 'hasOurInbox';
/** Inboxes follow from what becomes of the contact, and are not chosen by anybody. */
export type NewContact = Omit<Contact, InboxFields>;
type FreeFields = Omit<Contact, InboxFields | 'id' | 'ed25519' | 'blocked' | 'relays' | 'inboxSecret' | 'linkMadeAt'>;

export class ContactStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** All contacts, blocked ones too, by name. */
  async all(): Promise<readonly Contact[]> {
    const contacts = await this.#database.getAll('contacts');
    return contacts.sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  get(id: string): Promise<Contact | undefined> {
    return this.#database.get('contacts', id);
  }

  /** A new contact. Nothing that was handed out to somebody who was removed is handed out again. */
  async add(contact: NewContact): Promise<Contact> {
    const transaction = this.#database.transaction(['contacts', 'settings'], 'readwrite');
    const settings = { ...defaultSettings, ...(await transaction.objectStore('settings').get(ownKey)) };
    const added = { ...contact, ...firstInbox(settings) };
    await transaction.objectStore('contacts').put(added);
    await transaction.done;
    tellStoreChanged('contacts');
    return added;
  }

  /** Changes the named fields of a contact that exists; does nothing otherwise. */
  async change(id: string, change: Partial<FreeFields>): Promise<void> {
    await this.#changeBy(id, () => change);
  }

  /** Whoever is blocked holds nothing any more by which we can be reached, then and afterwards. */
  async setBlocked(id: string, blocked: boolean): Promise<void> {
    await this.#changeBy(id, (contact) => (contact.blocked === blocked ? undefined : { ...cutOff(contact), blocked }));
  }

  /** Takes up what a link says, unless a later one was seen. @returns whether it was taken. */
  async takeLink(id: string, link: ContactLink): Promise<boolean> {
    return this.#changeBy(id, (contact) => linkChange(contact, link));
  }

  /** The contact has written down the inbox of this generation. */
  async inboxTaken(id: string, generation: number): Promise<void> {
    await this.#changeBy(id, (contact) => taken(contact, generation));
  }

  /** All contacts are handed new inboxes, each in the next call. */
  async renewInboxes(): Promise<void> {
    const transaction = this.#database.transaction('contacts', 'readwrite');
    for (const contact of await transaction.store.getAll())
      await transaction.store.put({ ...contact, ...renewed(contact) });
    await transaction.done;
    tellStoreChanged('contacts');
  }

  /** What the person was handed is worth nothing from now on, also if they come back. */
  async remove(id: string): Promise<void> {
    const transaction = this.#database.transaction(['contacts', 'settings'], 'readwrite');
    const [contacts, settings] = [transaction.objectStore('contacts'), transaction.objectStore('settings')];
    const contact = await contacts.get(id);
    if (contact) {
      const kept = { ...defaultSettings, ...(await settings.get(ownKey)) };
      await settings.put({ ...kept, inboxFloor: floorWithout(contact, kept) }, ownKey);
      await contacts.delete(id);
    }
    await transaction.done;
    tellStoreChanged('contacts');
  }

  /** @returns whether there was such a contact, and something to change. */
  async #changeBy(id: string, changeOf: (contact: Contact) => Partial<Contact> | undefined): Promise<boolean> {
    const transaction = this.#database.transaction('contacts', 'readwrite');
    const contact = await transaction.store.get(id);
    const change = contact && changeOf(contact);
    if (contact && change) await transaction.store.put({ ...contact, ...change });
    await transaction.done;
    if (change) tellStoreChanged('contacts');
    return change !== undefined;
  }

  /** Requests of strangers that are not too old, newest first. */
  async requests(now: number): Promise<readonly ContactRequest[]> {
    const all = await this.#database.getAll('requests');
    return all.filter((request) => now - request.lastAt < requestLifeMs).sort((a, b) => b.lastAt - a.lastAt);
  }

  /** Notes a stranger's attempt. The list stays bounded whatever a flood sends. */
  async addRequest(request: Omit<ContactRequest, 'attempts'>): Promise<void> {
    const transaction = this.#database.transaction('requests', 'readwrite');
    const known = await transaction.store.get(request.id);
    await transaction.store.put({ ...request, attempts: (known?.attempts ?? 0) + 1 });
    const all = (await transaction.store.getAll()).sort((a, b) => b.lastAt - a.lastAt);
    for (const [index, old] of all.entries())
      if (index >= maxRequests || request.lastAt - old.lastAt >= requestLifeMs) await transaction.store.delete(old.id);
    await transaction.done;
    tellStoreChanged('requests');
  }

  async removeRequest(id: string): Promise<void> {
    await this.#database.delete('requests', id);
    tellStoreChanged('requests');
  }
}
