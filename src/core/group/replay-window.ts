// Lets each numbered word take effect once where words may overtake each other, for as long as a call lasts (as RFC 6347 section 4.1.2.6).

/** Words may come so much later than the newest. */
const width = 1_024;

export class ReplayWindow {
  readonly #seen = new Set<number>();
  #highest = 0;

  /** True the first time that this number, from 1 on, comes, unless it is far behind. */
  isNew(n: number): boolean {
    if (n <= this.#highest - width || this.#seen.has(n)) return false;
    this.#seen.add(n);
    if (n > this.#highest) {
      this.#highest = n;
      if (this.#seen.size > width) for (const old of this.#seen) if (old <= n - width) this.#seen.delete(old);
    }
    return true;
  }
}
