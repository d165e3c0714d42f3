// The callee's side of a call until a person decides. Pure: time comes in with each event, effects are data.
//
//   verifying --alive--> ringing --answered--> answered
//       |                   |                     |
//       +--cancel, expired, +--declined,          +--taken by another device--> over
//          taken---> over      taken---> over
//
// verifying: the invite is authentic but may be old: the caller has to echo a fresh nonce before anything rings (docs/protocol.md#ringing).
import { assertNever } from '../base/assert-never.ts';
import type { CallMedia } from '../identity/contact.ts';

/** How long a ring may last at most, from the first invite (60 s, both sides). */
export const ringMs = 60_000;
/** Without a sign of life of the caller for this long the ring ends (docs/protocol.md#ringing). */
export const silenceMs = 25_000;

/** What was received in the invite and what belongs to this ring. Byte strings are base64url. */
export interface RingCall {
  readonly callId: string;
  readonly contactId: string;
  readonly contactName: string;
  readonly media: CallMedia;
  /** How many more are in the call or called into it. */
  readonly others?: number;
  readonly st: string;
  readonly ek: string;
  readonly cm: string;
  readonly callerDev: string;
  /** The invite was sealed to both halves of our lasting key. */
  readonly isQuantumSafe?: true;
  readonly nonce: string;
  readonly invitedAt: number;
  readonly expiresAt: number;
}

export type RingOutcome = 'missed' | 'declined' | 'caller-cancelled' | 'answered-elsewhere' | 'declined-elsewhere';

export type RingState =
  | { readonly state: 'verifying' }
  | { readonly state: 'ringing'; readonly since: number; readonly lastAliveAt: number }
  | { readonly state: 'answered'; readonly at: number; readonly media: CallMedia }
  | { readonly state: 'over'; readonly at: number; readonly outcome: RingOutcome };

export type RingEvent =
  | { readonly event: 'invited' }
  | { readonly event: 'alive'; readonly nonce: string }
  /** `inPage`: a page of the ring has taken the call and goes on with it. */
  | { readonly event: 'answer'; readonly media: CallMedia; readonly inPage: boolean }
  | { readonly event: 'decline' }
  | { readonly event: 'cancelled' }
  | { readonly event: 'taken'; readonly byThisDevice: boolean; readonly how: 'answered' | 'declined' }
  | { readonly event: 'tick' };

export type RingEffect =
  | { readonly effect: 'send-ringing' }
  | { readonly effect: 'send-decline' }
  | { readonly effect: 'start-ringing' }
  | { readonly effect: 'stop-ringing'; readonly outcome: RingOutcome | 'answered' }
  | { readonly effect: 'open-call'; readonly media: CallMedia }
  /** A page has the call: other pages of the ring have nothing more to do. */
  | { readonly effect: 'page-has-it' }
  | { readonly effect: 'record'; readonly outcome: RingOutcome }
  | { readonly effect: 'ignored'; readonly why: string };

/** A ring with its call, as it is stored: it outlives the worker. */
export interface RingRecord {
  readonly callId: string;
  readonly call: RingCall;
  readonly ring: RingState;
  /** The next counter for this device's messages in this call. */
  readonly nextN: number;
  /** A page has had the call: if it is gone, a person has closed it. */
  readonly wasHeld?: true;
  /** It rings only in the page of a call that is up. */
  readonly beside?: true;
}

export interface RingStep {
  readonly state: RingState;
  readonly effects: readonly RingEffect[];
}

/** When a tick is due, ms since the epoch; undefined when nothing is. */
export function ringDeadline(call: RingCall, state: RingState): number | undefined {
  switch (state.state) {
    case 'verifying':
      return call.expiresAt;
    case 'ringing':
      return Math.min(call.expiresAt, state.lastAliveAt + silenceMs);
    case 'answered':
    case 'over':
      return undefined;
    default:
      return assertNever(state);
  }
}

const ignored = (state: RingState, event: RingEvent): RingStep => ({
  state,
  effects: [{ effect: 'ignored', why: `${event.event} in ${state.state}` }],
});

const takenOutcome = (how: 'answered' | 'declined'): RingOutcome =>
  how === 'answered' ? 'answered-elsewhere' : 'declined-elsewhere';

function over(at: number, outcome: RingOutcome, wasRinging: boolean, ...before: readonly RingEffect[]): RingStep {
  const effects: RingEffect[] = [...before];
  if (wasRinging) effects.push({ effect: 'stop-ringing', outcome });
  effects.push({ effect: 'record', outcome });
  return { state: { state: 'over', at, outcome }, effects };
}

function whileWaiting(
  call: RingCall,
  state: RingState & { state: 'verifying' | 'ringing' },
  event: RingEvent,
  now: number,
): RingStep {
  const rings = state.state === 'ringing';
  switch (event.event) {
    case 'invited':
      // The caller repeats the invite until our answer arrives: it was lost, so it goes out again.
      return { state, effects: [{ effect: 'send-ringing' }] };
    case 'alive':
      if (now >= call.expiresAt) return ignored(state, event);
      // The caller has heard another device and no longer repeats the invite: our answer was lost.
      if (event.nonce !== call.nonce)
        return rings ? ignored(state, event) : { state, effects: [{ effect: 'send-ringing' }] };
      return rings
        ? { state: { ...state, lastAliveAt: now }, effects: [] }
        : { state: { state: 'ringing', since: now, lastAliveAt: now }, effects: [{ effect: 'start-ringing' }] };
    case 'answer':
      if (!rings) return ignored(state, event);
      return {
        state: { state: 'answered', at: now, media: event.media },
        effects: [
          { effect: 'stop-ringing', outcome: 'answered' },
          event.inPage ? { effect: 'page-has-it' } : { effect: 'open-call', media: event.media },
        ],
      };
    case 'decline':
      if (!rings) return ignored(state, event);
      return over(now, 'declined', true, { effect: 'send-decline' });
    case 'cancelled':
      return over(now, 'caller-cancelled', rings);
    case 'taken':
      // Our own page took it and the caller's word came before the page's: it needs no second page.
      if (rings && event.byThisDevice && event.how === 'answered')
        return {
          state: { state: 'answered', at: now, media: call.media },
          effects: [{ effect: 'stop-ringing', outcome: 'answered' }, { effect: 'page-has-it' }],
        };
      return over(now, takenOutcome(event.how), rings);
    case 'tick': {
      const deadline = ringDeadline(call, state);
      return deadline !== undefined && now >= deadline ? over(now, 'missed', rings) : { state, effects: [] };
    }
    default:
      return assertNever(event);
  }
}

/** The next state and what to do, for an event at `now` (ms since the epoch). Never throws: the network may send anything. */
export function stepRing(call: RingCall, state: RingState, event: RingEvent, now: number): RingStep {
  switch (state.state) {
    case 'verifying':
    case 'ringing':
      return whileWaiting(call, state, event, now);
    case 'answered':
      switch (event.event) {
        case 'taken':
          // The caller heard another of our devices first.
          return event.byThisDevice ? { state, effects: [] } : over(now, takenOutcome(event.how), true);
        case 'cancelled':
          return over(now, 'caller-cancelled', true);
        case 'tick':
          return { state, effects: [] };
        case 'invited':
        case 'alive':
        case 'answer':
        case 'decline':
          return ignored(state, event);
        default:
          return assertNever(event);
      }
    case 'over':
      return event.event === 'tick' ? { state, effects: [] } : ignored(state, event);
    default:
      return assertNever(state);
  }
}
