// What is known of the person here, as an invitation. Apart from the words around it, which no first screen needs.
import type { Settings } from '../../core/data/settings.ts';
import { invitationPage } from '../../core/network/own-servers.ts';
import { linkRelays } from '../../platform/crypto/own-link.ts';
import type { Invitation } from './invitation.ts';

/** The invitation to add us as a contact. @param link the own contact link. */
export function toPerson(
  link: string,
  name: string,
  settings: Pick<Settings, 'relays' | 'ownServers' | 'guestPage'>,
): Invitation {
  return { link, to: 'person', name, hasRelay: linkRelays(settings.relays).length > 0, page: invitationPage(settings) };
}
