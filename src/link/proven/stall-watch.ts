// Notices that nothing arrives any more, seconds before ICE does (consent runs out after 5 s, RFC 7675): a call sends sound, pictures
// or reports several times a second. Where little was sent before, silence means nothing. Counting bytes costs milliseconds for every
// link of a group, so it is done only while nothing is heard or seen. Knows no connection.
import type { Clock } from '../../core/base/ports.ts';

const steadyPollMs = 300;
/** While it waits for the first bytes again. */
const eagerPollMs = 150;
/** No data for this long is a stall. */
const stallMs = 1_500;
/** Only if data came in at least this many polls before. */
const pollsInFlow = 4;
/** While nothing is said, sound comes in packets this far apart at most (Opus without silence: one in 400 ms). */
const heardLatelyMs = 600;
/** A page that has no time looks rarely: one look that finds nothing proves nothing, so many do. */
const pollsInSilence = 4;

export interface StallEvents {
  onStalled(): void;
  /** Bytes arrive again. */
  onFlowing(): void;
}

/** How life shows. */
export interface LifeSigns {
  /** When the newest sound or picture was handed to the page; 0 before the first. Cheap to ask. */
  lastHeard(): number;
  /** Bytes received so far, of the whole connection. It may go down when a path is given up. Dear to ask. */
  bytesReceived(): Promise<number>;
}

export class StallWatch {
  readonly #clock: Clock;
  readonly #signs: LifeSigns;
  readonly #events: StallEvents;
  #lastHeard = 0;
  #heardAt = Number.NEGATIVE_INFINITY;
  /** Unknown while sound or pictures come. */
  #bytes: number | undefined = 0;
  #flowedAt: number;
  #pollsWithBytes = 0;
  #pollsWithout = 0;
  #isStalled = false;
  #isAwaited = false;
  #isOver = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, signs: LifeSigns, events: StallEvents) {
    this.#clock = clock;
    this.#signs = signs;
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
    const flows = this.#hears() || (!this.#heardLately && (await this.#counts()));
    if (this.#isOver) return;
    const now = this.#clock.now();
    if (flows) this.#flows(now);
    else {
      this.#pollsWithout += 1;
      if (now - this.#flowedAt >= stallMs && this.#pollsWithout >= pollsInSilence) this.#silent();
    }
    this.#pollAfter(this.#isAwaited || this.#isStalled ? eagerPollMs : steadyPollMs);
  }

  /** Sound or a picture has come since the last look. */
  #hears(): boolean {
    const lastHeard = this.#signs.lastHeard();
    if (lastHeard <= this.#lastHeard) return false;
    this.#lastHeard = lastHeard;
    this.#heardAt = this.#clock.now();
    this.#bytes = undefined;
    return true;
  }

  get #heardLately(): boolean {
    return this.#clock.now() - this.#heardAt < heardLatelyMs;
  }

  /** Bytes have come since the last count. The first count after sound or pictures has nothing to be compared with. */
  async #counts(): Promise<boolean> {
    const before = this.#bytes;
    const bytes = await this.#signs.bytesReceived().catch(() => before);
    this.#bytes = bytes;
    return before !== undefined && bytes !== undefined && bytes > before;
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
