// The word `view`: how large its sender shows the receiver's picture, or the screen that the receiver shares, in device pixels; 0 × 0 while
// not at all. Until it is said: as usual.
import * as v from 'valibot';
import { wireObject } from '../../core/base/wire-object.ts';
import { longestShownSide, type PicturePart, pictureParts, type ShownSize } from '../../core/media/shown-size.ts';
import type { ControlWord, WordPlug } from '../../link/proven/control-words.ts';
import { ToldSize } from './told-size.ts';

const side = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(longestShownSide));
const schema = wireObject({
  of: v.optional(v.literal('screen')),
  w: side,
  h: side,
});

type View = v.InferOutput<typeof schema>;

/** The picture and the screen are two things. */
const viewWord: ControlWord<View> = { t: 'view', schema, everyMs: 100, about: ({ of }) => of ?? 'person' };

/** At which size each side of a link shows what comes from the other. */
export class ViewSizes {
  readonly #onHeard: () => void;
  readonly #theirs: Partial<Record<PicturePart, ShownSize>> = {};
  readonly #ours: Readonly<Record<PicturePart, ToldSize>> = { person: new ToldSize(), screen: new ToldSize() };

  constructor(onHeard: () => void) {
    this.#onHeard = onHeard;
  }

  /** @param say says whether the other side was told. */
  onTell(say: (part: PicturePart, size: ShownSize) => boolean): void {
    for (const part of pictureParts) this.#ours[part].onTell((size) => say(part, size));
  }

  /** The other side's picture, or its screen, is shown at this size here; 0 × 0 while not at all. */
  showsAt(part: PicturePart, size: ShownSize): void {
    this.#ours[part].show(size);
  }

  /** The other side has proven itself on the present connection: it knows nothing yet. */
  again(): void {
    for (const part of pictureParts) this.#ours[part].again();
  }

  /** Says what could not be said before. */
  remind(): void {
    for (const part of pictureParts) this.#ours[part].remind();
  }

  /** The other side shows our picture, or our screen, at this size. */
  hear(part: PicturePart, size: ShownSize): void {
    this.#theirs[part] = size;
    this.#onHeard();
  }

  /** How large the other side shows it; undefined until it has said so. */
  theirs(part: PicturePart): ShownSize | undefined {
    return this.#theirs[part];
  }

  stop(): void {
    for (const part of pictureParts) this.#ours[part].stop();
  }
}

export const viewPlug: WordPlug<{ readonly quality: { readonly sizes: ViewSizes } }> = {
  words: [viewWord],
  plug(words, { quality: { sizes } }) {
    sizes.onTell((part, { width, height }) =>
      words.say(viewWord, { ...(part === 'screen' && { of: part }), w: width, h: height }),
    );
    words.onGreeted(() => sizes.again());
    words.on(viewWord, ({ of, w, h }) => sizes.hear(of ?? 'person', { width: w, height: h }));
    return undefined;
  },
};
