// What is known of why a call failed, as the views show it.
import type { CheckStep } from '../../core/network/check-steps.ts';
import type { NetworkFindings, SharedFindings } from '../../core/network/network-findings.ts';

/** What is known of the reason so far. */
export type WhyFailed =
  /** There is nothing to find out about this ending. */
  | { readonly state: 'none' }
  | { readonly state: 'looking'; readonly steps: readonly CheckStep[]; readonly done: readonly CheckStep[] }
  /** The own findings are there, the other side's may still come. */
  | { readonly state: 'waiting'; readonly steps: readonly CheckStep[] }
  /** `theirs` is undefined while nothing has come: what comes late is shown all the same. */
  | { readonly state: 'known'; readonly own: NetworkFindings; readonly theirs: SharedFindings | undefined };
