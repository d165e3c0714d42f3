// What the two ends of a link say to each other about the link itself, after their first offer and answer: over its data channel, or
// sealed over relays when that is cut. The same words both ways. Knows no transport.
import * as v from 'valibot';
import { wireObject } from '../base/wire-object.ts';
import { checkCandidate } from './sdp-filter.ts';

/** An ICE candidate as RFC 8839 writes it, with the media section that it belongs to. */
const candidateSchema = wireObject({
  c: v.string(),
  m: v.nullable(v.pipe(v.string(), v.maxLength(16))),
  i: v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(32))),
});

export type WireCandidate = v.InferOutput<typeof candidateSchema>;

/** At most 32. What `checkCandidate` refuses, a host name for example, is left out: the others may do. */
export const candidateList = v.pipe(
  v.array(candidateSchema),
  v.maxLength(32),
  v.transform((list) => list.filter(({ c }) => checkCandidate(c))),
);
export const descriptionText = v.pipe(v.string(), v.maxLength(16_000));

/** Candidates found later. `u` is the username fragment of the description that they belong to (RFC 8839 section 5.4). */
export const candidatesFields = {
  t: v.literal('candidates'),
  u: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{4,256}$/)),
  c: candidateList,
};

/**
 * A later offer or answer. `r` numbers the offers of a link upwards, an answer has its offer's; `fresh` says that it is for a new
 * connection in place of the one that could not be saved.
 */
export const descriptionFields = {
  t: v.literal('description'),
  type: v.picklist(['offer', 'answer']),
  r: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  fresh: v.boolean(),
  sdp: descriptionText,
  c: candidateList,
};

const candidatesSchema = wireObject(candidatesFields);
const descriptionSchema = wireObject(descriptionFields);

export type CandidatesMessage = v.InferOutput<typeof candidatesSchema>;
export type DescriptionMessage = v.InferOutput<typeof descriptionSchema>;
export type LinkMessage = CandidatesMessage | DescriptionMessage;

/** The username fragment that a description names first; empty if it names none. */
export function usernameFragment(sdp: string): string {
  return /^a=ice-ufrag:([A-Za-z0-9+/]{4,256})\r?$/m.exec(sdp)?.[1] ?? '';
}
