// What the two sides say over the data channel once it is open: the first greeting that proves the call, mute states, the goodbye, and
// what the link says about itself. JSON text, one message each. Parsing never throws.
import * as v from 'valibot';
import { type Bytes, fromBase64url } from '../base/bytes.ts';
import { parseSmallJson } from '../base/safe-json.ts';
import { wireObject } from '../base/wire-object.ts';
import type { WordLimits } from '../base/word-budget.ts';
import { maxLinkLength } from '../identity/contact-link.ts';
import { longestShownSide } from '../media/shown-size.ts';
import { candidatesFields, descriptionFields, type LinkMessage } from './link-message.ts';

const viewSide = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(longestShownSide));

const inboxSecret = v.pipe(
  v.string(),
  v.check((text) => fromBase64url(text)?.length === 16),
);

const controlSchema = v.variant('t', [
  /** First message both ways: `h` is the hash of the call's transcript (docs/protocol.md#control). */
  wireObject({
    t: v.literal('hello'),
    h: v.pipe(
      v.string(),
      v.check((text) => fromBase64url(text)?.length === 32),
    ),
  }),
  /** The other side's greeting was taken. */
  wireObject({ t: v.literal('heard') }),
  /**
   * How the sender can be reached after this call: its current contact link, and for a contact of its own the secret of the inbox that it keeps
   * for them alone. Said to contacts, and to somebody whom the person gives it by hand; again when it has changed.
   */
  wireObject({
    t: v.literal('card'),
    link: v.pipe(v.string(), v.maxLength(maxLinkLength)),
    inbox: v.exactOptional(inboxSecret),
  }),
  /** The inbox of a card is written down: the sender may leave those that it handed out before. */
  wireObject({ t: v.literal('kept'), inbox: inboxSecret }),
  /**
   * Which of the sender's devices are on, whether its screen is shown, and whether somebody speaks into its microphone: it measures that
   * anyway, and everybody else would have to measure it again for each person in a call.
   */
  wireObject({
    t: v.literal('media'),
    microphone: v.boolean(),
    camera: v.boolean(),
    screen: v.boolean(),
    speaking: v.boolean(),
  }),
  wireObject(descriptionFields),
  wireObject(candidatesFields),
  /**
   * How the sender sees the link from its end: what it sends, what it receives, whether its computer is short, and whether it has
   * paused its picture for the network's sake. Told when it changes; at first all is well.
   */
  wireObject({
    t: v.literal('quality'),
    sends: v.picklist(['good', 'fair', 'poor']),
    receives: v.picklist(['good', 'fair', 'poor']),
    busy: v.boolean(),
    paused: v.boolean(),
  }),
  /**
   * How large the receiver's picture, or the screen that the receiver shares, is shown here, in device pixels; 0 × 0 while not at all.
   * Until it is told: as usual.
   */
  wireObject({ t: v.literal('view'), of: v.optional(v.literal('screen')), w: viewSide, h: viewSide }),
  wireObject({ t: v.literal('bye'), why: v.picklist(['hung-up', 'security']) }),
]);

export type ControlMessage = v.InferOutput<typeof controlSchema>;
/** What one side sends. */
export type MediaState = Omit<Extract<ControlMessage, { t: 'media' }>, 't'>;
/** What concerns the call, not the link that carries it. */
export type CallWord = Exclude<ControlMessage, LinkMessage>;
/** How somebody can be reached: a contact link, and an inbox secret of 16 bytes for contacts. */
export interface Card {
  readonly link: string;
  readonly inbox?: Bytes;
}
export type QualityReport = Omit<Extract<ControlMessage, { t: 'quality' }>, 't'>;

/** Far more than two sides have to say: descriptions and candidates of an interrupted link, and states that change several times a second. */
export const controlLimits: WordLimits = {
  words: { atOnce: 200, eachSecond: 40 },
  length: { atOnce: 400_000, eachSecond: 40_000 },
};

/** Longest text that is looked at: a description with room for its JSON form. */
const maxControlLength = 32_768;

export function parseControlMessage(text: string): ControlMessage | undefined {
  if (text.length > maxControlLength) return undefined;
  const json = parseSmallJson(text);
  if (json === undefined) return undefined;
  const parsed = v.safeParse(controlSchema, json);
  return parsed.success ? parsed.output : undefined;
}

export function formatControlMessage(message: ControlMessage): string {
  return JSON.stringify(message);
}
