// The words by which devices of one person keep the same things (docs/protocol.md#kept-the-same): apart from those of calls, because only the
// background reads them. Parsing never throws.
import * as v from 'valibot';
import { parseSmallJson } from '../base/safe-json.ts';
import { byteString, wireObject } from '../base/wire-object.ts';
import { head, parseSignal, type Signal, sealingKey } from '../signaling/signal.ts';
import { digestLength, digestsLength } from './entry-digest.ts';
import { maxEntryLength } from './kept-entry.ts';

const ownWordSchema = v.variant('t', [
  /** Something was changed here: this is the digest of all there is. */
  wireObject({ ...head, t: v.literal('news'), h: byteString(digestLength) }),
  /** What do you have that differs from this? To be sealed to `ek`. `back`: asked because of a question. */
  wireObject({
    ...head,
    t: v.literal('want'),
    to: byteString(8),
    ek: sealingKey,
    b: byteString(digestsLength),
    back: v.exactOptional(v.literal(true)),
  }),
  /** What was asked for; `id` is the question's. */
  wireObject({
    ...head,
    t: v.literal('entries'),
    to: byteString(8),
    e: v.pipe(v.array(v.pipe(v.string(), v.maxLength(maxEntryLength))), v.maxLength(128)),
  }),
]);

export type OwnWord = v.InferOutput<typeof ownWordSchema>;
export type OwnWordOf<Kind extends OwnWord['t']> = Extract<OwnWord, { t: Kind }>;
/** A word before the head of the device is put on it. */
export type OwnWordBody = {
  [Kind in OwnWord['t']]: Omit<OwnWordOf<Kind>, 'v' | 'id' | 'dev' | 'n' | 'ts'>;
}[OwnWord['t']];

/** What comes to the inbox of the own devices: a word of theirs, or a signal; undefined for anything else. */
export function parseOwnWord(body: string): OwnWord | Signal | undefined {
  const json = parseSmallJson(body);
  const parsed = json === undefined ? undefined : v.safeParse(ownWordSchema, json);
  return parsed?.success ? parsed.output : parseSignal(body);
}
