// The own contact link, from the identity and the relays that are set.
import { formatContactLink, isAcceptableRelayUrl } from '../core/contact-link.ts';
import type { Sealer } from '../core/ports.ts';
import type { OwnIdentity } from '../platform/database.ts';

/** A link has room for three relays (protocol C.3). */
export const maxLinkRelays = 3;

/** The relays that stand in the link: the first three that may be told to others (none with a password). */
export function linkRelays(relays: readonly string[]): readonly string[] {
  return relays.filter(isAcceptableRelayUrl).slice(0, maxLinkRelays);
}

export async function ownLink({ keys, name }: OwnIdentity, relays: readonly string[], sealer: Sealer): Promise<string> {
  const { ed25519Public: ed25519, x25519Public: x25519, inboxSecret } = keys;
  return await formatContactLink({ ed25519, x25519, inboxSecret, relays: linkRelays(relays), name }, sealer);
}
