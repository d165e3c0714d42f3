// Glare (docs/protocol.md#glare): an own outgoing call and one from the same person that cross.
import { survivesGlare } from '../../core/call/glare.ts';
import type { HeldCall } from '../../core/call/requests.ts';
import type { RingCall } from '../../core/call/ring-machine.ts';

/** An own outgoing call to the same person, met by theirs, and which of the two goes on. */
export interface Crossing {
  readonly outgoingId: string;
  readonly survivor: 'outgoing' | 'incoming';
}

/** The own call that this one crosses, if any: one that both sides have agreed on is not crossed any more. */
export function crossingOf(held: readonly HeldCall[], call: RingCall): Crossing | undefined {
  const crossed = held.find(
    ({ linked, direction, contactId }) => !linked && direction === 'outgoing' && contactId === call.contactId,
  );
  return crossed && { outgoingId: crossed.callId, survivor: survivesGlare(crossed.callId, call.callId) };
}
