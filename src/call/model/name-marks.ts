// Who of the people in a call is a contact here, and whose name could be taken for another's. Asks the phone book once and again when it
// has changed; knows no roster.

import { type Lookalike, lookalikeOf } from '../../core/base/lookalike-name.ts';
import type { Contact } from '../../core/identity/contact.ts';

export interface NameMarksParts {
  /** What the person here is called, to others and on their own screen. */
  readonly self: readonly string[];
  readonly contacts: () => Promise<readonly Contact[]>;
  readonly onRead: () => void;
}

export class NameMarks {
  readonly #parts: NameMarksParts;
  #contacts: ReadonlyMap<string, Contact> | undefined;
  #reading = 0;

  constructor(parts: NameMarksParts) {
    this.#parts = parts;
  }

  /** The phone book has been read: before that nobody is known to be a contact or none. */
  get isRead(): boolean {
    return this.#contacts !== undefined;
  }

  /** Reads the phone book again; the latest reading counts. */
  async read(): Promise<void> {
    const reading = ++this.#reading;
    const all = await this.#parts.contacts();
    if (reading !== this.#reading) return;
    this.#contacts = new Map(all.map((one) => [one.id, one]));
    this.#parts.onRead();
  }

  contact(id: string): Contact | undefined {
    return this.#contacts?.get(id);
  }

  /** Whom somebody who is no contact could be taken for. @param participants all in the call, by the names they have here. */
  lookalike(
    one: { readonly id: string; readonly name: string },
    participants: readonly { readonly id: string; readonly name: string }[],
  ): Lookalike | undefined {
    if (!this.#contacts || this.contact(one.id)) return undefined;
    return lookalikeOf(one, { self: this.#parts.self, contacts: [...this.#contacts.values()], participants });
  }
}
