// Tracks who is unreachable: in the call, and without a link from here for longer than one takes to come up. Decides it from the seats;
// bridging.ts acts on it.

import type { Clock } from '../../core/base/ports.ts';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { Seat } from './seat.ts';

/** A link that is made again has this long before somebody else is asked to help. */
const patienceMs = 6_000;
/** A new one has longer: first people hand over, then relays are tried as well (people-pool.ts), and only then does a third hear everything. */
const newPatienceMs = 10_000;
/** A link that is up has this long to bring its first picture, while the detour goes on. */
const handOverMs = 1_000;

/** Whoever is not who they should be gets no detour either. */
const distrust: ReadonlySet<EndReason> = new Set(['security-check-failed', 'words-different', 'blocked', 'declined']);

interface Missed {
  isLacked: boolean;
  /** Of the wait before it begins, or before it ends. */
  cancel: (() => void) | undefined;
}

export class Unreachable {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #missed = new Map<string, Missed>();
  readonly #distrusted = new Set<string>();

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** @param canReach whether others in the call could help. */
  look(seats: Iterable<Seat>, canReach: (id: string) => boolean): void {
    const seen = new Set<string>();
    for (const seat of seats) {
      seen.add(seat.id);
      const phase = seat.call.model.phase.value;
      if (phase.phase === 'connected') {
        this.#distrusted.delete(seat.id);
        this.#linked(seat.id);
        continue;
      }
      if (phase.phase === 'ended' && distrust.has(phase.reason)) this.#distrusted.add(seat.id);
      // Where the way to whoever helps is cut as well, it is the own network: what helped before may go on after that.
      const isHelped = this.has(seat.id) || canReach(seat.id);
      if (seat.isIn && isHelped && !this.#distrusted.has(seat.id))
        this.#miss(seat.id, phase.phase === 'reconnecting' ? patienceMs : newPatienceMs);
      else this.#forget(seat.id);
    }
    for (const id of this.#missed.keys()) if (!seen.has(id)) this.#forget(id);
  }

  has(id: string): boolean {
    return this.#missed.get(id)?.isLacked === true;
  }

  get ids(): readonly string[] {
    return [...this.#missed.keys()].filter((id) => this.has(id)).sort();
  }

  close(): void {
    for (const id of [...this.#missed.keys()]) this.#forget(id);
  }

  #miss(id: string, withinMs: number): void {
    const known = this.#missed.get(id);
    if (known?.isLacked) {
      known.cancel?.();
      known.cancel = undefined;
    }
    if (known) return;
    const missed: Missed = { isLacked: false, cancel: undefined };
    this.#missed.set(id, missed);
    missed.cancel = this.#clock.after(withinMs, () => {
      missed.cancel = undefined;
      missed.isLacked = true;
      this.#onChange();
    });
  }

  #linked(id: string): void {
    const missed = this.#missed.get(id);
    if (!missed?.isLacked) this.#forget(id);
    else
      missed.cancel ??= this.#clock.after(handOverMs, () => {
        this.#missed.delete(id);
        this.#onChange();
      });
  }

  #forget(id: string): void {
    this.#missed.get(id)?.cancel?.();
    this.#missed.delete(id);
  }
}
