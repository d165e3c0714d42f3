// Keeps contacts and the requests of strangers.

import { defaultSettings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { cutOff, firstInbox, floorWithout, renewed, taken } from '../../core/identity/contact-inbox.ts';
import type { ContactLink } from '../../core/identity/contact-link.ts';
import {
  afterCall,
  type KeptRequest,
  keptRequests,
  mayTell,
  type StrangersCall,
  shownRequests,
} from '../../core/identity/contact-request.ts';
import { linkChange } from '../../core/identity/link-change.ts';
import { type Database, ownKey, tellStoreChanged } from './database.ts';

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
    const transaction = this.#database.transaction(
      ['contacts', 'settings', 'portraits', 'messages', 'notes'],
      'readwrite',
    );
    const [contacts, settings] = [transaction.objectStore('contacts'), transaction.objectStore('settings')];
    const contact = await contacts.get(id);
    if (contact) {
      const kept = { ...defaultSettings, ...(await settings.get(ownKey)) };
      await settings.put({ ...kept, inboxFloor: floorWithout(contact, kept) }, ownKey);
      await contacts.delete(id);
      await transaction.objectStore('portraits').delete(id);
      // Their bytes are swept.
      for (const store of ['messages', 'notes'] as const)
        for await (const cursor of transaction.objectStore(store))
          if (cursor.value.contactId === id) await cursor.delete();
    }
    await transaction.done;
    tellStoreChanged('contacts');
    tellStoreChanged('portraits');
    tellStoreChanged('messages');
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

  /** Requests of strangers that are to be shown, newest first. */
  async requests(now: number): Promise<readonly KeptRequest[]> {
    return shownRequests(await this.#database.getAll('requests'), now);
  }

  /** How many have called since the list was looked at last. */
  async unseenRequests(now: number): Promise<number> {
    return (await this.requests(now)).filter(({ isSeen }) => !isSeen).length;
  }

  /**
   * Notes a stranger's call, once. The list stays bounded whatever a flood sends.
   * @param by how often the own link was made anew, by which they called; undefined where nothing may be said now.
   * @returns whether a notification may tell of it; that is then taken as done.
   */
  async addCall(call: StrangersCall, by: number | undefined, now: number): Promise<boolean> {
    const transaction = this.#database.transaction('requests', 'readwrite');
    const all = await transaction.store.getAll();
    const others = all.filter(({ id }) => id !== call.id);
    const request = afterCall(
      all.find(({ id }) => id === call.id),
      call,
      now,
    );
    const tells = request !== undefined && by !== undefined && mayTell(all, call.id, by, now);
    if (request) {
      await transaction.store.put(tells ? { ...request, toldAt: now, toldBy: by } : request);
      const kept = new Set(keptRequests([...others, request], now).map(({ id }) => id));
      for (const { id } of [...others, request]) if (!kept.has(id)) await transaction.store.delete(id);
    }
    await transaction.done;
    if (request) tellStoreChanged('requests');
    return tells;
  }

  /** The list was looked at. */
  async requestsSeen(): Promise<void> {
    await this.#changeRequests(({ isSeen, ...request }) => (isSeen ? undefined : { ...request, isSeen: true }));
  }

  /** Not now: the entry comes back with their next call. */
  async putRequestAway(id: string): Promise<void> {
    await this.#changeRequests((request) => (request.id === id ? { ...request, isPutAway: true } : undefined));
  }

  async removeRequest(id: string): Promise<void> {
    await this.#database.delete('requests', id);
    tellStoreChanged('requests');
  }

  async #changeRequests(change: (request: KeptRequest) => KeptRequest | undefined): Promise<void> {
    const transaction = this.#database.transaction('requests', 'readwrite');
    const changed = (await transaction.store.getAll()).flatMap((request) => change(request) ?? []);
    for (const request of changed) await transaction.store.put(request);
    await transaction.done;
    if (changed.length > 0) tellStoreChanged('requests');
  }
}
