// Keeps the own identity. Remembers in storage.local that one existed, so that lost keys are noticed and never silently replaced.
import browser from 'webextension-polyfill';
import { type Bytes, toHex } from '../../core/base/bytes.ts';
import type { OwnIdentity } from '../crypto/own-identity.ts';
import { type Database, ownKey, tellStoreChanged } from './database.ts';

/** What is known of the identity: `lost` means that it existed here and its keys are gone (docs/hostile-cases.md#e56). */
export type IdentityState =
  | { readonly state: 'none' }
  | { readonly state: 'lost'; readonly publicKeyHex: string }
  | { readonly state: 'present'; readonly identity: OwnIdentity };

const marker = 'identityPublicKey';
export class IdentityStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  async read(): Promise<IdentityState> {
    const known: unknown = (await browser.storage.local.get(marker))[marker];
    const identity = await this.#database.get('identity', ownKey).catch(() => undefined);
    if (identity?.keys.ed25519Private instanceof CryptoKey && identity.keys.x25519Private instanceof CryptoKey)
      return { state: 'present', identity };
    return typeof known === 'string' ? { state: 'lost', publicKeyHex: known } : { state: 'none' };
  }

  /** @param entropy what the 24 words stand for (docs/protocol.md#identity), kept until they are written down. */
  async write(identity: OwnIdentity, entropy?: Bytes): Promise<void> {
    const written = ['identity', 'unwrittenWords', 'ownDevices', 'ownEntries'] as const;
    const transaction = this.#database.transaction(written, 'readwrite');
    await transaction.objectStore('identity').put(identity, ownKey);
    // Those of somebody else, or of a time before the keys were lost.
    for (const store of ['ownDevices', 'ownEntries'] as const) await transaction.objectStore(store).clear();
    const words = transaction.objectStore('unwrittenWords');
    await (entropy ? words.put(entropy, ownKey) : words.delete(ownKey));
    await transaction.done;
    await browser.storage.local.set({ [marker]: toHex(identity.keys.ed25519Public) });
    tellStoreChanged('identity');
  }

  async rename(name: string): Promise<void> {
    const transaction = this.#database.transaction('identity', 'readwrite');
    const identity = await transaction.store.get(ownKey);
    if (identity) await transaction.store.put({ ...identity, name }, ownKey);
    await transaction.done;
    tellStoreChanged('identity');
  }

  /** What the 24 words stand for, for as long as they are not written down. Asked for by nobody but whoever shows them. */
  unwrittenEntropy(): Promise<Bytes | undefined> {
    return this.#database.get('unwrittenWords', ownKey);
  }

  /** The person has the words on paper: this browser has them no more. */
  async wordsWritten(): Promise<void> {
    const transaction = this.#database.transaction(['identity', 'unwrittenWords'], 'readwrite');
    const identities = transaction.objectStore('identity');
    const identity = await identities.get(ownKey);
    if (identity) await identities.put({ ...identity, wordsChecked: true }, ownKey);
    await transaction.objectStore('unwrittenWords').delete(ownKey);
    await transaction.done;
    tellStoreChanged('identity');
  }
}
