// The own two inboxes (docs/protocol.md#two-inboxes): one whose secret stands in the contact link, one whose secret only people get who
// were in a call. A flood on the first never silences the second, and a new link closes the first to whoever holds the old one.
import { type Bytes, concat, u32be, utf8 } from './bytes.ts';
import type { Sealer, Signer } from './ports.ts';

/** Which inbox a message came to. */
export type InboxKind = 'link' | 'friends' | 'guests';

/** 16 bytes each. No `link` when nobody may call by the link. */
export interface OwnInboxes {
  readonly link?: Bytes;
  readonly friends: Bytes;
  /** While a call is open to guests: where they ask to be let in. */
  readonly guests?: Bytes;
}

/**
 * Derived from signatures, which are deterministic (RFC 8032 section 5.1.6): every device with the same words has the same inboxes,
 * and no other secret has to be kept.
 */
async function secretOf(sealer: Sealer, signer: Signer, label: string, generation: number): Promise<Bytes> {
  const signature = await signer.sign(concat(utf8(`ffc/1 inbox secret\0${label}`), u32be(generation)));
  return sealer.hkdfSha256(signature, signer.publicKey, utf8('ffc/1 inbox secret'), 16);
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
  return generation === 0 ? first : secretOf(sealer, signer, 'link', generation);
}

/** The 16-byte secret of the friends' inbox, handed over in calls. */
export function friendsInboxSecret(sealer: Sealer, signer: Signer): Promise<Bytes> {
  return secretOf(sealer, signer, 'friends', 0);
}
