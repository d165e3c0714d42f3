// The text keys for each way in which a call can end: in two words, as a sentence, and what to do now.
import type { EndReason } from '../../core/call/end-reason.ts';
import type { TextBefore, TextKey } from '../../ui/texts/text-key.ts';

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
  'no-answer': texts('callEndNoAnswer'),
  unreachable: texts('callEndUnreachable'),
  cancelled: texts('callEndCancelled'),
  'caller-cancelled': texts('callEndCallerCancelled'),
  'answered-elsewhere': texts('callEndAnsweredElsewhere'),
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
