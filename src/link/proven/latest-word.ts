// Words that only say how something is now: each is heard at once, but those that come too close to each other are one, the latest. A flood
// of them costs no more than a few.
import type { Clock } from '../../core/base/ports.ts';

export class LatestWord<Word> {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #everyMs: number;
  readonly #hear: (word: Word) => void;
  #waiting: { readonly word: Word } | undefined;
  #cancelPause: (() => void) | undefined;

  /** @param everyMs words are heard no closer to each other than this. */
  constructor(clock: Pick<Clock, 'after'>, everyMs: number, hear: (word: Word) => void) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#hear = hear;
  }

  take(word: Word): void {
    if (this.#cancelPause) this.#waiting = { word };
    else this.#tell(word);
  }

  /** Nothing that waits is heard; the next word is heard at once. */
  reset(): void {
    this.#cancelPause?.();
    this.#cancelPause = undefined;
    this.#waiting = undefined;
  }

  #tell(word: Word): void {
    this.#cancelPause = this.#clock.after(this.#everyMs, () => {
      this.#cancelPause = undefined;
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if (waiting) this.#tell(waiting.word);
    });
    this.#hear(word);
  }
}
