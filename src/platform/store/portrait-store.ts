// Keeps portraits: the own one and those that contacts have sent, by the person's public key in hex.
import type { Bytes } from '../../core/base/bytes.ts';
import { type Database, tellStoreChanged } from './database.ts';

export interface KeptPortrait {
  /** A JPEG file, drawn here. */
  readonly jpeg: Bytes;
  /** SHA-256 in hex of what they sent: the same once more is not drawn again. */
  readonly sent?: string;
}

export class PortraitStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  get(id: string): Promise<KeptPortrait | undefined> {
    return this.#database.get('portraits', id);
  }

  async all(): Promise<ReadonlyMap<string, KeptPortrait>> {
    const transaction = this.#database.transaction('portraits');
    const [ids, kept] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()]);
    return new Map(ids.flatMap((id, at) => (kept[at] ? [[id, kept[at]] as const] : [])));
  }

  async put(id: string, portrait: KeptPortrait): Promise<void> {
    await this.#database.put('portraits', portrait, id);
    tellStoreChanged('portraits');
  }

  /** Does nothing where there is none. */
  async remove(id: string): Promise<void> {
    if ((await this.get(id)) === undefined) return;
    await this.#database.delete('portraits', id);
    tellStoreChanged('portraits');
  }

  /** All but this one. */
  async removeOthers(id: string): Promise<void> {
    const transaction = this.#database.transaction('portraits', 'readwrite');
    for (const key of await transaction.store.getAllKeys()) if (key !== id) await transaction.store.delete(key);
    await transaction.done;
    tellStoreChanged('portraits');
  }
}
