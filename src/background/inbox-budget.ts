// What one inbox may cost: a budget of messages that are opened, and a pause from a flood. Each inbox has its own, so that junk on one keeps
// nobody from ringing who writes to another.

import type { Clock } from '../core/base/ports.ts';
import { TokenBucket } from '../core/base/token-bucket.ts';
import type { InboxKind } from '../core/identity/inboxes.ts';

/** Messages opened at once and per second at most. One contact has little to say to an inbox; behind a link may be anybody. */
const opens: Readonly<Record<InboxKind, { readonly atOnce: number; readonly perSecond: number }>> = {
  link: { atOnce: 60, perSecond: 30 },
  guests: { atOnce: 60, perSecond: 30 },
  contact: { atOnce: 30, perSecond: 5 },
  // What one device brings to another in one go (docs/protocol.md#own-devices).
  own: { atOnce: 120, perSecond: 5 },
};
/**
 * So many messages beyond the budget within ten seconds are a flood: the relays are told to stop bringing them for a minute, and twice as
 * long each time it goes on.
 */
const floodMessages = 600;
const floodWindowMs = 10_000;
const firstPauseMs = 60_000;
const longestPauseMs = 15 * 60_000;

export class InboxBudget {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #bucket: TokenBucket;
  #since = 0;
  #messages = 0;
  #pauseMs = firstPauseMs;
  #calmSince = 0;
  #resume: (() => void) | undefined;

  /** @param onChange the pause has begun or is over. */
  constructor(kind: InboxKind, clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#bucket = new TokenBucket(opens[kind].atOnce, opens[kind].perSecond);
  }

  /** In a flood nothing is asked of the relays. */
  get isPaused(): boolean {
    return this.#resume !== undefined;
  }

  /** Whether one more message may be opened. */
  take(): boolean {
    if (this.isPaused) return false;
    const now = this.#clock.now();
    if (this.#bucket.take(now)) return true;
    this.#tooMuch(now);
    return false;
  }

  close(): void {
    this.#resume?.();
    this.#resume = undefined;
  }

  #tooMuch(now: number): void {
    if (now - this.#since > floodWindowMs) {
      this.#since = now;
      this.#messages = 0;
    }
    this.#messages += 1;
    if (this.#messages < floodMessages) return;
    if (now - this.#calmSince > longestPauseMs) this.#pauseMs = firstPauseMs;
    this.#resume = this.#clock.after(this.#pauseMs, () => {
      this.#resume = undefined;
      this.#messages = 0;
      this.#calmSince = this.#clock.now();
      this.#onChange();
    });
    this.#pauseMs = Math.min(longestPauseMs, 2 * this.#pauseMs);
    this.#onChange();
  }
}
