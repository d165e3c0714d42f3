// How small the own picture is sent because the computer cannot do more. Browsers do not notice a full machine by themselves
// (their `qualityLimitationReason` stays 'none'), so that the step down is ours. Time comes in with the event.
//
//   step 0 <-> 1 <-> 2 <-> 3 <-> 4      down when busy for 3 s, up when idle for 10 s;
//                                       busy again soon after a step up doubles the time until the next one

const busyMs = 3_000;
const firstClimbMs = 10_000;
const longestClimbMs = 160_000;
/** Busy this soon after a step up: the step was one too many. */
const regretMs = 15_000;

export interface PictureStep {
  /** How many times smaller the sides are. */
  readonly scale: number;
  readonly framesPerSecond: number;
}

/** From whole to just enough to see a face move. */
export const pictureSteps: readonly PictureStep[] = [
  { scale: 1, framesPerSecond: 60 },
  { scale: 1.5, framesPerSecond: 30 },
  { scale: 2, framesPerSecond: 24 },
  { scale: 3, framesPerSecond: 15 },
  { scale: 4, framesPerSecond: 10 },
];

export interface LoadState {
  /** An index into pictureSteps. */
  readonly step: number;
  readonly busySinceMs: number | undefined;
  readonly idleSinceMs: number | undefined;
  readonly climbAfterMs: number;
  readonly climbedAtMs: number | undefined;
}

/** How the computer does: `busy` and it must do less, `idle` and it could do more. */
export type Load = 'busy' | 'fine' | 'idle';

export const freshLoad: LoadState = {
  step: 0,
  busySinceMs: undefined,
  idleSinceMs: undefined,
  climbAfterMs: firstClimbMs,
  climbedAtMs: undefined,
};

export function stepLoad(state: LoadState, { atMs, load }: { readonly atMs: number; readonly load: Load }): LoadState {
  const busySinceMs = load === 'busy' ? (state.busySinceMs ?? atMs) : undefined;
  const idleSinceMs = load === 'idle' ? (state.idleSinceMs ?? atMs) : undefined;
  if (busySinceMs !== undefined && atMs - busySinceMs >= busyMs && state.step < pictureSteps.length - 1) {
    const isRegretted = state.climbedAtMs !== undefined && atMs - state.climbedAtMs < regretMs;
    return {
      step: state.step + 1,
      busySinceMs: undefined,
      idleSinceMs: undefined,
      climbAfterMs: isRegretted ? Math.min(longestClimbMs, state.climbAfterMs * 2) : state.climbAfterMs,
      climbedAtMs: undefined,
    };
  }
  if (idleSinceMs !== undefined && atMs - idleSinceMs >= state.climbAfterMs && state.step > 0)
    return {
      step: state.step - 1,
      busySinceMs: undefined,
      idleSinceMs: undefined,
      climbAfterMs: state.climbAfterMs,
      climbedAtMs: atMs,
    };
  return { ...state, busySinceMs, idleSinceMs };
}
