// The word `hold`: its sender has put this call on hold and neither sends nor hears anything of it, until it says otherwise.
import * as v from 'valibot';
import { wireObject } from '../../core/base/wire-object.ts';
import type { ControlWord, WordPlug } from '../../link/proven/control-words.ts';

const schema = wireObject({ on: v.boolean() });

const holdWord: ControlWord<v.InferOutput<typeof schema>> = { t: 'hold', schema, everyMs: 100 };

export interface HoldWordParts {
  readonly devices: { readonly isOnHold: boolean; onHold(tell: (isOnHold: boolean) => void): () => void };
  readonly remote: { tellHold(isOnHold: boolean): void };
}

/** Said with each greeting, and when it changes. */
export const holdPlug: WordPlug<HoldWordParts> = {
  words: [holdWord],
  plug(words, { devices, remote }) {
    words.sayWithGreeting(holdWord, () => ({ on: devices.isOnHold }));
    words.on(holdWord, ({ on }) => remote.tellHold(on));
    return devices.onHold((on) => words.say(holdWord, { on }));
  },
};
