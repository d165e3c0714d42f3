// People who are not in the call any more, or who were called and did not come: shown as such for a while, then forgotten; and the names of
// all who have been there.
import type { Clock } from '../../core/base/ports.ts';
import type { Seat } from './seat.ts';

export interface DeparturesParts {
  readonly clock: Clock;
  readonly seats: Map<string, Seat>;
  readonly onForgotten: (id: string) => void;
}

/** Whoever has left is shown as gone for so long, whoever did not come a while longer. */
const goneMs = 5_000;
const didNotComeMs = 20_000;

export class Departures {
  readonly #parts: DeparturesParts;
  readonly #leaving = new Set<Seat>();
  /** Everybody who has been in the call, by id, with the name. */
  readonly #came = new Map<string, string>();

  constructor(parts: DeparturesParts) {
    this.#parts = parts;
  }

  /** Notes who is there now. */
  look(): void {
    for (const { id, isUp, isIn, call } of this.#parts.seats.values())
      if (isUp || isIn) this.#came.set(id, call.contact.name);
  }

  /** Who has been in the call, by name, without this one. */
  namesBeside(id: string): readonly string[] {
    return [...this.#came].flatMap(([one, name]) => (one === id ? [] : [name]));
  }

  /** This seat is not taken any more. */
  later(seat: Seat): void {
    if (this.#leaving.has(seat)) return;
    this.#leaving.add(seat);
    const { clock, seats } = this.#parts;
    clock.after(seat.didNotCome ? didNotComeMs : goneMs, () => {
      this.#leaving.delete(seat);
      // Before anybody is in, and when nobody came, the page tells what became of each.
      if (!seat.isTaken && [...seats.values()].some(({ isUp }) => isUp)) this.now(seat);
    });
  }

  /** The last one is kept: the page shows how it ended. */
  now(seat: Seat): void {
    const { seats, onForgotten } = this.#parts;
    if (seats.get(seat.id) !== seat || seats.size === 1) return;
    seat.dispose();
    seats.delete(seat.id);
    onForgotten(seat.id);
  }
}
