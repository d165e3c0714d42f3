// How a visit ended, in a sentence and what to do now, in words for people who have no extension and no settings.
import type { EndReason } from '../../core/call/end-reason.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';

export interface OverTexts {
  /** May use the host's name as $1. */
  readonly title: TextKey;
  readonly advice: TextKey | undefined;
}

export const overTexts: Readonly<Record<EndReason, OverTexts>> = {
  'hung-up': { title: 'callEndHungUp', advice: undefined },
  'remote-hung-up': { title: 'guestEnded', advice: undefined },
  declined: { title: 'guestRefused', advice: 'guestRefusedAdvice' },
  busy: { title: 'callEndBusy', advice: 'callEndBusyAdvice' },
  'call-full': { title: 'callEndFull', advice: 'callEndFullAdvice' },
  'call-locked': { title: 'callEndLocked', advice: 'callEndLockedAdvice' },
  'door-closed': { title: 'guestDoorClosed', advice: 'guestDoorClosedAdvice' },
  'no-answer': { title: 'guestNotLetIn', advice: 'guestAskAgainAdvice' },
  unreachable: { title: 'guestNotLetIn', advice: 'guestAskAgainAdvice' },
  cancelled: { title: 'guestStopped', advice: undefined },
  'caller-cancelled': { title: 'guestEnded', advice: undefined },
  'answered-elsewhere': { title: 'guestEnded', advice: undefined },
  'moved-away': { title: 'callEndMovedAway', advice: undefined },
  'not-ready': { title: 'callEndNotReady', advice: 'guestAskAgainAdvice' },
  'relays-unreachable': { title: 'guestNoRelay', advice: 'guestNoRelayAdvice' },
  'clock-wrong': { title: 'callEndClockWrong', advice: 'guestClockAdvice' },
  'connection-failed': { title: 'callEndConnectionFailed', advice: 'guestConnectionFailedAdvice' },
  'connection-lost': { title: 'guestConnectionLost', advice: 'guestConnectionLostAdvice' },
  'not-proven': { title: 'guestNotProven', advice: 'guestAskAgainAdvice' },
  'cannot-hide-address': { title: 'callEndConnectionFailed', advice: 'guestConnectionFailedAdvice' },
  'security-check-failed': { title: 'callEndSecurityCheckFailed', advice: 'guestSecurityAdvice' },
  'words-different': { title: 'callEndWordsDifferent', advice: 'guestSecurityAdvice' },
  blocked: { title: 'guestEnded', advice: undefined },
};
