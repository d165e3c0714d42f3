// What can be done with people: read a link, add, update, rename, block, remove, and answer the requests of strangers.
// Each change is written at once and told to the background. Knows no view.
import { type Bytes, equalBytes, toHex } from '../core/base/bytes.ts';
import { cleanDisplayName } from '../core/base/display-name.ts';
import type { Sealer } from '../core/base/ports.ts';
import { ringMs } from '../core/call/ring-machine.ts';
import { safetyNumber } from '../core/identity/call-security.ts';
import type { Contact } from '../core/identity/contact.ts';
import { type ContactLink, type LinkRefusal, parseContactLink, parseGuestLink } from '../core/identity/contact-link.ts';
import { callsOver, type KeptRequest } from '../core/identity/contact-request.ts';
import { isOlderLink } from '../core/identity/link-change.ts';
import { readableLink } from '../core/identity/link-repair.ts';
import { relaysFromOthers } from '../core/network/others-relays.ts';
import { looksLikeServerLink } from '../core/network/server-link.ts';
import type { OwnIdentity } from '../platform/crypto/own-identity.ts';
import type { ContactStore } from '../platform/store/contact-store.ts';
import type { RingStore } from '../platform/store/ring-store.ts';
import { reloadBackground } from '../ui/reload-background.ts';
import { text } from '../ui/texts/text.ts';

/**
 * What a pasted text turned out to be. 'other-key': it names a known person but holds another sealing key; that key follows from
 * the person's words and never changes, so such a link was not made by them. `changed`: other relays or another inbox than we hold.
 * `older`: a later one was seen before, so that this one changes nothing.
 */
export type LinkReading =
  | { readonly found: 'refused'; readonly why: LinkRefusal | 'private-relay' | 'server-link' }
  | { readonly found: 'other-key'; readonly contact: Contact }
  | { readonly found: 'new'; readonly link: ContactLink }
  /** The link lets one ask to be let into a call. `name`: of the person who made it. */
  | { readonly found: 'guest'; readonly text: string; readonly name: string }
  | {
      readonly found: 'known';
      readonly link: ContactLink;
      readonly contact: Contact;
      readonly changed: boolean;
      readonly older: boolean;
    };

function differs(contact: Contact, link: ContactLink): boolean {
  return !equalBytes(contact.inboxSecret, link.inboxSecret) || contact.relays.join('\n') !== link.relays.join('\n');
}

export class ContactBook {
  readonly #contacts: ContactStore;
  readonly #sealer: Sealer;
  readonly #own: () => OwnIdentity | undefined;
  readonly #ownRelays: () => Promise<readonly string[]>;
  readonly #rings: Pick<RingStore, 'finish'>;

  constructor(
    contacts: ContactStore,
    sealer: Sealer,
    own: () => OwnIdentity | undefined,
    ownRelays: () => Promise<readonly string[]>,
    rings: Pick<RingStore, 'finish'>,
  ) {
    this.#contacts = contacts;
    this.#sealer = sealer;
    this.#own = own;
    this.#ownRelays = ownRelays;
    this.#rings = rings;
  }

