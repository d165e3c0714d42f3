// Whether this computer draws a background in time. Only down by itself: what went up again would flicker between two looks.
//
//   trying(full) ──in time──→ on(full) ──over budget for 2 s──→ on(small) ──over budget for 2 s──→ off
//        └──too slow──→ trying(small) ──in time──→ on(small)
//        └──far too slow──→ off ←──too slow──┘

/** `small`: half as long sides and 15 frames a second. */
type EffectSize = 'full' | 'small';

export type EffectLoad =
  | { readonly state: 'trying'; readonly size: EffectSize; readonly since: number; readonly tries: readonly number[] }
  | { readonly state: 'on'; readonly size: EffectSize; readonly overSince: number | undefined }
  | { readonly state: 'off' };

/** One segmented frame: what it took, and how often there are frames; both in milliseconds. */
export interface EffectFrame {
  readonly atMs: number;
  readonly tookMs: number;
  readonly everyMs: number;
}

const triedFrames = 10;
/** After so long a verdict is given by what there is: whoever waits sees a blurred picture. */
const longestTryMs = 5_000;
const fewestTries = 3;
/** The median of the tried frames, at most. The model's part of it is the same at every size. */
const mostMs: Readonly<Record<EffectSize, number>> = { full: 25, small: 45 };
/** Of the time between two frames. */
const mostShare = 0.6;
const strainMs = 2_000;

export const firstLoad = (atMs: number): EffectLoad => ({ state: 'trying', size: 'full', since: atMs, tries: [] });

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** After one more segmented frame. */
export function stepLoad(load: EffectLoad, frame: EffectFrame): EffectLoad {
  switch (load.state) {
    case 'off':
      return load;
    case 'trying':
      return stepTrying(load, frame);
    case 'on': {
      if (frame.tookMs <= frame.everyMs * mostShare) return { ...load, overSince: undefined };
      const overSince = load.overSince ?? frame.atMs;
      if (frame.atMs - overSince < strainMs) return { ...load, overSince };
      return load.size === 'full' ? { state: 'on', size: 'small', overSince: undefined } : { state: 'off' };
    }
  }
}

function stepTrying(load: Extract<EffectLoad, { state: 'trying' }>, { atMs, tookMs }: EffectFrame): EffectLoad {
  const tries = [...load.tries, tookMs];
  const isLate = atMs - load.since >= longestTryMs && tries.length >= fewestTries;
  if (tries.length < triedFrames && !isLate) return { ...load, tries };
  const typical = median(tries);
  if (typical <= mostMs[load.size]) return { state: 'on', size: load.size, overSince: undefined };
  // What takes far longer than a small picture may does not become fast enough by one.
  if (load.size === 'small' || typical > 2 * mostMs.small) return { state: 'off' };
  return { state: 'trying', size: 'small', since: atMs, tries: [] };
}
