// The chosen speaker, and whether it is still there. One that is gone plays nothing: until it comes back the system's own is used.
import type { DeviceChoice } from '../model/own-model.ts';

export class ChosenSpeaker {
  /** '' is the system's own. */
  chosenId = '';
  readonly #seen = new Set<string>();
  #speakers: readonly DeviceChoice[] = [];

  /** Lists that a browser has not filled yet say nothing of a speaker: only one that was there before can be gone. */
  set listed(speakers: readonly DeviceChoice[]) {
    this.#speakers = speakers;
    for (const { id } of speakers) this.#seen.add(id);
  }

  get usedId(): string {
    return this.#isGone ? '' : this.chosenId;
  }

  /** The name of what is used in place of the chosen one, '' if it has none; undefined while that is there. */
  get substitute(): string | undefined {
    return this.#isGone ? (this.#speakers[0]?.label ?? '') : undefined;
  }

  get #isGone(): boolean {
    const { chosenId } = this;
    return chosenId !== '' && this.#seen.has(chosenId) && !this.#speakers.some(({ id }) => id === chosenId);
  }
}
