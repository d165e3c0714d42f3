// A member of a room as far as a link to them needs it.
import { type Bytes, fromBase64url, fromHex, toHex } from '../../core/base/bytes.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { isAcceptableX25519Key } from '../../core/identity/ed25519-point.ts';
import type { People } from '../../core/room/people.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';

export interface Member {
  /** Ed25519 key, hex. */
  readonly id: string;
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
  /** The secret of the inbox that they have in this room. */
  readonly inbox: Bytes;
  /** Where they listen, as they say. */
  readonly relays: readonly string[];
}

/** The members who can be reached, and nothing can be sealed to the others (docs/hostile-cases.md#e16). @param self by key, base64url. */
export function reachableMembers({ members }: Pick<People, 'members'>, self: string): readonly Member[] {
  return [...members].flatMap(([key, { reach }]) => {
    const [ed25519, x25519, inbox] = [key, reach?.x ?? '', reach?.inbox ?? ''].map(fromBase64url);
    if (key === self || !reach || !ed25519 || !x25519 || !inbox || !isAcceptableX25519Key(x25519)) return [];
    return [{ id: toHex(ed25519), ed25519, x25519, inbox, relays: reach.relays }];
  });
}

/** Whoever asks us is answered on the topics of their own asking: how else they can be reached does not matter. */
export function memberWhoAsks(id: string, { x }: Pick<SignalOf<'meet'>, 'x'>): Member | undefined {
  const [ed25519, x25519] = [fromHex(id), fromBase64url(x)];
  return ed25519 && x25519 && { id, ed25519, x25519, inbox: new Uint8Array(16), relays: [] };
}

/** As the flows of calls know whom they call: by the inbox of the room, and nothing of what a contact is beside that. */
export function asCalled({ id, ed25519, x25519, inbox, relays }: Member): Contact {
  return {
    id,
    name: '',
    ed25519,
    x25519,
    inboxSecret: inbox,
    relays,
    addedAt: 0,
    addedFrom: 'call',
    blocked: false,
    verification: { state: 'unverified' },
  };
}
