// Keeps the call history, bounded, and which missed calls were looked at.
import type { HistoryEntry } from '../../core/data/history-entry.ts';
import { type Database, tellStoreChanged } from './database.ts';

export const maxEntries = 200;

export class HistoryStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. */
  async recent(limit = maxEntries): Promise<readonly HistoryEntry[]> {
    const all = await this.#database.getAllFromIndex('history', 'at');
    return all.reverse().slice(0, limit);
  }

  /** Writes an entry; a second one for the same call replaces the first. */
  async put(entry: HistoryEntry): Promise<void> {
    const transaction = this.#database.transaction('history', 'readwrite');
    await transaction.store.put(entry);
    const surplus = (await transaction.store.count()) - maxEntries;
    if (surplus > 0) {
      const oldest = await transaction.store.index('at').getAllKeys(null, surplus);
      for (const callId of oldest) await transaction.store.delete(callId);
    }
    await transaction.done;
    tellStoreChanged('history');
  }

  /** How many missed calls were not looked at yet. */
  async missedCount(): Promise<number> {
    return (await this.#database.getAll('history')).filter((entry) => entry.outcome === 'missed' && !entry.seen).length;
  }

  async markSeen(): Promise<void> {
    const transaction = this.#database.transaction('history', 'readwrite');
    for (const entry of await transaction.store.getAll())
      if (!entry.seen) await transaction.store.put({ ...entry, seen: true });
    await transaction.done;
    tellStoreChanged('history');
  }

  /** Forgets single calls. */
  async remove(callIds: readonly string[]): Promise<void> {
    const transaction = this.#database.transaction('history', 'readwrite');
    for (const callId of callIds) await transaction.store.delete(callId);
    await transaction.done;
    tellStoreChanged('history');
  }

  async clear(): Promise<void> {
    await this.#database.clear('history');
    tellStoreChanged('history');
  }
}
