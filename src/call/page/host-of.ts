// Who made a guest link. Loaded where one is followed.
import { toHex } from '../../core/base/bytes.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { parseGuestLink } from '../../core/identity/contact-link.ts';
import { passingContact } from '../../core/identity/passing-contact.ts';
import type { CallWorld } from './call-world.ts';

/** Whoever made a guest link, as somebody to call by it; undefined when it is none. */
export async function hostOf(
  guestLink: string,
  { contacts, sealer }: Pick<CallWorld, 'contacts' | 'sealer'>,
): Promise<Contact | undefined> {
  const parsed = await parseGuestLink(guestLink, sealer);
  if ('refused' in parsed) return undefined;
  const { link } = parsed;
  const known = await contacts.get(toHex(link.ed25519));
  if (!known) return passingContact(link, toHex(link.ed25519));
  // By the link of this call, not by the inbox that they keep for us: that would ring, and they are in a call.
  const { theirInbox: _theirInbox, ...kept } = known;
  return { ...kept, inboxSecret: link.inboxSecret, relays: link.relays };
}
