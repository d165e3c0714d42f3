// One call as its page lives it. Pure: effects are data, time is in named timers that the runner keeps.
//
//   caller   dialing --ringing--> ringing --accept--> connecting --proven--> connected <--> reconnecting
//   callee                                            connecting ...                   \          |
//   any      --cancel, decline, busy, timeout, hang-up, failure, bye--> ended(reason) <--+----------+
import { assertNever } from '../base/assert-never.ts';
import { type CallTimer, callTimerMs } from './call-timers.ts';
import type { EndReason } from './end-reason.ts';
import { type CallSound, endSound } from './end-sound.ts';

/** Why nobody can be let in. */
export type DoorAnswer = 'full' | 'locked' | 'closed';

const doorReasons: Readonly<Record<DoorAnswer, EndReason>> = {
  full: 'call-full',
  locked: 'call-locked',
  closed: 'door-closed',
};

/** What the other side is told at the end. */
export type Goodbye = 'hung-up' | 'security' | 'failed' | 'moved';

type CallRole = 'caller' | 'callee';

export type CallState =
  | { readonly state: 'dialing'; readonly busy: boolean }
  | { readonly state: 'ringing' }
  /** `isUp`: something is connected; whether it is the other side has to be proven. */
  | { readonly state: 'connecting'; readonly role: CallRole; readonly isUp?: true }
  | { readonly state: 'connected'; readonly since: number }
  | { readonly state: 'reconnecting'; readonly since: number }
  | { readonly state: 'ended'; readonly reason: EndReason };

/** Which check of a call's binding failed; for the log, people are told one sentence. `told`: the other side found it. */
type SecurityCheckName = 'description' | 'commitment' | 'certificate' | 'transcript' | 'told';

export type CallEvent =
  | { readonly event: 'ringing' }
  /** The knock is on somebody's screen: no device rings, and none waits for a sign of life. */
  | { readonly event: 'shown' }
  | { readonly event: 'accepted' }
  /** `why`: no person has looked at the knock. */
  | { readonly event: 'declined'; readonly why?: DoorAnswer }
  | { readonly event: 'busy' }
  | { readonly event: 'cancelled-by-caller' }
  | { readonly event: 'answered-elsewhere' }
  /** There is a connection, over which the other side has not greeted yet. */
  | { readonly event: 'link-up' }
  /** Up, and proven to lead to the other side. */
  | { readonly event: 'link-connected'; readonly at: number }
  | { readonly event: 'link-interrupted' }
  | { readonly event: 'link-failed' }
  /** Our address shall stay hidden, but no TURN server gave one to use instead. */
  | { readonly event: 'no-relay-address' }
  /** `moved`: another device of theirs goes on with the call. */
  | { readonly event: 'bye'; readonly moved?: true }
  | { readonly event: 'security-failed'; readonly check: SecurityCheckName }
  | { readonly event: 'words-differ' }
  | { readonly event: 'hang-up' }
  /** Another device of ours goes on with the call. */
  | { readonly event: 'hand-over' }
  /** No relay takes our messages; `clock`: because of the time in them. */
  | { readonly event: 'relays-lost'; readonly clock: boolean }
  | { readonly event: 'timer'; readonly timer: CallTimer };

export type CallEffect =
  | { readonly effect: 'send-invite' }
  | { readonly effect: 'send-alive' }
  | { readonly effect: 'send-cancel'; readonly why: 'cancelled' | 'no-answer' }
  | { readonly effect: 'send-taken'; readonly how: 'answered' | 'declined' }
  | { readonly effect: 'send-bye'; readonly why: Goodbye }
  | { readonly effect: 'set-timer'; readonly timer: CallTimer }
  | { readonly effect: 'clear-timer'; readonly timer: CallTimer }
  | { readonly effect: 'sound'; readonly sound: CallSound | 'none' }
  | { readonly effect: 'close'; readonly reason: EndReason }
  | { readonly effect: 'ignored'; readonly why: string };

export interface CallStep {
  readonly state: CallState;
  readonly effects: readonly CallEffect[];
}

