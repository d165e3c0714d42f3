// Keeps the doors for later: a few, each until its time is over.
import { hasEnded, type KeptDoor, maxKeptDoors } from '../../core/identity/kept-door.ts';
import { type Database, tellStoreChanged } from './database.ts';

export class DoorStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** Those whose time is not over, the next one first; the others are forgotten. @param now ms since the epoch. */
  async all(now: number): Promise<readonly KeptDoor[]> {
    const kept = await this.#database.getAll('doors');
    const over = kept.filter((door) => hasEnded(door, now));
    for (const { id } of over) await this.#database.delete('doors', id);
    if (over.length > 0) tellStoreChanged('doors');
    return kept.filter((door) => !over.includes(door)).sort((a, b) => a.from - b.from || a.until - b.until);
  }

  /** @returns undefined for one that was closed, or whose time is over. */
  async get(id: string, now: number): Promise<KeptDoor | undefined> {
    return (await this.all(now)).find((door) => door.id === id);
  }

  /** @returns false where there are as many as are kept. */
  async add(door: KeptDoor, now: number): Promise<boolean> {
    if ((await this.all(now)).length >= maxKeptDoors) return false;
    await this.#database.put('doors', door);
    tellStoreChanged('doors');
    return true;
  }

  /** Nobody can ask by its link any more. */
  async remove(id: string): Promise<void> {
    await this.#database.delete('doors', id);
    tellStoreChanged('doors');
  }
}
