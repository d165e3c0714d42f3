// Reads the invitation of a page for guests: who invites, where they are met, and what of that this page may ask.

import type { Sealer } from '../core/base/ports.ts';
import { type GuestLink, parseContactLink, parseGuestLink } from '../core/identity/contact-link.ts';
import { readableLink } from '../core/identity/link-repair.ts';
import type { ReadyIceServer } from '../core/network/ice-server.ts';
import { isPublicRelayUrl, serversFromOthers } from '../core/network/others-relays.ts';
import type { Lack } from './model/visit-model.ts';

/** An invitation that can be followed from here. */
export interface ReadInvitation {
  readonly link: GuestLink;
  /** In its canonical form. */
  readonly text: string;
  readonly relays: readonly string[];
  readonly servers: readonly ReadyIceServer[];
}

/**
 * Reads what stood behind the # of the address, whatever programs did to it on the way.
 * @param isNear the page came from this very machine: so may relays and servers.
 */
export async function readInvitation(
  text: string,
  sealer: Pick<Sealer, 'sha256' | 'verify'>,
  isNear: boolean,
): Promise<ReadInvitation | { readonly why: Lack }> {
  if (text.trim() === '') return { why: 'no-link' };
  const found = await readableLink(text, sealer);
  if (found === undefined) return { why: 'no-link' };
  const read = await parseGuestLink(found, sealer);
  if ('refused' in read) {
    const other = await parseContactLink(found, sealer);
    if ('link' in other) return { why: 'contact-link' };
    return { why: read.refused === 'newer-version' ? 'newer-link' : 'damaged-link' };
  }
  const { link } = read;
  const relays = link.relays.filter((relay) => isNear || isPublicRelayUrl(relay));
  if (relays.length === 0) return { why: link.relays.length === 0 ? 'damaged-link' : 'private-relay' };
  return { link, text: found, relays, servers: serversFromOthers(link.servers ?? [], isNear) };
}
