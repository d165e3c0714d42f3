// What the two sides say over the data channel about the call and the link themselves: the greeting that proves the call, the goodbye, and
// later descriptions. Words of features come through here unread. JSON text, one message each. Parsing never throws.
import * as v from 'valibot';
import { parseSmallJson } from '../base/safe-json.ts';
import { byteString, wireObject } from '../base/wire-object.ts';
import type { WordLimits } from '../base/word-budget.ts';
import { candidatesFields, descriptionFields, type LinkMessage } from './link-message.ts';

const controlSchema = v.variant('t', [
  /** First message both ways: `h` is the hash of the call's transcript (docs/protocol.md#control). */
  wireObject({
    t: v.literal('hello'),
    h: byteString(32),
  }),
  /** The other side's greeting was taken. */
  wireObject({ t: v.literal('heard') }),
  wireObject(descriptionFields),
  wireObject(candidatesFields),
  /** `moved`: another device of the sender's goes on with the call. */
  wireObject({ t: v.literal('bye'), why: v.picklist(['hung-up', 'security', 'moved']) }),
]);

export type ControlMessage = v.InferOutput<typeof controlSchema>;
/** What concerns the call, not the link that carries it. */
export type CallWord = Exclude<ControlMessage, LinkMessage>;

/** A word of a feature: whoever knows its kind reads it, once the link is proven. */
export interface FeatureWord {
  readonly t: string;
  readonly [key: string]: unknown;
}

export type HeardControl = { readonly message: ControlMessage } | { readonly word: FeatureWord };

/** Far more than two sides have to say: descriptions and candidates of an interrupted link, and states that change several times a second. */
export const controlLimits: WordLimits = {
  words: { atOnce: 200, eachSecond: 40 },
  length: { atOnce: 400_000, eachSecond: 40_000 },
};

/** Longest text that is looked at: a description with room for its JSON form. */
const maxControlLength = 32_768;

const ownKinds: ReadonlySet<string> = new Set(controlSchema.options.map(({ entries }) => entries.t.literal));

/** Whether this kind is the link's own and no feature's. */
export function isControlKind(t: string): boolean {
  return ownKinds.has(t);
}

/** @returns undefined for what is no word at all, and for one of the link's own that is not as it should be. */
export function parseControl(text: string): HeardControl | undefined {
  if (text.length > maxControlLength) return undefined;
  const json = parseSmallJson(text);
  if (!isWord(json)) return undefined;
  if (!ownKinds.has(json.t)) return { word: json };
  const parsed = v.safeParse(controlSchema, json);
  return parsed.success ? { message: parsed.output } : undefined;
}

function isWord(json: unknown): json is FeatureWord {
  return typeof json === 'object' && json !== null && 't' in json && typeof json.t === 'string';
}

export function formatControl(message: ControlMessage | FeatureWord): string {
  return JSON.stringify(message);
}
