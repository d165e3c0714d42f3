// The phone book in memory, by the same rules as the product's store.
import type { CallWorld } from '../../../src/call/page/call-world.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { taken } from '../../../src/core/identity/contact-inbox.ts';
import { linkChange } from '../../../src/core/identity/link-change.ts';

export class MemoryContacts {
  readonly #contacts: Map<string, Contact>;

  /** @param contacts by id; read and written in place. */
  constructor(contacts: Map<string, Contact>) {
    this.#contacts = contacts;
  }

  readonly store: CallWorld['contacts'] = {
    all: async () => [...this.#contacts.values()],
    get: async (id) => this.#contacts.get(id),
    add: async (contact) => {
      this.#contacts.set(contact.id, contact);
      return contact;
    },
    change: async (id, change) => void this.#changeBy(id, () => change),
    takeLink: async (id, link) => this.#changeBy(id, (contact) => linkChange(contact, link)),
    inboxTaken: async (id, generation) => void this.#changeBy(id, (contact) => taken(contact, generation)),
  };

  #changeBy(id: string, changeOf: (contact: Contact) => Partial<Contact> | undefined): boolean {
    const contact = this.#contacts.get(id);
    const change = contact && changeOf(contact);
    if (contact && change) this.#contacts.set(id, { ...contact, ...change });
    return change !== undefined;
  }
}
