// People whom a name makes: the same name is the same person in every run.
import { type Bytes, toHex, utf8 } from '../../../src/core/base/bytes.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { deriveIdentityKeys, type IdentityKeys } from '../../../src/platform/crypto/identity-keys.ts';

/** Deriving keys takes longer than a call: each name is derived once. */
const keysByName = new Map<string, Promise<IdentityKeys>>();

/** The keys whose entropy is SHA-256 of the name. */
export function namedKeys(name: string): Promise<IdentityKeys> {
  const keys = keysByName.get(name) ?? derived(name);
  keysByName.set(name, keys);
  return keys;
}

async function derived(name: string): Promise<IdentityKeys> {
  return deriveIdentityKeys(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(name))));
}

/** Somebody as the phone book has them once their link was added. */
export function newContact(link: {
  readonly name: string;
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
  readonly inboxSecret: Bytes;
  readonly relays: readonly string[];
}): Contact {
  return {
    ...link,
    id: toHex(link.ed25519),
    addedAt: 0,
    addedFrom: 'link',
    blocked: false,
    verification: { state: 'unverified' },
  };
}

/** Somebody with these keys in the phone book of others. */
export function contactOf(person: {
  readonly name: string;
  readonly keys: IdentityKeys;
  readonly relays: readonly string[];
}): Contact {
  const { name, keys, relays } = person;
  const { ed25519Public: ed25519, x25519Public: x25519, inboxSecret } = keys;
  return newContact({ name, ed25519, x25519, inboxSecret, relays });
}
