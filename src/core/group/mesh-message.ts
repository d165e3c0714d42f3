// What people in one call say to each other beside the media, over a data channel of its own: the roster, what they hand over for each
// other so that new links need no relay, and signs. JSON text, one word each. Parsing never throws.
import * as v from 'valibot';
import { fromBase64url } from '../base/bytes.ts';
import { byteString, hex32, parseWire, wireObject } from '../base/wire-object.ts';
import { reactionEmoji } from './reaction.ts';

/** A word may be handed on this often: two are enough for eight people with a link missing here and there. */
export const maxHops = 3;
/** Base64url of the largest envelope (32 kB), with room. */
const maxBodyLength = 44_000;
const maxWireLength = 48_000;

const streamId = v.pipe(v.string(), v.regex(/^[!-~]{1,64}$/));

const wordSchema = v.variant('t', [
  /** Somebody's signed entry in the roster. */
  wireObject({ t: v.literal('entry'), e: v.pipe(v.string(), v.maxLength(4_096)), s: byteString(64) }),
  /** A sealed envelope for somebody else (or for the receiver), to be handed on; `id` keeps it from going in circles. */
  wireObject({
    t: v.literal('pass'),
    id: byteString(8),
    to: hex32,
    topic: hex32,
    body: v.pipe(
      v.string(),
      v.maxLength(maxBodyLength),
      v.check((text) => fromBase64url(text) !== undefined),
    ),
    hops: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(maxHops)),
  }),
  /**
   * The sender forwards the sound and picture of somebody whom the receiver cannot reach: in which media stream, which of that person's
   * devices are on, whether they speak, and in which stream their screen comes while they show it. Believed only of whoever is to do so by the roster.
   */
  wireObject({
    t: v.literal('forward'),
    of: hex32,
    stream: streamId,
    screen: v.exactOptional(streamId),
    microphone: v.boolean(),
    camera: v.boolean(),
    speaking: v.boolean(),
  }),
  wireObject({ t: v.literal('react'), emoji: v.picklist(reactionEmoji) }),
]);

export type MeshMessage = v.InferOutput<typeof wordSchema>;
export type Pass = Extract<MeshMessage, { t: 'pass' }>;
export type Forward = Extract<MeshMessage, { t: 'forward' }>;

/** @returns undefined for everything that is not exactly one of the words. */
export function parseMeshMessage(text: string): MeshMessage | undefined {
  return parseWire(wordSchema, text, maxWireLength);
}

export function formatMeshMessage(word: MeshMessage): string {
  return JSON.stringify(word);
}
