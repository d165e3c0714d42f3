// A locked call on this page's side: whoever was not in it when somebody locked it is not linked from here, whatever others do. Each lock
// has a list of its own of those who were in, so that nobody else's lock opens a call. Knows ids only.
import type { Mesh } from './mesh.ts';
import type { Seat } from './seat.ts';

export interface CallLockParts {
  readonly self: string;
  readonly mesh: Pick<Mesh, 'own' | 'entry'>;
  readonly seats: ReadonlyMap<string, Seat>;
}

export class CallLock {
  readonly #parts: CallLockParts;
  /** By whoever locked it: who was in the call then. */
  readonly #locks = new Map<string, ReadonlySet<string>>();

  constructor(parts: CallLockParts) {
    this.#parts = parts;
  }

  /**
   * The roster or a seat is different. Only those count who have a seat here: entries of people whom nobody let in lock nothing.
   * @param people everybody else in the call.
   */
  look(people: ReadonlySet<string>): void {
    const { self, mesh, seats } = this.#parts;
    const { own } = mesh;
    const locking = new Set<string>();
    if (own.locked) {
      locking.add(self);
      this.#begin(self, [...people, ...seats.keys()]);
    }
    for (const id of seats.keys()) {
      const entry = mesh.entry(id);
      if (!entry?.here || !entry.locked) continue;
      locking.add(id);
      // Whom they are linked to in the same breath, and whom they are calling themselves, they mean to have in.
      const up = [...seats.values()].filter(({ isUp }) => isUp).map((seat) => seat.id);
      this.#begin(id, [...people, ...up, ...entry.links, ...entry.calling.map((called) => called.id)]);
    }
    for (const id of this.#locks.keys()) if (!locking.has(id)) this.#locks.delete(id);
  }

  get isOn(): boolean {
    return this.#locks.size > 0;
  }

  /** Whether somebody comes too late. */
  keepsOut(id: string): boolean {
    return [...this.#locks.values()].some((inside) => !inside.has(id));
  }

  #begin(by: string, inside: Iterable<string>): void {
    if (!this.#locks.has(by)) this.#locks.set(by, new Set([...inside, by]));
  }
}
