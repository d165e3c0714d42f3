// A running call that goes over to another device of the same person (docs/protocol.md#moving), as the three who have a part in it live it.
// Pure: effects are data, deadlines are handed out. Who is in the call is decided in one place: by what the other person shows.
//
//   the device that has it   linking --link--> handing --commit--> gone;       any --keep, refuse, cut, late--> kept
//   the device that takes it asking --state--> joining --ready--> committing --done, shown--> here;  any --...--> off(why)
//   the other person's seat  making --heard--> ready --asked--> asked --moved, long cut--> shown;  any --over, late--> dropped

/** Why a call stays where it is. */
export type StayReason =
  /** The person at the device that has it wants it there. */
  | 'kept'
  /** The person at the device that wanted it has thought better of it. */
  | 'cancelled'
  /** There is no call any more, or it ended meanwhile. */
  | 'over'
  /** More people, or a door for guests: not handed over yet. */
  | 'several'
  /** It is being recorded there. */
  | 'recording'
  /** The call is on hold, or not up: it has to be heard to be handed over. */
  | 'not-up'
  /** The other device does not answer. */
  | 'no-answer'
  /** The other person's device did not follow. */
  | 'not-followed'
  /** It took too long, or the two devices have lost each other. */
  | 'failed';

/** What one device tells the other of a call that stays. */
export type ToldStay = Exclude<StayReason, 'no-answer'>;

export const toldStays: readonly ToldStay[] = [
  'kept',
  'cancelled',
  'over',
  'several',
  'recording',
  'not-up',
  'not-followed',
  'failed',
];

/** How long each part may take, in ms. The device that has the call waits longest: it is the one that may go on. */
export const handOverMs = {
  linking: 12_000,
  handing: 30_000,
  asking: 12_000,
  joining: 18_000,
  committing: 6_000,
  seat: 40_000,
  cut: 2_000,
};
type HandOverTimer = keyof typeof handOverMs;

// The device that has the call.

export type GivingState =
  | { readonly state: 'linking' }
  | { readonly state: 'handing' }
  | { readonly state: 'gone' }
  | { readonly state: 'kept' };

export type GivingEvent =
  | { readonly event: 'link' }
  | { readonly event: 'cut' }
  | { readonly event: 'commit' }
  | { readonly event: 'stay' }
  | { readonly event: 'keep' }
  /** The call ended, or is none that can be handed over. */
  | { readonly event: 'refuse'; readonly why: ToldStay }
  | { readonly event: 'late' };

export type GivingEffect =
  /** Everything that the other device needs to know is told. */
  | { readonly effect: 'tell-state' }
  /** Leaves the call, telling the other person that it goes on. */
  | { readonly effect: 'leave' }
  | { readonly effect: 'say-done' }
  | { readonly effect: 'say-stay'; readonly why: ToldStay }
  | { readonly effect: 'wait'; readonly timer: HandOverTimer }
  | { readonly effect: 'close' };

export interface GivingStep {
  readonly state: GivingState;
  readonly effects: readonly GivingEffect[];
}

export const startGiving: GivingStep = { state: { state: 'linking' }, effects: [{ effect: 'wait', timer: 'linking' }] };

function keep(...said: readonly GivingEffect[]): GivingStep {
  return { state: { state: 'kept' }, effects: [...said, { effect: 'close' }] };
}

/** The next state and what to do. Gone or kept, nothing changes any more. Never throws. */
export function stepGiving(state: GivingState, event: GivingEvent): GivingStep {
  if (state.state === 'gone' || state.state === 'kept') return { state, effects: [] };
  switch (event.event) {
    case 'link':
      return state.state === 'linking'
        ? { state: { state: 'handing' }, effects: [{ effect: 'tell-state' }, { effect: 'wait', timer: 'handing' }] }
        : { state, effects: [] };
    case 'commit':
      return state.state === 'handing'
        ? { state: { state: 'gone' }, effects: [{ effect: 'leave' }, { effect: 'say-done' }, { effect: 'close' }] }
        : { state, effects: [] };
    case 'keep':
      return keep({ effect: 'say-stay', why: 'kept' });
    case 'refuse':
      return keep({ effect: 'say-stay', why: event.why });
    case 'late':
      return keep({ effect: 'say-stay', why: 'failed' });
    case 'stay':
    case 'cut':
      return keep();
  }
}

// The device that takes it.

export type TakingState =
  | { readonly state: 'asking' }
  | { readonly state: 'joining' }
  | { readonly state: 'committing' }
  | { readonly state: 'here' }
  | { readonly state: 'off'; readonly why: StayReason };

export type TakingEvent =
  | { readonly event: 'state' }
  /** The other person's device has us beside what it shows, and hears us. */
  | { readonly event: 'ready' }
  /** It shows us. */
  | { readonly event: 'shown' }
  /** Our other device has left. */
  | { readonly event: 'done' }
  | { readonly event: 'stay'; readonly why: ToldStay }
  | { readonly event: 'cut' }
  | { readonly event: 'call-over' }
  | { readonly event: 'cancel' }
  | { readonly event: 'late' };

