// Tells the other side how large its picture is shown here: only what differs by a step, and only once it has lasted. Knows neither the
// view that measures nor the link that carries.
import { isSameSize, type ShownSize, saidSize, settleMs } from '../../core/media/shown-size.ts';

export class ToldSize {
  #tell: ((size: ShownSize) => boolean) | undefined;
  #shown: ShownSize | undefined;
  #said: ShownSize | undefined;
  #settles: ReturnType<typeof setTimeout> | undefined;

  /** @param tell says whether it could be told. */
  onTell(tell: (size: ShownSize) => boolean): void {
    this.#tell = tell;
  }

  /** From now on the picture has this size, in device pixels; 0 × 0 is not shown. */
  show(size: ShownSize): void {
    this.#shown = saidSize(size);
    this.#settle();
  }

  /** The other side knows nothing of it: a new connection has been greeted. */
  again(): void {
    this.#said = undefined;
    this.#settle();
  }

  /** Says what could not be said before. */
  remind(): void {
    if (this.#settles === undefined) this.#settle();
  }

  stop(): void {
    clearTimeout(this.#settles);
    this.#settles = undefined;
  }

  #settle(): void {
    this.stop();
    const shown = this.#shown;
    if (!shown || (this.#said && isSameSize(this.#said, shown))) return;
    const ms = settleMs(this.#said, shown);
    if (ms === 0) this.#say(shown);
    else
      this.#settles = setTimeout(() => {
        this.#settles = undefined;
        this.#say(shown);
      }, ms);
  }

  #say(shown: ShownSize): void {
    if (this.#tell?.(shown)) this.#said = shown;
  }
}
