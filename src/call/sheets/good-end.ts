// Which calls have come to a good end, and whether their page goes away by itself. Pure.
import type { CallPhase } from '../model/person-model.ts';

type Ended = Pick<Extract<CallPhase, { phase: 'ended' }>, 'reason' | 'durationMs'>;

/** They have talked, and somebody hung up: nothing is left to do here. */
export function isGoodEnd({ reason, durationMs }: Ended): boolean {
  return durationMs > 0 && (reason === 'hung-up' || reason === 'remote-hung-up');
}

interface Closing {
  readonly isWanted: boolean;
  /** Something was written or has come that is on this page only. */
  readonly hasUnsaved: boolean;
}

export function closesItself(phase: Ended, { isWanted, hasUnsaved }: Closing): boolean {
  return isGoodEnd(phase) && isWanted && !hasUnsaved;
}
