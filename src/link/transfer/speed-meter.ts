// How fast a file moves: over the last seconds, so that the number is calm and still true.

const spanMs = 4_000;
/** Before this much time has passed there is no number. */
const leastMs = 400;

export class SpeedMeter {
  #samples: { readonly at: number; readonly done: number }[] = [];

  /** @returns bytes per second, or 0 while that is not known. */
  add(at: number, done: number): number {
    const last = this.#samples.at(-1);
    // After an interruption it goes on from an earlier place.
    if (last && done < last.done) this.#samples = [];
    this.#samples.push({ at, done });
    while (this.#samples.length > 2 && at - (this.#samples[0]?.at ?? at) > spanMs) this.#samples.shift();
    const first = this.#samples[0] ?? { at, done };
    return at - first.at < leastMs ? 0 : ((done - first.done) * 1_000) / (at - first.at);
  }

  stop(): void {
    this.#samples = [];
  }
}
