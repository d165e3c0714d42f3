// What a person hears of a call.
import type { EndReason } from './end-reason.ts';

export type CallSound = 'ringback' | 'connected' | 'declined' | 'busy' | 'no-answer' | 'ended';

/** When it ends, by the reason. */
export const endSound: Readonly<Record<EndReason, CallSound | 'none'>> = {
  'hung-up': 'ended',
  'remote-hung-up': 'ended',
  declined: 'declined',
  busy: 'busy',
  'call-full': 'busy',
  'call-locked': 'declined',
  'door-closed': 'ended',
  'no-answer': 'no-answer',
  unreachable: 'no-answer',
  cancelled: 'none',
  'caller-cancelled': 'ended',
  'answered-elsewhere': 'none',
  'moved-away': 'none',
  'not-ready': 'none',
  'relays-unreachable': 'no-answer',
  'clock-wrong': 'no-answer',
  'connection-failed': 'ended',
  'connection-lost': 'ended',
  'not-proven': 'ended',
  'cannot-hide-address': 'ended',
  'security-check-failed': 'ended',
  'words-different': 'ended',
  blocked: 'none',
};
