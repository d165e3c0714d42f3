// The own contact link, from the identity and the relays that are set. A link has room for three relays (protocol C.3).
import { formatContactLink } from '../core/contact-link.ts';
import type { Sealer } from '../core/ports.ts';
import type { OwnIdentity } from '../platform/database.ts';

export const maxLinkRelays = 3;

export async function ownLink(
  { keys, name }: OwnIdentity,
  relays: readonly string[],
  sealer: Sealer,
): Promise<string> {
  return await formatContactLink(
    {
      ed25519: keys.ed25519Public,
      x25519: keys.x25519Public,
      inboxSecret: keys.inboxSecret,
      relays: relays.slice(0, maxLinkRelays),
      name,
    },
    sealer,
  );
}
