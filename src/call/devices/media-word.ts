// The word `media`: which devices of its sender are on, whether its screen is shown, and whether somebody speaks into its microphone. It
// measures that anyway, and everybody else would have to measure it again for each person in a call.
import * as v from 'valibot';
import { wireObject } from '../../core/base/wire-object.ts';
import type { ControlWord, WordPlug } from '../../link/proven/control-words.ts';

const schema = wireObject({
  microphone: v.boolean(),
  camera: v.boolean(),
  screen: v.boolean(),
  speaking: v.boolean(),
});

export type MediaState = v.InferOutput<typeof schema>;

export const mediaWord: ControlWord<MediaState> = { t: 'media', schema, everyMs: 100 };

export interface MediaWordParts {
  readonly devices: { readonly sent: MediaState; onMedia(tell: (media: MediaState) => void): () => void };
  readonly remote: { tell(media: MediaState): void };
}

/** Said with each greeting, and when something goes on or off. */
export const mediaPlug: WordPlug<MediaWordParts> = {
  words: [mediaWord],
  plug(words, { devices, remote }) {
    words.sayWithGreeting(mediaWord, () => devices.sent);
    words.on(mediaWord, (media) => remote.tell(media));
    return devices.onMedia((media) => words.say(mediaWord, media));
  },
};
