// People who are not in the call any more, who were called and did not come, or who are said to be in the call and never reached us: shown as
// such for a while, then forgotten; and the names of all who have been there.
import type { Clock } from '../../core/base/ports.ts';
import type { Seat } from './seat.ts';

export interface DeparturesParts {
  readonly clock: Clock;
  readonly seats: Map<string, Seat>;
  readonly onForgotten: (id: string) => void;
  /** Nothing came of the yes to somebody who is no contact: it is asked for again before they are linked. */
  readonly onInVain: (id: string) => void;
}

/** Whoever has left is shown as gone for so long, whoever did not come a while longer. */
const goneMs = 5_000;
const didNotComeMs = 20_000;
/**
 * Whoever was let in and is not linked after so long gives the place back: that they are in the call is what others say (docs/hostile-cases.md#e85).
 */
const inVainMs = 180_000;
/** A link that is being made may come up yet. */
const almostMs = 20_000;

export class Departures {
  readonly #parts: DeparturesParts;
  readonly #leaving = new Set<Seat>();
  /** Who is let in and was never linked, by id: how the wait is called off. */
  readonly #awaited = new Map<string, () => void>();
  /** Who was linked once. */
  readonly #linked = new Set<string>();
  /** Everybody who has been in the call, by id, with the name. */
  readonly #came = new Map<string, string>();

  constructor(parts: DeparturesParts) {
    this.#parts = parts;
  }

  /** Notes who is there now. */
  look(): void {
    const { seats, clock } = this.#parts;
    for (const seat of seats.values()) {
      const { id, isUp, isIn, call } = seat;
      if (isUp || isIn) this.#came.set(id, call.contact.name);
      if (isUp) this.#linked.add(id);
      if (this.#isAwaited(seat) && !this.#awaited.has(id))
        this.#awaited.set(
          id,
          clock.after(inVainMs, () => this.#inVain(id)),
        );
    }
    for (const [id, cancel] of this.#awaited)
      if (!this.#isAwaited(seats.get(id))) {
        cancel();
        this.#awaited.delete(id);
      }
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

  /** Sound and picture that somebody forwards are a way as well, and a contact is one whatever becomes of the link. */
  #isAwaited(seat: Seat | undefined): boolean {
    if (!seat || seat.participant.isContact.value) return false;
    return !this.#linked.has(seat.id) && seat.forwarded === undefined;
  }

  #inVain(id: string): void {
    const seat = this.#parts.seats.get(id);
    if (!seat || !this.#isAwaited(seat)) return;
    if (seat.phase === 'connecting') {
      this.#awaited.set(
        id,
        this.#parts.clock.after(almostMs, () => this.#inVain(id)),
      );
      return;
    }
    this.#awaited.delete(id);
    this.#parts.onInVain(id);
    if (!seat.isOver) seat.call.session.leave();
    this.now(seat);
  }
}
