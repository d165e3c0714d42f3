// Bounds how often something may happen (protocol C.7). Time comes in with the question.

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

  /** Takes one token; false when there is none. A clock that runs backwards gives nothing. */
  take(nowMs: number): boolean {
    const passed = Math.max(0, nowMs - (this.#at ?? nowMs));
    this.#at = nowMs;
    this.#tokens = Math.min(this.#capacity, this.#tokens + passed * this.#perMs);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
