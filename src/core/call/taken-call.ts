// What a page needs of an invite to take the call itself, without a background that has rung for it.
import type { SignalOf } from '../signaling/signal.ts';
import type { TakenCall } from './requests.ts';

/**
 * @param nextN the first counter of this device in the call that is still free.
 * @param isQuantumSafe how the invite was sealed.
 */
export function takenCall(
  contactId: string,
  invite: SignalOf<'invite'>,
  nextN: number,
  isQuantumSafe?: true,
): TakenCall {
  const { id: callId, media, st, ek, cm, dev: callerDev, exp: expiresAt } = invite;
  return { callId, contactId, media, st, ek, cm, nextN, callerDev, ...(isQuantumSafe && { isQuantumSafe }), expiresAt };
}
