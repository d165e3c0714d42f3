// Signs that people give in a call, each shown for a few seconds: no more of one person, and of all, than leave the call to be seen.
import type { Clock } from '../../core/base/ports.ts';
import type { Reaction } from '../../core/group/reaction.ts';
import type { GroupModel } from './group-model.ts';

const shownMs = 5_000;
/** On the screen at once; the oldest make room. */
const maxOfOne = 4;
const maxShown = 16;

export class ShownReactions {
  readonly #model: GroupModel;
  readonly #clock: Clock;
  #count = 0;

  constructor(model: GroupModel, clock: Clock) {
    this.#model = model;
    this.#clock = clock;
  }

  /** @param from a participant's id; undefined is the person here. */
  show(from: string | undefined, emoji: Reaction): void {
    const { reactions } = this.#model;
    const reaction = { id: ++this.#count, from, emoji };
    const theirs = reactions.value.filter((one) => one.from === from);
    const tooMany = new Set(theirs.slice(0, Math.max(0, theirs.length + 1 - maxOfOne)));
    reactions.value = [...reactions.value.filter((one) => !tooMany.has(one)), reaction].slice(-maxShown);
    this.#clock.after(shownMs, () => {
      if (reactions.value.includes(reaction)) reactions.value = reactions.value.filter((one) => one !== reaction);
    });
  }
}
