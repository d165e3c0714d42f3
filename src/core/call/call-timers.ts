// The times that a call waits.
export type CallTimer =
  | 'repeat-invite'
  | 'give-up-ringing'
  | 'repeat-alive'
  | 'settle-busy'
  | 'give-up-connecting'
  | 'give-up-proof'
  | 'give-up-reconnecting';

/** Milliseconds of each timer (docs/protocol.md#ringing). */
export const callTimerMs: Readonly<Record<CallTimer, number>> = {
  'repeat-invite': 5_000,
  'give-up-ringing': 60_000,
  'repeat-alive': 10_000,
  'settle-busy': 3_000,
  'give-up-connecting': 20_000,
  'give-up-proof': 15_000,
  'give-up-reconnecting': 45_000,
};
