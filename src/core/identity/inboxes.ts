// The own inboxes: one whose secret stands in the contact link, one for each contact, whose secret only that contact gets, and one that only
// devices with the same words know. A flood on any of them silences no other, a new link closes the first to whoever holds the old one, and what
// one contact was handed can be made worthless.
import { type Bytes, concat, u32be, utf8 } from '../base/bytes.ts';
import type { Sealer, Signer } from '../base/ports.ts';
import type { Contact } from './contact.ts';
import { currentInbox, listenedInboxes } from './contact-inbox.ts';

/** Which inbox a message came to. */
export type InboxKind = 'link' | 'contact' | 'guests' | 'own';

/** The inboxes that are kept for one contact. */
export interface ContactInboxes {
  readonly id: string;
  /** 16 bytes each. */
  readonly secrets: readonly Bytes[];
}

/** 16 bytes each. No `link` when nobody may call by the link. */
export interface OwnInboxes {
  readonly link?: Bytes;
  readonly contacts: readonly ContactInboxes[];
  /** Where guests ask to be let in: while a call is open to them, and of each door for later while it is open. */
  readonly guests?: readonly Bytes[];
  /** Where the own devices find each other; none while they are to know nothing of each other. */
  readonly own?: Bytes;
  /** 32 bytes, of which the topics are made that nobody writes to: relays shall not count contacts. */
  readonly padding: Bytes;
}

/**
 * Derived from signatures, which are deterministic (RFC 8032 section 5.1.6): every device with the same words has the same inboxes,
 * and no other secret has to be kept.
 */
async function secretOf(
  sealer: Sealer,
  signer: Signer,
  label: string,
  generation: number,
  length: number,
): Promise<Bytes> {
  const signature = await signer.sign(concat(utf8(`ffc/1 inbox secret\0${label}`), u32be(generation)));
  return sealer.hkdfSha256(signature, signer.publicKey, utf8('ffc/1 inbox secret'), length);
}

/**
 * The 16-byte secret of the link's inbox.
 * @param first of generation 0, derived from the words (docs/protocol.md#identity).
 * @param generation how often a new link was made.
 */
export async function linkInboxSecret(
  sealer: Sealer,
  signer: Signer,
  first: Bytes,
  generation: number,
): Promise<Bytes> {
  return generation === 0 ? first : secretOf(sealer, signer, 'link', generation, 16);
}

/** The 16-byte secret of the inbox that the own devices share, and nobody else can come to. */
export function sharedInboxSecret(sealer: Sealer, signer: Signer): Promise<Bytes> {
  return secretOf(sealer, signer, 'own', 0, 16);
}

/** Makes the secrets of the inboxes that are kept for contacts: one signature for all of them. */
export class ContactInboxMaker {
  readonly #sealer: Sealer;
  readonly #root: Promise<Bytes>;

  constructor(sealer: Sealer, signer: Signer) {
    this.#sealer = sealer;
    this.#root = secretOf(sealer, signer, 'contacts', 0, 32);
  }

  /** The 16-byte secret of one inbox for the person with this Ed25519 key. */
  async secret(ed25519: Bytes, generation: number): Promise<Bytes> {
    const info = concat(utf8('ffc/1 contact inbox'), u32be(generation));
    return this.#sealer.hkdfSha256(await this.#root, ed25519, info, 16);
  }

  /** The one that is handed out now. */
  current(contact: Contact): Promise<Bytes> {
    return this.secret(contact.ed25519, currentInbox(contact));
  }

  /** Those that are listened on. */
  async listened(contacts: readonly Contact[]): Promise<readonly ContactInboxes[]> {
    return Promise.all(
      contacts.map(async (contact) => ({
        id: contact.id,
        secrets: await Promise.all(listenedInboxes(contact).map((one) => this.secret(contact.ed25519, one))),
      })),
    );
  }

  /** Of which topics are made that nobody writes to. */
  async padding(): Promise<Bytes> {
    return this.#sealer.hkdfSha256(await this.#root, new Uint8Array(0), utf8('ffc/1 unused topics'), 32);
  }
}
