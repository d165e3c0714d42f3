// The word `move`: said to another device of somebody in the call that is about to take the place of the one so far (docs/protocol.md#moving).
// `ready`: it is heard here; `shown`: it is the one that is shown. It says `commit`: the one so far was told to leave.
import * as v from 'valibot';
import { wireObject } from '../../core/base/wire-object.ts';
import type { ControlWord, ControlWords, WordPlug } from '../../link/proven/control-words.ts';

const schema = wireObject({ state: v.picklist(['ready', 'commit', 'shown']) });

export type MoveState = v.InferOutput<typeof schema>['state'];

const moveWord: ControlWord<v.InferOutput<typeof schema>> = {
  t: 'move',
  schema,
  everyMs: 100,
  about: ({ state }) => state,
  isPersonal: true,
};

/** One call with one person, as far as either side of it moves to another device. */
export class MoveTalk {
  readonly #words: Pick<ControlWords, 'say' | 'onGreeted'>;
  #said: MoveState | undefined;
  /** What the other side says of a device that moves in, ours or theirs. */
  onHeard: (state: MoveState) => void = () => undefined;

  constructor(words: Pick<ControlWords, 'say' | 'onGreeted'>) {
    this.#words = words;
    // A new connection knows nothing of it yet.
    words.onGreeted(() => this.#tell());
  }

  say(state: MoveState): void {
    this.#said = state;
    this.#tell();
  }

  #tell(): void {
    if (this.#said) this.#words.say(moveWord, { state: this.#said });
  }
}

export interface MoveWordParts {
  readonly move: Pick<MoveTalk, 'onHeard'>;
}

export const movePlug: WordPlug<MoveWordParts> = {
  words: [moveWord],
  plug(words, { move }) {
    words.on(moveWord, ({ state }) => move.onHeard(state));
    return undefined;
  },
};
