// What a roster entry says of recordings (docs/protocol.md#recording): what its author records, and the author's answers to those who do.
// As a part of the entry it is signed, passed on by everybody and seen by whoever comes later.
import * as v from 'valibot';
import { byteString, wireObject } from '../base/wire-object.ts';

/** Each of the others may record at the same time. */
export const maxAnswers = 7;

/** Of one person in one recording. */
export const mostMarks = 1_000;

export const recordingId = byteString(16);

/** What the author records; at most one at a time. */
export const announcementSchema = wireObject({
  /** 16 random bytes, base64url. */
  id: recordingId,
  /** Nothing of anybody else is written while it is asked, or while it is paused. */
  state: v.picklist(['asking', 'on', 'paused']),
  /** When the recorder asked, ms since the epoch by the recorder's clock. */
  since: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
});

const answerSchema = v.pipe(
  wireObject({
    rec: recordingId,
    yes: v.boolean(),
    /** What was written of the author before goes, too. */
    forget: v.exactOptional(v.literal(true)),
    /** The whole recording has to end, for everybody. */
    halt: v.exactOptional(v.literal(true)),
    /** How many moments of it the author has marked so far. */
    marks: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(mostMarks))),
  }),
  v.check(({ yes, forget, halt, marks }) => (yes ? !(forget || halt) : marks === undefined)),
);

/** One answer to each recording. */
export const answersSchema = v.pipe(
  v.array(answerSchema),
  v.maxLength(maxAnswers),
  v.check((answers) => new Set(answers.map(({ rec }) => rec)).size === answers.length),
);

type Announcement = Readonly<v.InferOutput<typeof announcementSchema>>;
export type Answer = Readonly<v.InferOutput<typeof answerSchema>>;

/** What an entry says of recordings; both are absent where there is nothing to say. */
export interface ConsentWords {
  readonly rec?: Announcement | undefined;
  readonly says?: readonly Answer[];
}

/** Somebody in the call who records, as their newest entry says. */
export interface Recorder extends Announcement {
  readonly person: string;
}

/** Those of the recordings that the person here has not answered: what the question is shown for. */
export function unanswered<Asked extends Pick<Recorder, 'id'>>(
  recorders: readonly Asked[],
  answers: readonly Answer[],
): readonly Asked[] {
  return recorders.filter(({ id }) => !answers.some(({ rec }) => rec === id));
}

/**
 * The own answers with a new one. Answers to recordings that still run are kept before others: a recorder may be away for a moment and go
 * on with the same recording, unasked.
 */
export function answered(answers: readonly Answer[], answer: Answer, running: ReadonlySet<string>): readonly Answer[] {
  const others = answers.filter(({ rec }) => rec !== answer.rec);
  const [kept, over] = [others.filter(({ rec }) => running.has(rec)), others.filter(({ rec }) => !running.has(rec))];
  return [answer, ...kept, ...over].slice(0, maxAnswers);
}
