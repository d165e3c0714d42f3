// When the own entry is written anew because of what others say: at once, but never more often than a person's page can bear.
import type { Clock } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';

/** So often because of what others say; what the person here does is told at once, without asking here. */
const atOnce = 24;
const eachSecond = 4;

export class Restating {
  readonly #clock: Clock;
  readonly #restate: () => void;
  readonly #bucket = new TokenBucket(atOnce, eachSecond);
  #cancel: (() => void) | undefined;

  /** @param restate writes the own entry anew. */
  constructor(clock: Clock, restate: () => void) {
    this.#clock = clock;
    this.#restate = restate;
  }

  /** Now, or as soon as there is room for it; asked several times meanwhile it is done once. */
  soon(): void {
    if (this.#cancel) return;
    if (this.#bucket.take(this.#clock.now())) {
      this.#restate();
      return;
    }
    this.#cancel = this.#clock.after(1_000 / eachSecond, () => {
      this.#cancel = undefined;
      this.soon();
    });
  }

  stop(): void {
    this.#cancel?.();
  }
}
