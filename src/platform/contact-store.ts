// Keeps contacts and the requests of strangers.
import type { Contact, ContactRequest } from '../core/contact.ts';
import { type Database, tellStoreChanged } from './database.ts';

/** Requests beyond these are forgotten, the oldest first (docs/protocol.md#budgets). */
export const maxRequests = 20;
const requestLifeMs = 7 * 86_400_000;

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

  async put(contact: Contact): Promise<void> {
    await this.#database.put('contacts', contact);
    tellStoreChanged('contacts');
  }

  /** Changes the named fields of a contact that exists; does nothing otherwise. */
  async change(id: string, change: Partial<Omit<Contact, 'id' | 'ed25519'>>): Promise<void> {
    const transaction = this.#database.transaction('contacts', 'readwrite');
    const contact = await transaction.store.get(id);
    if (contact) await transaction.store.put({ ...contact, ...change });
    await transaction.done;
    tellStoreChanged('contacts');
  }

  async remove(id: string): Promise<void> {
    await this.#database.delete('contacts', id);
    tellStoreChanged('contacts');
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
