// Every way in which a call can end. Words for people live in the views.

/** Why a call ended, as this side saw it. */
export type EndReason =
  | 'hung-up'
  | 'remote-hung-up'
  | 'declined'
  | 'busy'
  /** A knock that nobody looks at: all places are taken, nobody new is let in, the door was closed. */
  | 'call-full'
  | 'call-locked'
  | 'door-closed'
  | 'no-answer'
  | 'unreachable'
  | 'cancelled'
  | 'caller-cancelled'
  | 'answered-elsewhere'
  /** Another device of ours has taken the running call over. */
  | 'moved-away'
  /** What carries a call could not be made in this browser: nothing was sent. */
  | 'not-ready'
  | 'relays-unreachable'
  | 'clock-wrong'
  | 'connection-failed'
  | 'connection-lost'
  /** Something was connected that never greeted as the other side of this call has to. */
  | 'not-proven'
  /** The person hides the own address, and no TURN server stands in between. */
  | 'cannot-hide-address'
  | 'security-check-failed'
  | 'words-different'
  | 'blocked';

/** Both had said yes, and their networks did not let them: there is something to find out. */
export function isConnectionTrouble(reason: EndReason): boolean {
  return reason === 'connection-failed' || reason === 'connection-lost';
}

/** How one entry of the call history ended. */
export type CallOutcome =
  | 'answered'
  | 'missed'
  | 'declined'
  | 'busy'
  | 'no-answer'
  | 'cancelled'
  | 'failed'
  | 'answered-elsewhere';

/** What the history says of a call that ended so. */
export const callOutcomes: Readonly<Record<EndReason, CallOutcome>> = {
  'hung-up': 'answered',
  'remote-hung-up': 'answered',
  declined: 'declined',
  busy: 'busy',
  'call-full': 'declined',
  'call-locked': 'declined',
  'door-closed': 'declined',
  'no-answer': 'no-answer',
  unreachable: 'no-answer',
  cancelled: 'cancelled',
  'caller-cancelled': 'missed',
  'answered-elsewhere': 'answered-elsewhere',
  'moved-away': 'answered',
  'not-ready': 'failed',
  'relays-unreachable': 'failed',
  'clock-wrong': 'failed',
  'connection-failed': 'failed',
  'connection-lost': 'answered',
  'not-proven': 'failed',
  'cannot-hide-address': 'failed',
  'security-check-failed': 'failed',
  'words-different': 'failed',
  blocked: 'failed',
};
