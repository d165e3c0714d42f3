// A call that goes over from one device of the person here to another, as views show it and as people decide about it.
import type { StayReason } from '../../core/call/hand-over.ts';

export type HandOver =
  /** Another device takes this call over. */
  | { readonly state: 'leaving'; readonly keep: () => void }
  /** It did not come to that: the call goes on here. */
  | { readonly state: 'kept'; readonly why: StayReason; readonly dismiss: () => void }
  /** The call goes on there. */
  | { readonly state: 'gone'; readonly bringBack: () => void }
  /** The page was loaded by its address alone: nothing is done before a click. */
  | { readonly state: 'offered'; readonly begin: () => void }
  /** The call comes here. */
  | { readonly state: 'arriving'; readonly cancel: () => void }
  /** It stays where it was. */
  | { readonly state: 'off'; readonly why: StayReason; readonly again: () => void };

export type Coming = Extract<HandOver, { readonly state: 'offered' | 'arriving' | 'off' }>;

/** The call is to come to this device, and is not here. */
export function isComing(handOver: HandOver): handOver is Coming {
  return handOver.state === 'offered' || handOver.state === 'arriving' || handOver.state === 'off';
}