const clearAll: readonly CallEffect[] = (Object.keys(callTimerMs) as CallTimer[]).map((timer) => ({
  effect: 'clear-timer',
  timer,
}));

function end(reason: EndReason, ...said: readonly CallEffect[]): CallStep {
  return {
    state: { state: 'ended', reason },
    effects: [...said, ...clearAll, { effect: 'sound', sound: endSound[reason] }, { effect: 'close', reason }],
  };
}

const ignored = (state: CallState, event: CallEvent): CallStep => ({
  state,
  effects: [{ effect: 'ignored', why: `${event.event} in ${state.state}` }],
});

/** A caller begins: the first invite goes out. */
export function startOutgoing(): CallStep {
  return {
    state: { state: 'dialing', busy: false },
    effects: [
      { effect: 'send-invite' },
      { effect: 'set-timer', timer: 'repeat-invite' },
      { effect: 'set-timer', timer: 'give-up-ringing' },
    ],
  };
}

/** A callee accepted: the link is being made. */
export function startIncoming(): CallStep {
  return {
    state: { state: 'connecting', role: 'callee' },
    effects: [{ effect: 'set-timer', timer: 'give-up-connecting' }],
  };
}

/** The invite is there: it is not sent again. */
const arrived: readonly CallEffect[] = [
  { effect: 'clear-timer', timer: 'repeat-invite' },
  { effect: 'clear-timer', timer: 'settle-busy' },
];

function whileCalling(state: CallState & { state: 'dialing' | 'ringing' }, event: CallEvent): CallStep {
  const dialing = state.state === 'dialing';
  switch (event.event) {
    case 'ringing':
      return {
        state: { state: 'ringing' },
        effects: dialing
          ? [...arrived, { effect: 'set-timer', timer: 'repeat-alive' }, { effect: 'sound', sound: 'ringback' }]
          : [],
      };
    case 'accepted':
      return {
        state: { state: 'connecting', role: 'caller' },
        effects: [
          ...clearAll,
          { effect: 'sound', sound: 'none' },
          { effect: 'send-taken', how: 'answered' },
          { effect: 'set-timer', timer: 'give-up-connecting' },
        ],
      };
    case 'shown':
      return {
        state: { state: 'ringing' },
        effects: dialing ? arrived : [],
      };
    case 'declined':
      return end(event.why ? doorReasons[event.why] : 'declined', { effect: 'send-taken', how: 'declined' });
    case 'busy':
      // One device is in a call; another may still ring within a moment.
      if (!dialing || state.busy) return ignored(state, event);
      return { state: { state: 'dialing', busy: true }, effects: [{ effect: 'set-timer', timer: 'settle-busy' }] };
    case 'hang-up':
      return end('cancelled', { effect: 'send-cancel', why: 'cancelled' });
    case 'timer':
      switch (event.timer) {
        case 'repeat-invite':
          return dialing
            ? { state, effects: [{ effect: 'send-invite' }, { effect: 'set-timer', timer: 'repeat-invite' }] }
            : ignored(state, event);
        case 'repeat-alive':
          return dialing
            ? ignored(state, event)
            : { state, effects: [{ effect: 'send-alive' }, { effect: 'set-timer', timer: 'repeat-alive' }] };
        case 'give-up-ringing':
          return end(dialing ? 'unreachable' : 'no-answer', { effect: 'send-cancel', why: 'no-answer' });
        case 'settle-busy':
          return dialing && state.busy
            ? end('busy', { effect: 'send-cancel', why: 'cancelled' })
            : ignored(state, event);
        case 'give-up-connecting':
        case 'give-up-proof':
        case 'give-up-reconnecting':
          return ignored(state, event);
        default:
          return assertNever(event.timer);
      }
    case 'relays-lost':
      return dialing ? end(event.clock ? 'clock-wrong' : 'relays-unreachable') : ignored(state, event);
    case 'security-failed':
      return end('security-check-failed', { effect: 'send-cancel', why: 'cancelled' });
    // The callee's accept has come, and our answer to it is on its way.
    case 'no-relay-address':
      return end('cannot-hide-address', { effect: 'send-cancel', why: 'cancelled' });
    // A device has won with an accept that leads nowhere: the browser refuses its offer, or the device has thought better of it. All
    // others were told that it won.
    case 'link-failed':
      return end(
        'connection-failed',
        { effect: 'send-bye', why: 'failed' },
        { effect: 'send-cancel', why: 'cancelled' },
      );
    case 'bye':
      return end('remote-hung-up', { effect: 'send-cancel', why: 'cancelled' });
    case 'cancelled-by-caller':
    case 'answered-elsewhere':
    case 'link-up':
    case 'link-connected':
    case 'link-interrupted':
    case 'words-differ':
    case 'hand-over':
      return ignored(state, event);
    default:
      return assertNever(event);
  }
}

