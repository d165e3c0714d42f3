// The text keys for each way in which a call can end: in two words, as a sentence, and what to do now.
import type { EndReason } from '../../core/call/end-reason.ts';
import type { TextBefore, TextKey } from '../../ui/texts/text-key.ts';
import type { CallPhase } from './person-model.ts';

export interface EndReasonTexts {
  /** For the status line and the title. */
  readonly short: TextKey;
  /** May use the contact's name as $1. */
  readonly sentence: TextKey;
  readonly advice: TextKey;
}

export const endReasonTexts: Record<EndReason, EndReasonTexts> = {
  'hung-up': texts('callEndHungUp'),
  'remote-hung-up': texts('callEndRemoteHungUp'),
  declined: texts('callEndDeclined'),
  busy: texts('callEndBusy'),
  'call-full': texts('callEndFull'),
  'call-locked': texts('callEndLocked'),
  'door-closed': texts('callEndDoorClosed'),
  'no-answer': texts('callEndNoAnswer'),
  unreachable: texts('callEndUnreachable'),
  cancelled: texts('callEndCancelled'),
  'caller-cancelled': texts('callEndCallerCancelled'),
  'answered-elsewhere': texts('callEndAnsweredElsewhere'),
  'moved-away': texts('callEndMovedAway'),
  'not-ready': texts('callEndNotReady'),
  'relays-unreachable': texts('callEndRelaysUnreachable'),
  'clock-wrong': texts('callEndClockWrong'),
  'connection-failed': texts('callEndConnectionFailed'),
  'connection-lost': texts('callEndConnectionLost'),
  'not-proven': texts('callEndNotProven'),
  'cannot-hide-address': texts('callEndCannotHideAddress'),
  'security-check-failed': texts('callEndSecurityCheckFailed'),
  'words-different': texts('callEndWordsDifferent'),
  blocked: texts('callEndBlocked'),
};

function texts(key: TextKey & TextBefore<'Short'> & TextBefore<'Advice'>): EndReasonTexts {
  return { short: `${key}Short`, sentence: key, advice: `${key}Advice` };
}

/** What is said after a call, with the person's name as $1. */
interface EndedTexts {
  readonly sentence: TextKey;
  /** What to do now. */
  readonly advice: TextKey;
  /** What the person will hear of the call. */
  readonly note: TextKey | undefined;
  /** It may help to send them our link. */
  readonly offersLink: boolean;
}

/** After a call. @param mayNotKnowUs nothing of theirs answered, and they may not have us among their contacts. */
export function endedTexts(
  { reason, noteLeft }: Pick<Extract<CallPhase, { phase: 'ended' }>, 'reason' | 'noteLeft'>,
  mayNotKnowUs: boolean,
): EndedTexts {
  const { sentence, advice } = endReasonTexts[reason];
  const note = mayNotKnowUs ? 'callNoteLeftUnknown' : 'callNoteLeft';
  const told = noteLeft ? note : undefined;
  if (reason === 'cancelled') return { sentence, advice: told ?? advice, note: undefined, offersLink: mayNotKnowUs };
  if (reason === 'unreachable' && mayNotKnowUs)
    return { sentence: 'callEndSilent', advice: 'callEndSilentAdvice', note: told, offersLink: true };
  return { sentence, advice, note: told, offersLink: false };
}
