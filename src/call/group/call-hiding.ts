// Whether our address stays hidden in this call, which is a property of the call: who hides from one person in it hides from everybody who
// is no contact, because whoever is no contact may be that person under another name. Knows stores only by what it asks.

import type { Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { type AddressHiding, addressHiding } from '../../core/network/hidden-address.ts';

export interface CallHidingParts {
  readonly settings: () => Promise<Pick<Settings, 'hideAddress' | 'iceServers'>>;
  readonly contact: (id: string) => Promise<Contact | undefined>;
  /** Everybody who is in the call or called into it, by id. */
  readonly present: () => Iterable<string>;
  /** From now on. */
  readonly onHides: () => void;
}

export class CallHiding {
  readonly #parts: CallHidingParts;
  #isOn = false;

  constructor(parts: CallHidingParts) {
    this.#parts = parts;
  }

  /** We hide from somebody in this call. Once it is so it stays so, whoever leaves. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /** This person is in the call, or called into it. */
  note(contact: { readonly hideAddress?: boolean } | undefined): void {
    if (this.#isOn || !contact?.hideAddress) return;
    this.#isOn = true;
    this.#parts.onHides();
  }

  /** Asks again what the stores say of everybody here. */
  async refresh(): Promise<void> {
    const { contact, present, settings } = this.#parts;
    const asked = [...new Set(present())].map((id) => contact(id));
    for (const known of await Promise.all([settings(), ...asked])) this.note(known);
  }

  /** Whether a new link with somebody may tell our address. @param known undefined for somebody who is no contact. */
  async toward(known: Pick<Contact, 'hideAddress'> | undefined): Promise<AddressHiding> {
    this.note(known);
    const [settings] = await Promise.all([this.#parts.settings(), this.refresh()]);
    return addressHiding(settings, known ?? { hideAddress: this.#isOn });
  }
}
