// The table of what two people in a call say to each other on the control channel, beside the greeting and the goodbye: one line for each
// feature, which owns its words (link/proven/control-words.ts).
import { type LeftWordParts, leftPlug } from '../../link/messages/left-word.ts';
import type { ControlWords, WordPlug } from '../../link/proven/control-words.ts';
import { type HoldWordParts, holdPlug } from '../devices/hold-word.ts';
import { type MediaWordParts, mediaPlug } from '../devices/media-word.ts';
import { type CardWordParts, cardPlug } from '../pair/contact-cards.ts';
import { type MoveWordParts, movePlug } from '../pair/move-word.ts';
import { type PortraitWordParts, portraitPlug } from '../pair/portrait-word.ts';
import type { QualityControl } from '../quality/quality-control.ts';
import { qualityPlug } from '../quality/quality-word.ts';
import { viewPlug } from '../quality/view-word.ts';

/** What the features need of the call with one person. */
export type PairWordParts = MediaWordParts &
  HoldWordParts &
  CardWordParts &
  PortraitWordParts &
  LeftWordParts &
  MoveWordParts & { readonly quality: QualityControl };

const plugs: readonly WordPlug<PairWordParts>[] = [
  mediaPlug,
  holdPlug,
  qualityPlug,
  viewPlug,
  cardPlug,
  portraitPlug,
  leftPlug,
  movePlug,
];

/** Every word of a feature. */
export const pairWords = plugs.flatMap(({ words }) => words);

/** Plugs every feature into the words of a call with one person. @returns a function that ends it with the call. */
export function plugPairWords(words: ControlWords, parts: PairWordParts): () => void {
  const ends = plugs.map(({ plug }) => plug(words, parts));
  return () => {
    for (const end of ends) end?.();
  };
}
