// Whom one meets in a call without having them among the contacts.
import { equalBytes, fromHex } from '../base/bytes.ts';
import { cleanDisplayName } from '../base/display-name.ts';
import type { Sealer } from '../base/ports.ts';
import type { Contact } from './contact.ts';
import { type ContactLink, parseContactLink, parseGuestLink } from './contact-link.ts';

/** Somebody who is in one call with us and not in the phone book. */
export function passingContact(link: ContactLink, id: string): Contact {
  const { ed25519, x25519, inboxSecret, relays, name } = link;
  return {
    id,
    name: cleanDisplayName(name) || id.slice(0, 8),
    ed25519,
    x25519,
    inboxSecret,
    relays,
    addedAt: 0,
    addedFrom: 'link',
    blocked: false,
    verification: { state: 'unverified' },
  };
}

/** Who an invite at a door says it is from; undefined when its link is not the sender's own. @param link as the invite has it: hostile. */
export async function whoKnocks(link: string, senderId: string, sealer: Sealer): Promise<Contact | undefined> {
  const passing = await parseGuestLink(link, sealer);
  // Whoever has us among their contacts gives their own link, everybody else one that is good for this call.
  const parsed = 'link' in passing ? passing : await parseContactLink(link, sealer);
  if ('refused' in parsed || !equalBytes(parsed.link.ed25519, fromHex(senderId) ?? new Uint8Array())) return undefined;
  return passingContact(parsed.link, senderId);
}
