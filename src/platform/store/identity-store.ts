// Keeps the own identity. Remembers in storage.local that one existed, so that lost keys are noticed and never silently replaced.
import browser from 'webextension-polyfill';
import { toHex } from '../../core/base/bytes.ts';
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

  async write(identity: OwnIdentity): Promise<void> {
    await this.#database.put('identity', identity, ownKey);
    await browser.storage.local.set({ [marker]: toHex(identity.keys.ed25519Public) });
    tellStoreChanged('identity');
  }

  async change(change: Partial<Pick<OwnIdentity, 'name' | 'wordsChecked'>>): Promise<void> {
    const transaction = this.#database.transaction('identity', 'readwrite');
    const identity = await transaction.store.get(ownKey);
    if (identity) await transaction.store.put({ ...identity, ...change }, ownKey);
    await transaction.done;
    tellStoreChanged('identity');
  }
}
