// Keeps rings that are under way, so that they outlive the worker, and the ids of calls that are over for 24 hours
// (docs/protocol.md#ringing).
import type { RingRecord } from '../../core/call/ring-machine.ts';
import type { Database } from './database.ts';

const rememberMs = 86_400_000;

export class RingStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  all(): Promise<readonly RingRecord[]> {
    return this.#database.getAll('rings');
  }

  async put(record: RingRecord): Promise<void> {
    await this.#database.put('rings', record);
  }

  /** Forgets the ring and remembers its id, so that a replayed invite does nothing. */
  async finish(callId: string, now: number): Promise<void> {
    const transaction = this.#database.transaction(['rings', 'finishedCalls'], 'readwrite');
    await transaction.objectStore('rings').delete(callId);
    const finished = transaction.objectStore('finishedCalls');
    await finished.put({ callId, at: now });
    let cursor = await finished.index('at').openCursor(IDBKeyRange.upperBound(now - rememberMs));
    while (cursor) {
      await cursor.delete();
      cursor = await cursor.continue();
    }
    await transaction.done;
  }

  async isFinished(callId: string): Promise<boolean> {
    return (await this.#database.get('finishedCalls', callId)) !== undefined;
  }
}
