// Who a guest is: keys that were made when the page was opened and are gone with it. The same for every knock of one visit.
import { deriveIdentityKeys } from '../platform/crypto/identity-keys.ts';
import type { OwnIdentity } from '../platform/crypto/own-identity.ts';

/** New keys under this name, in memory only. @throws DOMException where the browser lacks the curves. */
export async function passingIdentity(name: string, now: number): Promise<OwnIdentity> {
  const entropy = crypto.getRandomValues(new Uint8Array(32));
  try {
    const keys = await deriveIdentityKeys(entropy);
    return { keys, name, dev: crypto.getRandomValues(new Uint8Array(8)), createdAt: now, wordsChecked: false };
  } finally {
    entropy.fill(0);
  }
}