  async readLink(pasted: string): Promise<LinkReading> {
    if (looksLikeServerLink(pasted)) return { found: 'refused', why: 'server-link' };
    const own: Bytes | undefined = this.#own()?.keys.ed25519Public;
    // People paste whole sentences, and links as mail programs and browsers hand them over.
    const whole = (await readableLink(pasted, this.#sealer)) ?? pasted;
    const guest = await parseGuestLink(whole, this.#sealer, own);
    if ('link' in guest) {
      if (await this.#leadsInside(guest.link)) return { found: 'refused', why: 'private-relay' };
      const known = await this.#contacts.get(toHex(guest.link.ed25519));
      return { found: 'guest', text: whole.trim(), name: known?.name ?? this.nameFor('', guest.link) };
    }
    const parsed = await parseContactLink(whole, this.#sealer, own);
    if ('refused' in parsed) return { found: 'refused', why: parsed.refused };
    const { link } = parsed;
    if (await this.#leadsInside(link)) return { found: 'refused', why: 'private-relay' };
    const contact = await this.#contacts.get(toHex(link.ed25519));
    if (!contact) return { found: 'new', link };
    if (!equalBytes(contact.x25519, link.x25519)) return { found: 'other-key', contact };
    const older = isOlderLink(contact, link);
    return { found: 'known', link, contact, changed: !older && differs(contact, link), older };
  }

  /** None of the relays that it names may be asked. */
  async #leadsInside({ relays }: ContactLink): Promise<boolean> {
    return relays.length > 0 && relaysFromOthers(relays, await this.#ownRelays()).length === 0;
  }

  /** The name to show for a link: what the person typed, else what the link says, else a piece of the key. */
  nameFor(typed: string, link: ContactLink): string {
    return (
      cleanDisplayName(typed) ||
      cleanDisplayName(link.name) ||
      text('popupNamelessContact', toHex(link.ed25519).slice(0, 8))
    );
  }

  async add(link: ContactLink, typedName: string, addedFrom: Contact['addedFrom'], blocked = false): Promise<Contact> {
    const contact = await this.#contacts.add({
      id: toHex(link.ed25519),
      name: this.nameFor(typedName, link),
      ed25519: link.ed25519,
      x25519: link.x25519,
      inboxSecret: link.inboxSecret,
      relays: link.relays,
      linkMadeAt: link.madeAt,
      addedAt: Date.now(),
      addedFrom,
      blocked,
      verification: { state: 'unverified' },
    });
    await this.#contacts.removeRequest(contact.id);
    await reloadBackground();
    return contact;
  }

  async updateFromLink(id: string, link: ContactLink): Promise<void> {
    await this.#contacts.takeLink(id, link);
    await reloadBackground();
  }

  /** @returns false when nothing is left of the name. */
  async rename(id: string, typedName: string): Promise<boolean> {
    const name = cleanDisplayName(typedName);
    if (name === '') return false;
    await this.#contacts.change(id, { name });
    await reloadBackground();
    return true;
  }

  async setBlocked(id: string, blocked: boolean): Promise<void> {
    await this.#contacts.setBlocked(id, blocked);
    await reloadBackground();
  }

  /** The person here has compared the safety number with them, outside of a call. */
  async setVerified(id: string): Promise<void> {
    await this.#contacts.change(id, { verification: { state: 'verified', at: Date.now() } });
    await reloadBackground();
  }

  async setFavourite(id: string, favourite: boolean): Promise<void> {
    await this.#contacts.change(id, { favourite });
  }

  /** How this contact rings: like the others without a tone and not muted. */
  async setRinging(id: string, ringing: Pick<Contact, 'muted' | 'ringTone'>): Promise<void> {
    await this.#contacts.change(id, ringing);
  }

  async setHideAddress(id: string, hideAddress: boolean): Promise<void> {
    await this.#contacts.change(id, { hideAddress });
    await reloadBackground();
  }

  async remove(id: string): Promise<void> {
    await this.#contacts.remove(id);
    await reloadBackground();
  }

  /** Makes a stranger a contact (or a blocked one). Undefined when the link in the request is not that stranger's. */
  async takeRequest(stranger: KeptRequest, blocked: boolean): Promise<Contact | undefined> {
    const reading = await this.readLink(stranger.link);
    if (reading.found === 'refused' || reading.found === 'other-key' || reading.found === 'guest') return undefined;
    if (toHex(reading.link.ed25519) !== stranger.id) return undefined;
    const now = Date.now();
    // The person here knows of them: notes of them that are still on their way are no missed calls.
    for (const callId of callsOver(stranger, now, ringMs)) await this.#rings.finish(callId, now);
    if (reading.found === 'new') return await this.add(reading.link, stranger.name, 'request', blocked);
    if (blocked) await this.setBlocked(stranger.id, true);
    await this.#contacts.removeRequest(stranger.id);
    return reading.contact;
  }

  /** Not now: it is there again with their next call. */
  async putRequestAway(stranger: KeptRequest): Promise<void> {
    await this.#contacts.putRequestAway(stranger.id);
  }

  /** The number that both people can compare, in groups of five digits. */
  async safetyNumber(contact: Contact): Promise<string | undefined> {
    const own = this.#own();
    if (!own) return undefined;
    const { ed25519Public, x25519Public } = own.keys;
    return await safetyNumber(this.#sealer, ed25519Public, x25519Public, contact.ed25519, contact.x25519);
  }
}
