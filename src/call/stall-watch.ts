// Notices that nothing arrives any more, seconds before ICE does (consent runs out after 5 s, RFC 7675): a call sends sound, pictures
// or reports several times a second. Where little was sent before, silence means nothing. Knows no connection.
import type { Clock } from '../core/ports.ts';

const steadyPollMs = 300;
/** While it waits for the first bytes again. */
const eagerPollMs = 150;
/** Silence of this length is a stall, */
const stallMs = 1_500;
/** if bytes came in each of so many polls before it. */
const pollsInFlow = 4;
/** A page that has no time looks rarely: one look that finds nothing proves nothing, so many do. */
const pollsInSilence = 4;

export interface StallEvents {
  onStalled(): void;
  /** Bytes arrive again. */
  onFlowing(): void;
}

export class StallWatch {
  readonly #clock: Clock;
  readonly #read: () => Promise<number>;
  readonly #events: StallEvents;
  #bytes = 0;
  #flowedAt: number;
  #pollsWithBytes = 0;
  #pollsWithout = 0;
  #isStalled = false;
  #isAwaited = false;
  #isOver = false;
  #cancel: (() => void) | undefined;

  /** @param read bytes received so far, of the whole connection. It may go down when a path is given up. */
  constructor(clock: Clock, read: () => Promise<number>, events: StallEvents) {
    this.#clock = clock;
    this.#read = read;
    this.#events = events;
    this.#flowedAt = clock.now();
    this.#pollAfter(steadyPollMs);
  }

  /** The link is known to be interrupted: tells as soon as bytes arrive. */
  awaitFlow(): void {
    this.#isAwaited = true;
    this.#pollAfter(eagerPollMs);
  }

  stop(): void {
    this.#isOver = true;
    this.#cancel?.();
  }

  #pollAfter(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#clock.after(ms, () => void this.#poll());
  }

  async #poll(): Promise<void> {
    const bytes = await this.#read().catch(() => this.#bytes);
    if (this.#isOver) return;
    const now = this.#clock.now();
    const flows = bytes > this.#bytes;
    this.#bytes = bytes;
    if (flows) this.#flows(now);
    else {
      this.#pollsWithout += 1;
      if (now - this.#flowedAt >= stallMs && this.#pollsWithout >= pollsInSilence) this.#silent();
    }
    this.#pollAfter(this.#isAwaited || this.#isStalled ? eagerPollMs : steadyPollMs);
  }

  #flows(now: number): void {
    this.#flowedAt = now;
    this.#pollsWithBytes += 1;
    this.#pollsWithout = 0;
    if (!this.#isAwaited && !this.#isStalled) return;
    this.#isAwaited = false;
    this.#isStalled = false;
    this.#events.onFlowing();
  }

  #silent(): void {
    const flowedSteadily = this.#pollsWithBytes >= pollsInFlow;
    this.#pollsWithBytes = 0;
    if (!flowedSteadily || this.#isStalled) return;
    this.#isStalled = true;
    this.#events.onStalled();
  }
}
