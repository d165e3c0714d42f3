// What time a relay takes it to be. A relay refuses events whose time is not its own, give or take some minutes, and does not say what
// time it has: the answer is searched for, from the own clock outwards. Knows no event and no socket.

/** The steps of the search: strfry takes 60 s of the past and 900 s of the future, others no less of one of the two. */
const stepSec = 900;
/** Two clocks that are further apart do not meet anyway (docs/protocol.md#topics). */
const farthestSec = 7_200;
/** The search between a time that is too old and one that is too new ends here. */
const narrowestSec = 30;

export class RelayTime {
  #shiftSec = 0;
  #tooOld: number | undefined;
  #tooNew: number | undefined;
  #blindTries = 0;

  /** Seconds to add to the own clock. */
  get shiftSec(): number {
    return this.#shiftSec;
  }

  /** The relay took the time as it is. */
  taken(): void {
    this.#tooOld = undefined;
    this.#tooNew = undefined;
    this.#blindTries = 0;
  }

  /**
   * The relay refused the time with that shift as too old or too new.
   * @returns whether `shiftSec` is another one now that is worth a try; otherwise the search is over and the clock is as it was.
   */
  refused(shiftSec: number, is: 'old' | 'new' | undefined): boolean {
    // Somebody else's message has moved it meanwhile.
    if (shiftSec !== this.#shiftSec) return true;
    if (is === 'old') this.#tooOld = Math.max(shiftSec, this.#tooOld ?? shiftSec);
    if (is === 'new') this.#tooNew = Math.min(shiftSec, this.#tooNew ?? shiftSec);
    const next = is === undefined ? this.#nextBlind() : this.#next(this.#tooOld, this.#tooNew);
    if (next === undefined || Math.abs(next) > farthestSec) {
      this.taken();
      this.#shiftSec = 0;
      return false;
    }
    this.#shiftSec = next;
    return true;
  }

  #next(tooOld: number | undefined, tooNew: number | undefined): number | undefined {
    if (tooOld === undefined) return tooNew === undefined ? undefined : tooNew - stepSec;
    if (tooNew === undefined) return tooOld + stepSec;
    return tooNew - tooOld > narrowestSec ? Math.round((tooOld + tooNew) / 2) : undefined;
  }

  /** One step back, one ahead, two back … */
  #nextBlind(): number {
    this.#blindTries += 1;
    const steps = Math.ceil(this.#blindTries / 2);
    return (this.#blindTries % 2 === 1 ? -steps : steps) * stepSec;
  }
}
