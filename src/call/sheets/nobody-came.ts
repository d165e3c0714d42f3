// What is true at the end of a call to several that none of them came to: whether it was so, and whether the reason lies on this side.
import type { EndReason } from '../../core/call/end-reason.ts';
import { text } from '../../ui/texts/text.ts';
import { endReasonTexts } from '../model/end-reason-texts.ts';
import type { PersonModel } from '../model/person-model.ts';

type Called = { readonly model: Pick<PersonModel, 'phase'> };

/** Reasons that lie on this side: no word about those who were called. */
const ownReasons: readonly EndReason[] = ['relays-unreachable', 'clock-wrong'];

/** Several were called, all of it is over, and with none of them there was a call. */
export function nobodyCame(people: readonly Called[]): boolean {
  return people.length > 1 && people.every(({ model }) => isOverUnbegun(model.phase.value));
}

function isOverUnbegun(phase: PersonModel['phase']['value']): boolean {
  return phase.phase === 'ended' && phase.durationMs === 0;
}

/** @returns why, where it is the person or the network here; undefined where it is different for each who was called. */
export function ownReasonOf(people: readonly Called[]): EndReason | undefined {
  const reasons = new Set(
    people.flatMap(({ model: { phase } }) => (phase.value.phase === 'ended' ? [phase.value.reason] : [])),
  );
  if (reasons.has('cancelled')) return 'cancelled';
  return ownReasons.find((reason) => reasons.size === 1 && reasons.has(reason));
}

/** In two words, for the status line and the title. */
export function whyNobodyCame(people: readonly Called[]): string {
  const own = ownReasonOf(people);
  return text(own ? endReasonTexts[own].short : 'groupNobodyJoinedShort');
}
