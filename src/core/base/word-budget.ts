// What one participant may say on one channel (docs/protocol.md#budgets): how many words, and how long all of them together. Asked
// before a word is parsed, so that what is too much costs next to nothing. Knows no channel.
import { TokenBucket } from './token-bucket.ts';

/** `atOnce`, and then `eachSecond`: words, and their length in UTF-16 units or bytes. */
export interface WordLimits {
  readonly words: { readonly atOnce: number; readonly eachSecond: number };
  readonly length: { readonly atOnce: number; readonly eachSecond: number };
}

export class WordBudget {
  readonly #words: TokenBucket;
  readonly #length: TokenBucket;

  constructor({ words, length }: WordLimits) {
    this.#words = new TokenBucket(words.atOnce, words.eachSecond);
    this.#length = new TokenBucket(length.atOnce, length.eachSecond);
  }

  /** Whether a word of this length may be looked at now; if so, it is paid for. */
  take(nowMs: number, length: number): boolean {
    const isIn = this.#words.has(nowMs) && this.#length.has(nowMs, length);
    if (isIn) {
      this.#words.take(nowMs);
      this.#length.take(nowMs, length);
    }
    return isIn;
  }
}
