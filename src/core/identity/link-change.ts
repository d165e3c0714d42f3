// What a contact link changes for somebody who is a contact already. Links are signed and dated: only the person's own count, and of two the later.
import { equalBytes } from '../base/bytes.ts';
import type { Contact } from './contact.ts';
import type { ContactLink } from './contact-link.ts';

type LinkFields = Pick<Contact, 'inboxSecret' | 'relays'> & { readonly linkMadeAt: number };
type KnownLink = Pick<Contact, 'ed25519' | 'x25519' | 'linkMadeAt'>;

/** Whether a later link of this person was seen before: somebody may have kept this one, and shows it again. */
export function isOlderLink({ linkMadeAt = 0 }: KnownLink, { madeAt }: Pick<ContactLink, 'madeAt'>): boolean {
  return madeAt < linkMadeAt;
}

/** What becomes of the contact; undefined where the link is not theirs, or not their last. */
export function linkChange(contact: KnownLink, link: ContactLink): LinkFields | undefined {
  const isTheirs = equalBytes(contact.ed25519, link.ed25519) && equalBytes(contact.x25519, link.x25519);
  if (!isTheirs || isOlderLink(contact, link)) return undefined;
  return { inboxSecret: link.inboxSecret, relays: link.relays, linkMadeAt: link.madeAt };
}
