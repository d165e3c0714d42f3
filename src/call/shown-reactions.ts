// Signs that people give in a call, each shown for a few seconds.
import type { Clock } from '../core/ports.ts';
import type { GroupModel } from './group-model.ts';

const shownMs = 5_000;

export class ShownReactions {
  readonly #model: Pick<GroupModel, 'reactions'>;
  readonly #clock: Clock;
  #count = 0;

  constructor(model: Pick<GroupModel, 'reactions'>, clock: Clock) {
    this.#model = model;
    this.#clock = clock;
  }

  /** @param from a participant's id; undefined is the person here. */
  show(from: string | undefined, emoji: string): void {
    const { reactions } = this.#model;
    const reaction = { id: ++this.#count, from, emoji };
    reactions.value = [...reactions.value, reaction];
    this.#clock.after(shownMs, () => {
      reactions.value = reactions.value.filter((one) => one !== reaction);
    });
  }
}
