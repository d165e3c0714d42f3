// A link for guests to an inbox of the person here, with what helps a guest's browser to connect.
import { toHex } from '../../core/base/bytes.ts';
import type { Opener, Sealer, Signer } from '../../core/base/ports.ts';
import type { Settings } from '../../core/data/settings.ts';
import { formatGuestLink } from '../../core/identity/contact-link.ts';
import { invitationPage } from '../../core/network/own-servers.ts';
import { linkRelays } from './own-link.ts';
import { guestServers } from './turn-password.ts';

/** What a link says beyond who we are. Times in ms since the epoch, whole seconds. */
export interface SaidOfDoor {
  readonly opensAt?: number;
  readonly closesAt?: number;
  readonly title?: string;
}

export interface GuestLinkParts {
  readonly sealer: Sealer;
  readonly own: { readonly name: string; readonly signer: Signer; readonly opener: Opener };
  readonly settings: Pick<Settings, 'relays' | 'iceServers' | 'ownServers' | 'guestPage'>;
  /** Ms since the epoch. */
  readonly now: number;
}

/** What is sent: the link, whether it names a relay, and the page that knows what to do with it, where there is one. */
export interface GuestLink {
  readonly link: string;
  readonly hasRelay: boolean;
  readonly page: string | undefined;
}

/** @param inboxSecret 16 bytes: of the inbox where guests ask. */
export async function guestLinkTo(
  inboxSecret: Uint8Array<ArrayBuffer>,
  said: SaidOfDoor,
  { sealer, own: { name, signer, opener }, settings, now }: GuestLinkParts,
): Promise<GuestLink> {
  const { relays, iceServers, ownServers, guestPage } = settings;
  // A password lasts a day: one for a door that opens later is good for a day from then on.
  const servers = await guestServers(iceServers, Math.max(now, said.opensAt ?? 0), toHex(sealer.randomBytes(2)));
  const keys = { ed25519: signer.publicKey, x25519: opener.publicKey };
  const named = linkRelays(relays);
  const link = await formatGuestLink(
    { ...keys, inboxSecret, relays: named, name, madeAt: now, servers, ...said },
    { sealer, signer },
  );
  return { link, hasRelay: named.length > 0, page: invitationPage({ ownServers, guestPage }) };
}