function whileLinked(
  state: CallState & { state: 'connecting' | 'connected' | 'reconnecting' },
  event: CallEvent,
): CallStep {
  const up = state.state !== 'connecting';
  switch (event.event) {
    case 'link-up':
      if (state.state !== 'connecting' || state.isUp) return ignored(state, event);
      return {
        state: { ...state, isUp: true },
        effects: [
          { effect: 'clear-timer', timer: 'give-up-connecting' },
          { effect: 'set-timer', timer: 'give-up-proof' },
        ],
      };
    case 'link-connected':
      if (state.state === 'connected') return ignored(state, event);
      return {
        state: { state: 'connected', since: state.state === 'reconnecting' ? state.since : event.at },
        effects: [...clearAll, ...(up ? [] : [{ effect: 'sound', sound: 'connected' } as const])],
      };
    case 'link-interrupted':
      return state.state === 'connected'
        ? {
            state: { state: 'reconnecting', since: state.since },
            effects: [{ effect: 'set-timer', timer: 'give-up-reconnecting' }],
          }
        : ignored(state, event);
    case 'link-failed':
      return end(up ? 'connection-lost' : 'connection-failed', { effect: 'send-bye', why: 'failed' });
    case 'timer':
      if (event.timer === 'give-up-connecting' && state.state === 'connecting')
        return end('connection-failed', { effect: 'send-bye', why: 'failed' });
      if (event.timer === 'give-up-proof' && state.state === 'connecting')
        return end('not-proven', { effect: 'send-bye', why: 'failed' });
      if (event.timer === 'give-up-reconnecting' && state.state === 'reconnecting')
        return end('connection-lost', { effect: 'send-bye', why: 'failed' });
      return ignored(state, event);
    case 'no-relay-address':
      return up ? ignored(state, event) : end('cannot-hide-address', { effect: 'send-bye', why: 'failed' });
    case 'bye':
      return end('remote-hung-up');
    case 'hang-up':
      return end('hung-up', { effect: 'send-bye', why: 'hung-up' });
    case 'hand-over':
      return state.state === 'connecting'
        ? ignored(state, event)
        : end('moved-away', { effect: 'send-bye', why: 'moved' });
    case 'security-failed':
      return end('security-check-failed', { effect: 'send-bye', why: 'security' });
    case 'words-differ':
      return end('words-different', { effect: 'send-bye', why: 'security' });
    case 'cancelled-by-caller':
      return up || state.role === 'caller' ? ignored(state, event) : end('caller-cancelled');
    case 'answered-elsewhere':
      return up ? ignored(state, event) : end('answered-elsewhere');
    case 'ringing':
    case 'shown':
    case 'accepted':
    case 'declined':
    case 'busy':
    case 'relays-lost':
      return ignored(state, event);
    default:
      return assertNever(event);
  }
}

/** The next state and what to do. Once ended, everything is ignored. Never throws. */
export function stepCall(state: CallState, event: CallEvent): CallStep {
  switch (state.state) {
    case 'dialing':
    case 'ringing':
      return whileCalling(state, event);
    case 'connecting':
    case 'connected':
    case 'reconnecting':
      return whileLinked(state, event);
    case 'ended':
      return ignored(state, event);
    default:
      return assertNever(state);
  }
}
