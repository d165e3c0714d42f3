// What is said on the control channel about messages that were left (docs/protocol.md#left-messages). Bounded here, and read in full by what is loaded
// for it (message-exchange.ts).
import * as v from 'valibot';
import { wireObject } from '../../core/base/wire-object.ts';
import type { ControlWord, ControlWords, WordPlug } from '../proven/control-words.ts';

/** Each is written to the disk. */
const leftEveryMs = 1_000;
/** Far more than any version says. */
const most = 64;

const list = v.pipe(
  v.unknown(),
  v.check((said) => Array.isArray(said) && said.length <= most),
);
const leftSchema = wireObject({ msgs: list, over: list });

/** All that waits for the other side, and what waits no longer. */
export const leftWord: ControlWord<v.InferOutput<typeof leftSchema>> = {
  t: 'left',
  schema: leftSchema,
  everyMs: leftEveryMs,
  isPersonal: true,
};

export interface LeftWordParts {
  /** Takes up what is said with this person. Undefined where messages are not kept. */
  readonly messages: ((words: ControlWords) => void) | undefined;
}

export const leftPlug: WordPlug<LeftWordParts> = {
  words: [leftWord],
  plug(words, { messages }) {
    messages?.(words);
    return undefined;
  },
};
