// A person in the phone book. Plain records: stores keep them, pages show them.
import type { Bytes } from '../base/bytes.ts';
import type { RingtoneName } from '../base/ringtone-name.ts';

export type CallMedia = 'audio' | 'video';

/** Whether the four emoji of a call with this person were compared. */
export type Verification =
  | { readonly state: 'unverified' }
  | { readonly state: 'verified'; readonly at: number }
  | { readonly state: 'different'; readonly at: number };

export interface Contact {
  /** The Ed25519 public key as lower-case hex: it never changes for a person. */
  readonly id: string;
  readonly name: string;
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
  /** ML-KEM-768, 1184 bytes, as the person said in a call: once it is known, all that is for their lasting key is sealed to it as well. */
  readonly quantumKey?: Bytes | undefined;
  /** 16 bytes from the person's contact link (docs/protocol.md#inboxes). */
  readonly inboxSecret: Bytes;
  /** 16 bytes that the person handed over in a call: an inbox for us alone. */
  readonly theirInbox?: Bytes;
  /** Which one of the inboxes that we keep for this person is handed out now, counted from 0 (see contact-inbox.ts). */
  readonly inboxGeneration?: number;
  /** The oldest one that is still listened on; the one that is handed out, if left out. */
  readonly inboxOldest?: number;
  /** Whether the person holds the one that is handed out now, or a former one that is still listened on: a new link does not cut this person off. */
  readonly hasOurInbox?: boolean;
  /** When the link was made from which the relays and `inboxSecret` come, ms since the epoch: an older one changes nothing. */
  readonly linkMadeAt?: number;
  /** Where the person listens. */
  readonly relays: readonly string[];
  readonly addedAt: number;
  /** 'image': a code in a file, which anybody may have sent; 'call': somebody met in a call of several. */
  readonly addedFrom: 'link' | 'scan' | 'image' | 'request' | 'call';
  readonly blocked: boolean;
  /** Calls with this person go through a TURN server only: the person does not learn our address. */
  readonly hideAddress?: boolean;
  readonly verification: Verification;
  /** Stands on top of the list. */
  readonly favourite?: boolean;
  /** Calls of this person never ring here; they are missed. */
  readonly muted?: boolean;
  /** A tone of their own. */
  readonly ringTone?: RingtoneName | undefined;
}

/**
 * Whether nothing tells that the person has us among their contacts: they have not handed us an inbox, which contacts do in their first call,
 * they have not called us by our link, and have not given us theirs in a call. They may have, all the same: then the call rings.
 */
export function mayNotKnowUs({ theirInbox, addedFrom }: Pick<Contact, 'theirInbox' | 'addedFrom'>): boolean {
  return theirInbox === undefined && addedFrom !== 'request' && addedFrom !== 'call';
}

/** Someone who called without being a contact: never rings, waits in a list (docs/protocol.md#ringing). */
export interface ContactRequest {
  /** Ed25519 public key, hex. */
  readonly id: string;
  readonly name: string;
  /** The caller's own contact link as received in the invite. */
  readonly link: string;
  readonly lastAt: number;
  readonly attempts: number;
}
