// The two sides of a trial call. Both are made by the first window, with keys for this one call: the own identity takes no part. The second
// window is handed its own when it asks for it.
import { type Bytes, toHex } from '../core/base/bytes.ts';
import type { Contact } from '../core/identity/contact.ts';
import { deriveIdentityKeys, type IdentityKeys } from '../platform/crypto/identity-keys.ts';

/** One side, as it is handed over: 32 bytes of which its keys are made, 8 that tell its window from the other, and what it is called. */
export interface TrialSeed {
  readonly entropy: Bytes;
  readonly dev: Bytes;
  readonly name: string;
}

export interface TrialPerson {
  readonly keys: IdentityKeys;
  readonly dev: Bytes;
  readonly name: string;
}

/** What the second window is handed: its own side, and what others know of the first. */
export interface TrialHandover {
  readonly own: TrialSeed;
  readonly other: Contact;
}

export function newSeed(name: string): TrialSeed {
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  return { entropy: random(32), dev: random(8), name };
}

/** @throws DOMException where the browser lacks the curves. */
export async function personOf({ entropy, dev, name }: TrialSeed): Promise<TrialPerson> {
  return { keys: await deriveIdentityKeys(entropy), dev, name };
}

/** One side as the other knows it. */
export function contactOf({ keys, name }: TrialPerson): Contact {
  const { ed25519Public: ed25519, x25519Public: x25519, inboxSecret } = keys;
  return {
    id: toHex(ed25519),
    name,
    ed25519,
    x25519,
    inboxSecret,
    relays: [],
    addedAt: 0,
    addedFrom: 'call',
    blocked: false,
    verification: { state: 'unverified' },
  };
}
