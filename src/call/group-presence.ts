// What follows from where people stand in a call: which view it needs, who is heard, how many places are left, and the words for each.
import { maxPeople } from '../core/roster.ts';
import { text } from '../platform/text.ts';
import { enumeration } from '../ui/enumeration.ts';
import type { GroupModel, Participant, Presence } from './group-model.ts';

/** The tile of the person here. No participant has this id. */
export const ownId = 'own';

const words: Readonly<Record<Presence, string>> = {
  calling: 'groupCalling',
  ringing: 'groupRinging',
  connecting: 'callConnecting',
  in: '',
  unreachable: 'groupUnreachable',
  declined: 'groupDeclined',
  busy: 'groupBusy',
  'no-answer': 'groupNoAnswer',
  'not-hidden': 'groupNotHidden',
  left: 'groupLeft',
};

/** The view for more than two, also while the third is still being called. */
export function needsGroupView({ participants }: GroupModel): boolean {
  const [first, ...others] = participants.value;
  const isPair = first && others.length === 0 && ['in', 'connecting'].includes(first.presence.value);
  return !isPair;
}

export function nameOf({ model }: Participant): string {
  return model.contactName.value || text('callTheOther');
}

/** Everybody as one enumeration. */
export function namesOf(participants: readonly Participant[]): string {
  return enumeration(participants.map(nameOf));
}

/** In the call, even if no way leads there just now. */
export function isHere(presence: Presence): boolean {
  return presence === 'in' || presence === 'connecting' || presence === 'unreachable';
}

export function isCalled(presence: Presence): boolean {
  return presence === 'calling' || presence === 'ringing';
}

/** The other end is who it should be: it may be heard and seen. */
export function isProven({ model, bridgedBy }: Participant): boolean {
  const { phase } = model.phase.value;
  return phase === 'connected' || phase === 'reconnecting' || bridgedBy.value !== undefined;
}

export function isReconnecting({ model, presence, bridgedBy }: Participant): boolean {
  if (bridgedBy.value !== undefined) return false;
  return isHere(presence.value) && presence.value !== 'unreachable' && model.phase.value.phase === 'reconnecting';
}

/** Whose screen can be looked at. */
export function sharesScreen(participant: Participant): boolean {
  const { remoteScreenOn, remoteScreen } = participant.model;
  return remoteScreenOn.value && remoteScreen.value !== undefined && isProven(participant);
}

/** Where somebody stands, in a word or two; empty for somebody who is simply there. */
export function presenceWords(participant: Participant): string {
  const presence = participant.presence.value;
  if (isReconnecting(participant)) return text('callReconnecting');
  return words[presence] && text(words[presence]);
}

/** Who else hears what somebody says, and how they came here: what matters more is first, in small tiles there is no room for both. */
export function originWords({ introducedBy, bridgedBy }: Participant): readonly string[] {
  return [
    ...(bridgedBy.value === undefined ? [] : [text('groupThrough', bridgedBy.value)]),
    ...(introducedBy.value === undefined ? [] : [text('groupIntroducedBy', introducedBy.value)]),
  ];
}

/** Everybody who has a place in the call, or is asked to take one, with the person here. */
export function placesTaken({ participants }: GroupModel): number {
  return 1 + participants.value.filter(({ presence }) => isHere(presence.value) || isCalled(presence.value)).length;
}

export function isFull(model: GroupModel): boolean {
  return placesTaken(model) >= maxPeople;
}
