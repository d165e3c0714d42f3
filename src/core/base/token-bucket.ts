// Bounds how often something may happen (docs/protocol.md#budgets), and how much of it. Time comes in with the question.

export class TokenBucket {
  readonly #capacity: number;
  readonly #perMs: number;
  #tokens: number;
  #at: number | undefined;

  /** @param capacity how many at once; @param perSecond how many come back each second. */
  constructor(capacity: number, perSecond: number) {
    this.#capacity = capacity;
    this.#perMs = perSecond / 1000;
    this.#tokens = capacity;
  }

  /** Takes `count` tokens, one unless given; false, and nothing taken, when there are fewer. A clock that runs backwards gives nothing. */
  take(nowMs: number, count = 1): boolean {
    if (!this.has(nowMs, count)) return false;
    this.#tokens -= count;
    return true;
  }

  /** Whether so many tokens could be taken now. */
  has(nowMs: number, count = 1): boolean {
    const passed = Math.max(0, nowMs - (this.#at ?? nowMs));
    this.#at = nowMs;
    this.#tokens = Math.min(this.#capacity, this.#tokens + passed * this.#perMs);
    return this.#tokens >= count;
  }
}
