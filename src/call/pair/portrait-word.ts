// The word `portrait`: the small picture of its sender, or that there is none (any more). Said to contacts, by whoever wants to be seen.
import * as v from 'valibot';
import { wireObject } from '../../core/base/wire-object.ts';
import { maxPortraitText } from '../../core/media/portrait-limits.ts';
import type { ControlWord, WordPlug } from '../../link/proven/control-words.ts';

const schema = wireObject({
  jpeg: v.exactOptional(v.pipe(v.string(), v.maxLength(maxPortraitText), v.regex(/^[\w-]*$/))),
});

export type SaidPortrait = v.InferOutput<typeof schema>;

/** Decoded and written to the disk. */
const everyMs = 5_000;
const portraitWord: ControlWord<SaidPortrait> = { t: 'portrait', schema, everyMs, isPersonal: true };

/** The portraits of a call with one person. */
export interface PairPortraits {
  /** What they are told; undefined for nothing at all. */
  own(): Promise<SaidPortrait | undefined>;
  heard(said: SaidPortrait): void;
}

export interface PortraitWordParts {
  readonly portraits: PairPortraits | undefined;
  /** Runs what the first pictures need not wait for. */
  readonly afterPicture: (run: () => void) => void;
}

/** Said once on each connection. */
export const portraitPlug: WordPlug<PortraitWordParts> = {
  words: [portraitWord],
  plug(words, { portraits, afterPicture }) {
    words.on(portraitWord, (said) => afterPicture(() => portraits?.heard(said)));
    words.onGreeted(() =>
      afterPicture(() => void portraits?.own().then((said) => said && words.say(portraitWord, said))),
    );
    return undefined;
  },
};
