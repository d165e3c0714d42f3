// Whom one meets in a call without having them among the contacts.
import { cleanDisplayName } from '../base/display-name.ts';
import type { Contact } from './contact.ts';
import type { ContactLink } from './contact-link.ts';

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
