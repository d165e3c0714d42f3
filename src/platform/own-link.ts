// The own contact link and the own inboxes, from the identity and the settings.
import type { Settings } from '../core/contact.ts';
import { formatContactLink, isAcceptableRelayUrl } from '../core/contact-link.ts';
import { friendsInboxSecret, linkInboxSecret, type OwnInboxes } from '../core/inboxes.ts';
import type { Sealer } from '../core/ports.ts';
import type { OwnIdentity } from './database.ts';
import { ownPorts } from './own-ports.ts';

/** A link has room for three relays (docs/protocol.md#contact-link). */
export const maxLinkRelays = 3;

type LinkSettings = Pick<Settings, 'relays' | 'linkGeneration'>;

/** The relays that stand in the link: the first three that may be told to others (none with a password). */
export function linkRelays(relays: readonly string[]): readonly string[] {
  return relays.filter(isAcceptableRelayUrl).slice(0, maxLinkRelays);
}

/** The own current contact link (docs/protocol.md#contact-link). */
export async function ownLink(identity: OwnIdentity, settings: LinkSettings, sealer: Sealer): Promise<string> {
  const { ed25519Public: ed25519, x25519Public: x25519, inboxSecret: first } = identity.keys;
  const { signer } = ownPorts(identity);
  const inboxSecret = await linkInboxSecret(sealer, signer, first, settings.linkGeneration);
  const { name } = identity;
  return formatContactLink({ ed25519, x25519, inboxSecret, relays: linkRelays(settings.relays), name }, sealer);
}

/** Where the own background listens; the link's inbox only while calls by link are wanted. */
export async function ownInboxes(
  identity: OwnIdentity,
  settings: Pick<Settings, 'linkGeneration' | 'linkCalls'>,
  sealer: Sealer,
): Promise<OwnInboxes> {
  const { signer } = ownPorts(identity);
  const [link, friends] = await Promise.all([
    linkInboxSecret(sealer, signer, identity.keys.inboxSecret, settings.linkGeneration),
    friendsInboxSecret(sealer, signer),
  ]);
  return settings.linkCalls ? { link, friends } : { friends };
}
