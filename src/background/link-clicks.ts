// A contact link was right-clicked: a contact is called, a stranger is offered to be added first, anything else is explained.
import { toHex } from '../core/base/bytes.ts';
import type { Sealer } from '../core/base/ports.ts';
import { parseContactLink } from '../core/identity/contact-link.ts';
import { readableLink } from '../core/identity/link-repair.ts';
import type { ContactStore } from '../platform/store/contact-store.ts';

interface Stores {
  readonly contacts: Pick<ContactStore, 'get'>;
}

export class LinkClicks {
  readonly #sealer: Sealer;
  readonly #stores: Promise<Stores>;
  readonly #call: (contactId: string) => Promise<unknown>;
  readonly #add: (link: string | undefined) => Promise<void>;

  constructor(
    sealer: Sealer,
    stores: Promise<Stores>,
    call: (contactId: string) => Promise<unknown>,
    add: (link: string | undefined) => Promise<void>,
  ) {
    this.#sealer = sealer;
    this.#stores = stores;
    this.#call = call;
    this.#add = add;
  }

  /** @param texts where a link may stand, the likeliest first. */
  async call(texts: readonly string[]): Promise<void> {
    const links = await Promise.all(texts.map((one) => readableLink(one, this.#sealer)));
    const link = links.find((one) => one !== undefined);
    const parsed = link === undefined ? undefined : await parseContactLink(link, this.#sealer);
    if (!parsed || 'refused' in parsed) return this.#add(link);
    const contact = await (await this.#stores).contacts.get(toHex(parsed.link.ed25519));
    if (contact && !contact.blocked) await this.#call(contact.id);
    else await this.#add(link);
  }
}