export type TakingEffect =
  /** Calls the other person, by way of the other device. */
  | { readonly effect: 'call' }
  /** Our other device is told to leave, and the other person that it was. */
  | { readonly effect: 'say-commit' }
  /** This device is in the call: its loudspeaker opens. */
  | { readonly effect: 'enter' }
  | { readonly effect: 'say-stay'; readonly why: ToldStay }
  /** What was begun with the other person ends. */
  | { readonly effect: 'hang-up' }
  | { readonly effect: 'wait'; readonly timer: HandOverTimer }
  | { readonly effect: 'close' };

export interface TakingStep {
  readonly state: TakingState;
  readonly effects: readonly TakingEffect[];
}

export const startTaking: TakingStep = { state: { state: 'asking' }, effects: [{ effect: 'wait', timer: 'asking' }] };

function off(why: StayReason, ...said: readonly TakingEffect[]): TakingStep {
  return { state: { state: 'off', why }, effects: [...said, { effect: 'hang-up' }, { effect: 'close' }] };
}

const enter: TakingStep = { state: { state: 'here' }, effects: [{ effect: 'enter' }, { effect: 'close' }] };

const lateReason = { asking: 'no-answer', joining: 'not-followed', committing: 'failed' } as const;

/** The next state and what to do. Here or off, nothing changes any more. Never throws. */
export function stepTaking(state: TakingState, event: TakingEvent): TakingStep {
  if (state.state === 'here' || state.state === 'off') return { state, effects: [] };
  switch (event.event) {
    case 'state':
      return state.state === 'asking'
        ? { state: { state: 'joining' }, effects: [{ effect: 'call' }, { effect: 'wait', timer: 'joining' }] }
        : { state, effects: [] };
    case 'ready':
      return state.state === 'joining'
        ? {
            state: { state: 'committing' },
            effects: [{ effect: 'say-commit' }, { effect: 'wait', timer: 'committing' }],
          }
        : { state, effects: [] };
    // The other person may have lost our other device, and shows us without having been told.
    case 'shown':
      return state.state === 'asking' ? { state, effects: [] } : enter;
    case 'done':
      return state.state === 'committing' ? enter : { state, effects: [] };
    case 'stay':
      return off(event.why);
    // From the commit on our other device may have left already: whether it has, the other person's device tells.
    case 'cut':
      return state.state === 'committing' ? { state, effects: [] } : off('failed');
    case 'call-over':
      return off('failed', { effect: 'say-stay', why: 'failed' });
    // Once our other device was told to leave there is no way back in between: for this moment nobody could say where the call is.
    case 'cancel':
      if (state.state === 'committing') return { state, effects: [] };
      return off('cancelled', { effect: 'say-stay', why: 'cancelled' });
    case 'late': {
      const why = lateReason[state.state];
      return off(why, { effect: 'say-stay', why: why === 'no-answer' ? 'failed' : why });
    }
  }
}

// The seat of whoever moves, at the other person.

/** `lost`: the former device was asked to leave, and the way to it is cut. */
export type SeatMoveState = 'making' | 'ready' | 'asked' | 'lost' | 'shown' | 'dropped';

export type SeatMoveEvent =
  /** The new device is proven to be theirs, and heard or seen. */
  | { readonly event: 'heard' }
  /** The new device has told the former one to leave. `isCut`: the way to the former one is cut. */
  | { readonly event: 'asked'; readonly isCut: boolean }
  /** The former device says that the other one goes on. */
  | { readonly event: 'moved' }
  | { readonly event: 'former-cut' }
  | { readonly event: 'former-back' }
  /** The way has been cut for so long that both devices have told each other what they had to. */
  | { readonly event: 'waited' }
  | { readonly event: 'former-over' }
  | { readonly event: 'over' }
  | { readonly event: 'late' };

type SeatMoveEffect = 'say-ready' | 'wait' | 'swap' | 'say-shown' | 'hang-up';

export interface SeatMoveStep {
  readonly state: SeatMoveState;
  readonly effects: readonly SeatMoveEffect[];
}

const swap: SeatMoveStep = { state: 'shown', effects: ['swap', 'say-shown'] };
const lost: SeatMoveStep = { state: 'lost', effects: ['wait'] };
const drop: SeatMoveStep = { state: 'dropped', effects: ['hang-up'] };

/** The next state and what to do. Shown or dropped, nothing changes any more. Never throws. */
export function stepSeatMove(state: SeatMoveState, event: SeatMoveEvent): SeatMoveStep {
  if (state === 'shown' || state === 'dropped') return { state, effects: [] };
  switch (event.event) {
    case 'heard':
      return state === 'making' ? { state: 'ready', effects: ['say-ready'] } : { state, effects: [] };
    case 'asked':
      if (state !== 'ready') return { state, effects: [] };
      return event.isCut ? lost : { state: 'asked', effects: [] };
    case 'moved':
      return state === 'making' ? drop : swap;
    // The former device may have left, and its goodbye is lost. Before it was asked to, it only has a bad network.
    case 'former-cut':
      return state === 'asked' ? lost : { state, effects: [] };
    case 'former-back':
      return { state: state === 'lost' ? 'asked' : state, effects: [] };
    case 'waited':
      return state === 'lost' ? swap : { state, effects: [] };
    case 'over':
      return { state: 'dropped', effects: [] };
    case 'former-over':
    case 'late':
      return drop;
  }
}
