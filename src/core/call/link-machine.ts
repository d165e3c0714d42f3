// One link as it lives on after it came up: notices of an interruption, tries of recovery at growing intervals, and back. Pure: time is
// in one named timer that the runner keeps; how long it may last is the call machine's affair.
//
//   connected --interrupted--> interrupted --up--> connected
//                                 |  at once, then after 2, 3, 5, 7, 7 ... s: restart ICE; where that leads nowhere, a new connection
//                                 v
//   any --closed--> closed
import { assertNever } from '../base/assert-never.ts';

export type LinkState =
  | { readonly state: 'negotiating' }
  | { readonly state: 'connected' }
  /**
   * `tries`: how often this side has tried. `heard`: the other side has answered or offered in this interruption.
   * `emptyExchanges`: offers and answers that were completed and brought no packet.
   */
  | { readonly state: 'interrupted'; readonly tries: number; readonly heard: boolean; readonly emptyExchanges: number }
  | { readonly state: 'closed' };

export type LinkEvent =
  /** Packets arrive and ICE says connected. */
  | 'up'
  /** No packets for a while, or ICE says disconnected or failed. */
  | 'interrupted'
  /** The connection itself is beyond repair: its transport failed, or the browser refuses a description. */
  | 'broken'
  /** The other side answered our offer, or made one that was taken. */
  | 'heard'
  /** The browser has a network again. */
  | 'online'
  /** A relay listens for us again. */
  | 'relay-up'
  | 'retry-due'
  | 'relays-idle'
  | 'closed';

export type LinkEffect =
  | { readonly effect: 'tell'; readonly what: 'up' | 'interrupted' }
  /** New ICE credentials and a new offer, by every way that there is. */
  | { readonly effect: 'restart' }
  /** The offer that waits for its answer goes out again; if none waits, a new one. */
  | { readonly effect: 'offer-again' }
  | { readonly effect: 'rebuild' }
  | { readonly effect: 'join-relays' }
  /** Sockets may be dead without knowing it after a change of address: new ones. */
  | { readonly effect: 'renew-relays' }
  | { readonly effect: 'leave-relays' }
  | { readonly effect: 'ask-key-frame' }
  | { readonly effect: 'set-timer'; readonly timer: 'retry-due' | 'relays-idle'; readonly ms: number }
  | { readonly effect: 'clear-timer'; readonly timer: 'retry-due' | 'relays-idle' };

export interface LinkStep {
  readonly state: LinkState;
  readonly effects: readonly LinkEffect[];
}

/** Milliseconds from one try to the next; the last one goes on. */
const retryMs = [2_000, 3_000, 5_000, 7_000] as const;
/** Answers and candidates that are still on their way over a relay get this long once the link is up again. */
const relaysIdleMs = 5_000;
/** After a completed offer and answer packets must arrive within this time. */
const exchangeMs = 5_000;
/** After so many exchanges without a packet the connection is made anew. */
const emptyBeforeRebuild = 2;
/** Where nothing is heard, every second try is over new sockets. */
const triesPerSocket = 2;

const retryAfter = (tries: number): LinkEffect => ({
  effect: 'set-timer',
  timer: 'retry-due',
  ms: retryMs[Math.min(tries, retryMs.length) - 1] ?? retryMs[0],
});

const same = (state: LinkState): LinkStep => ({ state, effects: [] });

function interrupt(how: 'restart' | 'rebuild'): LinkStep {
  return {
    state: { state: 'interrupted', tries: 1, heard: false, emptyExchanges: 0 },
    effects: [
      { effect: 'tell', what: 'interrupted' },
      { effect: 'clear-timer', timer: 'relays-idle' },
      { effect: 'join-relays' },
      { effect: how },
      retryAfter(1),
    ],
  };
}

function tryAgain(state: LinkState & { state: 'interrupted' }): LinkStep {
  const tries = state.tries + 1;
  const emptyExchanges = state.heard ? state.emptyExchanges + 1 : state.emptyExchanges;
  const rebuilds = emptyExchanges >= emptyBeforeRebuild;
  const effects: LinkEffect[] = [];
  if (!state.heard && tries % triesPerSocket === 1) effects.push({ effect: 'renew-relays' });
  effects.push({ effect: rebuilds ? 'rebuild' : 'restart' }, retryAfter(tries));
  return {
    state: { state: 'interrupted', tries, heard: false, emptyExchanges: rebuilds ? 0 : emptyExchanges },
    effects,
  };
}

function whileInterrupted(state: LinkState & { state: 'interrupted' }, event: LinkEvent): LinkStep {
  switch (event) {
    case 'up':
      return {
        state: { state: 'connected' },
        effects: [
          { effect: 'tell', what: 'up' },
          { effect: 'ask-key-frame' },
          { effect: 'clear-timer', timer: 'retry-due' },
          { effect: 'set-timer', timer: 'relays-idle', ms: relaysIdleMs },
        ],
      };
    case 'heard':
      return {
        state: { ...state, heard: true },
        effects: [{ effect: 'set-timer', timer: 'retry-due', ms: exchangeMs }],
      };
    case 'online':
      return {
        state: { ...state, tries: 1 },
        effects: [{ effect: 'renew-relays' }, { effect: 'restart' }, retryAfter(1)],
      };
    case 'relay-up':
      return state.heard ? same(state) : { state, effects: [{ effect: 'offer-again' }] };
    case 'broken':
      return { state, effects: [{ effect: 'rebuild' }, retryAfter(state.tries)] };
    case 'retry-due':
      return tryAgain(state);
    case 'interrupted':
    case 'relays-idle':
      return same(state);
    case 'closed':
      return close();
    default:
      return assertNever(event);
  }
}

function close(): LinkStep {
  return {
    state: { state: 'closed' },
    effects: [
      { effect: 'clear-timer', timer: 'retry-due' },
      { effect: 'clear-timer', timer: 'relays-idle' },
    ],
  };
}

function whileConnected(state: LinkState, event: LinkEvent): LinkStep {
  switch (event) {
    case 'interrupted':
      return interrupt('restart');
    case 'broken':
      return interrupt('rebuild');
    case 'online':
      // The path still carries packets, but perhaps over the network that is going away: a better one is found over the data channel.
      return { state, effects: [{ effect: 'restart' }] };
    case 'relays-idle':
      return { state, effects: [{ effect: 'leave-relays' }] };
    case 'closed':
      return close();
    case 'up':
    case 'heard':
    case 'relay-up':
    case 'retry-due':
      return same(state);
    default:
      return assertNever(event);
  }
}

/** The next state and what to do. Never throws. */
export function stepLink(state: LinkState, event: LinkEvent): LinkStep {
  switch (state.state) {
    case 'negotiating':
      if (event === 'up') return { state: { state: 'connected' }, effects: [{ effect: 'tell', what: 'up' }] };
      return event === 'closed' ? close() : same(state);
    case 'connected':
      return whileConnected(state, event);
    case 'interrupted':
      return whileInterrupted(state, event);
    case 'closed':
      return same(state);
    default:
      return assertNever(state);
  }
}
