// The own contact link and the own inboxes, from the identity and the settings.

import type { Opener, Sealer, Signer } from '../../core/base/ports.ts';
import type { Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { formatContactLink, formatGuestLink } from '../../core/identity/contact-link.ts';
import { ContactInboxMaker, linkInboxSecret, type OwnInboxes, sharedInboxSecret } from '../../core/identity/inboxes.ts';
import { isAcceptableRelayUrl } from '../../core/network/relay-address.ts';
import type { OwnIdentity } from './own-identity.ts';
import { ownPorts } from './own-ports.ts';

/** A link has room for three relays (docs/protocol.md#contact-link). */
export const maxLinkRelays = 3;

type LinkSettings = Pick<Settings, 'relays' | 'linkGeneration' | 'linkMadeAt'>;

/** The relays that stand in the link: the first three that may be told to others (none with a password). */
export function linkRelays(relays: readonly string[]): readonly string[] {
  return relays.filter(isAcceptableRelayUrl).slice(0, maxLinkRelays);
}

/** The own current contact link (docs/protocol.md#contact-link). */
export async function ownLink(identity: OwnIdentity, settings: LinkSettings, sealer: Sealer): Promise<string> {
  const { ed25519Public: ed25519, x25519Public: x25519, inboxSecret: first } = identity.keys;
  const { signer } = ownPorts(identity);
  const inboxSecret = await linkInboxSecret(sealer, signer, first, settings.linkGeneration);
  const link = { ed25519, x25519, inboxSecret, relays: linkRelays(settings.relays) };
  return formatContactLink({ ...link, name: identity.name, madeAt: settings.linkMadeAt }, { sealer, signer });
}

/**
 * What is said of us to somebody who is no contact: who we are and where we are met in this call. It holds no way to reach us by afterwards:
 * its inbox is nobody's.
 */
export function passingLink(
  { name, signer, opener }: { readonly name: string; readonly signer: Signer; readonly opener: Opener },
  settings: Pick<Settings, 'relays'>,
  sealer: Sealer,
  now: number,
): Promise<string> {
  const [ed25519, x25519] = [signer.publicKey, opener.publicKey];
  const link = { ed25519, x25519, inboxSecret: sealer.randomBytes(16), relays: linkRelays(settings.relays) };
  return formatGuestLink({ ...link, name, madeAt: now }, { sealer, signer });
}

/** Where the own background listens: for each contact who is not blocked, at the link's inbox while calls by link are wanted, and for the own devices. */
export async function ownInboxes(
  identity: OwnIdentity,
  settings: Pick<Settings, 'linkGeneration' | 'linkCalls' | 'devicesTogether'>,
  contacts: readonly Contact[],
  sealer: Sealer,
): Promise<OwnInboxes> {
  const { signer } = ownPorts(identity);
  const maker = new ContactInboxMaker(sealer, signer);
  const [link, inboxes, padding, own] = await Promise.all([
    linkInboxSecret(sealer, signer, identity.keys.inboxSecret, settings.linkGeneration),
    maker.listened(contacts),
    maker.padding(),
    sharedInboxSecret(sealer, signer),
  ]);
  return {
    ...(settings.linkCalls && { link }),
    ...(settings.devicesTogether && { own }),
    contacts: inboxes,
    padding,
  };
}
