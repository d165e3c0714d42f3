// Whether the link can carry a picture beside the sound. Sound comes first: below 60 kbit/s the own picture pauses, above 70 it comes
// back, each after 6 s so that a dip is no switch. Time comes in with the event.
//
// Only a link that holds something back counts as below: who sends little is estimated at little, however much the link would carry.
//
//   enough --below 60 for 6 s--> low --above 70 for 6 s--> enough
//   low --waited--> trying --above 70 for 6 s--> enough        a link on which little is sent cannot show that it carries more
//   trying --below 60 for 3 s, and not rising--> low, and waits twice as long
//   low | trying --the person insists--> insisted --above 70 for 6 s--> enough
import { assertNever } from '../base/assert-never.ts';

const lowBitsPerSecond = 60_000;
const enoughBitsPerSecond = 70_000;
const settleMs = 6_000;
const failedTryMs = 3_000;
/** An estimate that fell to nothing rises by some eight hundredths a second: a try that finds more and more has not failed. */
const rising = 1.05;
const firstWaitMs = 15_000;
const longestWaitMs = 120_000;
/** What is held back is seen now and then only: packets get lost in one second and not in the next. */
const heldBackForMs = 3_000;

export type BandwidthState =
  /** `lowSinceMs`: since when every measurement was too low. `heldBackAtMs`: when one last showed that more would be sent. */
  | { readonly state: 'enough'; readonly lowSinceMs: number | undefined; readonly heldBackAtMs: number | undefined }
  | {
      readonly state: 'low';
      readonly enoughSinceMs: number | undefined;
      readonly tryAtMs: number;
      readonly waitMs: number;
    }
  | {
      readonly state: 'trying';
      /** Since when every measurement was too low, and none was clearly higher than all before it. */
      readonly lowSinceMs: number | undefined;
      readonly heldBackAtMs: number | undefined;
      readonly highest: number;
      readonly enoughSinceMs: number | undefined;
      readonly waitMs: number;
    }
  | { readonly state: 'insisted'; readonly enoughSinceMs: number | undefined };

export type BandwidthEvent =
  /** `bitsPerSecond`: what may be sent now; undefined where nobody can say. `isHeldBack`: more would be sent if it were more. */
  | {
      readonly event: 'measured';
      readonly atMs: number;
      readonly bitsPerSecond: number | undefined;
      readonly isHeldBack: boolean;
    }
  /** The person wants the picture to go out all the same. */
  | { readonly event: 'insisted' }
  /** Another connection, or another way: what was measured says nothing about it. */
  | { readonly event: 'restarted' };

export const freshBandwidth: BandwidthState = { state: 'enough', lowSinceMs: undefined, heldBackAtMs: undefined };

/** Whether the own picture may go out. */
export function mayShowPicture(state: BandwidthState): boolean {
  return state.state !== 'low';
}

/** Whether the sound has to do with little. */
export function isThin(state: BandwidthState): boolean {
  return state.state !== 'enough';
}

export function stepBandwidth(state: BandwidthState, event: BandwidthEvent): BandwidthState {
  switch (event.event) {
    case 'restarted':
      return freshBandwidth;
    case 'insisted':
      return state.state === 'enough' ? state : { state: 'insisted', enoughSinceMs: undefined };
    case 'measured':
      return measured(state, event);
    default:
      return assertNever(event);
  }
}

type Measurement = Extract<BandwidthEvent, { readonly event: 'measured' }>;

function measured(state: BandwidthState, { atMs, bitsPerSecond: bits, isHeldBack }: Measurement): BandwidthState {
  const isBelow = bits !== undefined && bits < lowBitsPerSecond;
  const isEnough = bits !== undefined && bits > enoughBitsPerSecond;
  /** Since when it is so; undefined as soon as it is not. */
  const since = (holds: boolean, before: number | undefined) => (holds ? (before ?? atMs) : undefined);
  const heldFor = (sinceMs: number | undefined, ms: number) => sinceMs !== undefined && atMs - sinceMs >= ms;
  switch (state.state) {
    case 'enough': {
      const heldBackAtMs = isHeldBack ? atMs : state.heldBackAtMs;
      const lowSinceMs = since(isBelow && isRecent(heldBackAtMs, atMs), state.lowSinceMs);
      if (heldFor(lowSinceMs, settleMs)) return low(atMs, firstWaitMs);
      return { state: 'enough', lowSinceMs, heldBackAtMs };
    }
    case 'low': {
      const enoughSinceMs = since(isEnough, state.enoughSinceMs);
      if (heldFor(enoughSinceMs, settleMs)) return freshBandwidth;
      if (atMs >= state.tryAtMs)
        return {
          state: 'trying',
          lowSinceMs: undefined,
          heldBackAtMs: undefined,
          highest: bits ?? 0,
          enoughSinceMs: undefined,
          waitMs: state.waitMs,
        };
      return { ...state, enoughSinceMs };
    }
    case 'trying': {
      const heldBackAtMs = isHeldBack ? atMs : state.heldBackAtMs;
      const isLow = isBelow && isRecent(heldBackAtMs, atMs);
      const isRising = bits !== undefined && bits > state.highest * rising;
      const lowSinceMs = since(isLow, isRising ? undefined : state.lowSinceMs);
      const enoughSinceMs = since(isEnough, state.enoughSinceMs);
      if (heldFor(enoughSinceMs, settleMs)) return freshBandwidth;
      if (heldFor(lowSinceMs, failedTryMs)) return low(atMs, Math.min(longestWaitMs, state.waitMs * 2));
      return { ...state, lowSinceMs, heldBackAtMs, highest: isRising ? bits : state.highest, enoughSinceMs };
    }
    case 'insisted': {
      const enoughSinceMs = since(isEnough, state.enoughSinceMs);
      return heldFor(enoughSinceMs, settleMs) ? freshBandwidth : { state: 'insisted', enoughSinceMs };
    }
    default:
      return assertNever(state);
  }
}

function isRecent(heldBackAtMs: number | undefined, atMs: number): boolean {
  return heldBackAtMs !== undefined && atMs - heldBackAtMs <= heldBackForMs;
}

function low(atMs: number, waitMs: number): BandwidthState {
  return { state: 'low', enoughSinceMs: undefined, tryAtMs: atMs + waitMs, waitMs };
}
