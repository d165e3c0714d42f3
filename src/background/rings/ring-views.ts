// A ring as others see it: what pages show of it, and what a call page needs to take it over.
import type { RingView, TakenCall } from '../../core/call/requests.ts';
import type { RingOutcome, RingRecord } from '../../core/call/ring-machine.ts';

/** Counters from here on belong to the call page, those below to the background: one device never uses one twice. */
const pageCounterGap = 256;

/** How a ring that ended is shown. */
export const outcomeView: Readonly<Record<RingOutcome, NonNullable<RingView['outcome']>>> = {
  missed: 'no-answer',
  declined: 'declined',
  'caller-cancelled': 'caller-cancelled',
  'answered-elsewhere': 'answered-elsewhere',
  'declined-elsewhere': 'answered-elsewhere',
};

/** How many more there are, where there are any. */
export const othersOf = ({ others }: { readonly others?: number }): { others?: number } =>
  others === undefined ? {} : { others };

/** A ring that goes on. */
export function ringView({ call }: RingRecord): RingView {
  return {
    callId: call.callId,
    contactId: call.contactId,
    contactName: call.contactName,
    media: call.media,
    ...othersOf(call),
    phase: 'ringing',
    expiresAt: call.expiresAt,
  };
}

/** What the call page goes on with; its message counters begin far from ours. */
export function takenCall({ call, nextN }: RingRecord): TakenCall {
  return {
    callId: call.callId,
    contactId: call.contactId,
    media: call.media,
    ...othersOf(call),
    st: call.st,
    ek: call.ek,
    cm: call.cm,
    nextN: nextN + pageCounterGap,
    callerDev: call.callerDev,
    ...(call.isQuantumSafe && { isQuantumSafe: call.isQuantumSafe }),
    expiresAt: call.expiresAt,
  };
}
