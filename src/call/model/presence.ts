// What follows from where people stand in a call: who is seen and heard, how many places are left, and the words for each.
import type { Lookalike } from '../../core/base/lookalike-name.ts';
import { maxPeople } from '../../core/group/roster.ts';
import { enumeration } from '../../ui/format/enumeration.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { GroupModel, Participant, Presence } from './group-model.ts';

/** The tile of the person here. No participant has this id. */
export const ownId = 'own';

const words: Readonly<Record<Presence, TextKey | ''>> = {
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

/** Somebody who has put this call on hold for another. */
export function isOnHold({ model, presence }: Participant): boolean {
  return presence.value === 'in' && model.remoteOnHold.value;
}

/** Whose camera can be looked at. */
export function showsPicture(participant: Participant): boolean {
  const { remoteCameraOn, remotePaused, remoteStream } = participant.model;
  const isSent = remoteCameraOn.value && !remotePaused.value && remoteStream.value !== undefined;
  return isSent && isHere(participant.presence.value) && isProven(participant);
}

/** Somebody may be in between: the four emoji differed the last time they were compared. */
export function emojiDiffered({ model }: Participant): boolean {
  const security = model.security.value;
  return security.state === 'ready' && security.verification.state === 'different';
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
  if (isOnHold(participant)) return text('callOnHold');
  return words[presence] && text(words[presence]);
}

/** Who else hears what somebody says, and how they came here: what matters more is first, in small tiles there is no room for both. */
export function originWords({ isContact, lookalike, introducedBy, bridgedBy }: Participant): readonly string[] {
  return [
    ...(bridgedBy.value === undefined ? [] : [text('groupThrough', bridgedBy.value)]),
    ...(isContact.value ? [] : [strangerWords(lookalike.value)]),
    ...(introducedBy.value === undefined ? [] : [text('groupIntroducedBy', introducedBy.value)]),
  ];
}

/** What somebody is who is no contact; a name that could be taken for another's is not left alone. */
function strangerWords(lookalike: Lookalike | undefined): string {
  switch (lookalike?.of) {
    case undefined:
      return text('groupNotAContact');
    case 'self':
      return text('groupNotAContactLikeSelf');
    case 'contact':
      return text('groupNotAContactLikeContact', lookalike.name);
    case 'participant':
      return text('groupNotAContactLikeOther', lookalike.name);
  }
}

/** Whom a name must not be taken for, as a sentence; empty where there is nobody. */
export function lookalikeWords(lookalike: Lookalike | undefined): string {
  switch (lookalike?.of) {
    case undefined:
      return '';
    case 'self':
      return text('groupNewcomerLikeSelf');
    case 'contact':
      return text('groupNewcomerLikeContact', lookalike.name);
    case 'participant':
      return text('groupNewcomerLikeOther', lookalike.name);
  }
}

/** A name where nothing else on the screen says whose it is: whoever is no contact cannot pass for one. */
export function markedName(name: string, isContact: boolean, lookalike: Lookalike | undefined): string {
  if (isContact) return name;
  switch (lookalike?.of) {
    case undefined:
      return text('groupNameNotAContact', name);
    case 'self':
      return text('groupNameLikeSelf', name);
    case 'contact':
      return text('groupNameLikeContact', name, lookalike.name);
    case 'participant':
      return text('groupNameLikeOther', name, lookalike.name);
  }
}

/** The same of a participant. */
export function markedNameOf(participant: Participant): string {
  return markedName(nameOf(participant), participant.isContact.value, participant.lookalike.value);
}

/** Everybody who has a place in the call, or is asked to take one, with the person here. */
export function placesTaken({ participants }: GroupModel): number {
  return 1 + participants.value.filter(({ presence }) => isHere(presence.value) || isCalled(presence.value)).length;
}

export function isFull(model: GroupModel): boolean {
  return placesTaken(model) >= maxPeople;
}
