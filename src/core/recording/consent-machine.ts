// The recorder's side of consent (docs/protocol.md#recording): who is asked, whose tracks may be written now, and how it ends. Pure: what
// people say comes in from their newest signed entries, time with the events.
//
//   idle --begin--> asking --somebody agreed--> on <--pause, resume--> paused
//     |               |  nobody did                |                      |
//     |               v                            v                      v
//     |             over(nobody-agreed)          over(stopped by us or by anybody, call-ended, failed)
//     +--go-on--> on                             a page that was killed goes on with the same recording, within the call
//
// A person is written exactly while the state is `on`, they are in the call, and their own newest entry says yes to this recording.
import { assertNever } from '../base/assert-never.ts';

/** How long the others have for their answers. */
export const askingMs = 30_000;

/** What somebody in the call says of this recording in their newest entry; `yes` is undefined while they have said nothing. */
export interface Said {
  readonly n: number;
  readonly yes: boolean | undefined;
  readonly forget: boolean;
}

/** Everybody else in the call, whether we are linked to them or others forward them, guests included. */
export type Others = ReadonlyMap<string, Said>;

type RecordingEnd =
  | { readonly why: 'nobody-agreed' | 'call-ended' | 'failed' }
  /** `by` is undefined for the recorder. */
  | { readonly why: 'stopped'; readonly by: string | undefined };

interface Asked {
  readonly id: string;
  readonly sinceMs: number;
  readonly others: Others;
}

type Running = Asked & { readonly state: 'asking' | 'on' | 'paused' };

export type ConsentState =
  | { readonly state: 'idle' }
  | Running
  | { readonly state: 'over'; readonly end: RecordingEnd };

export type ConsentEvent =
  | { readonly event: 'begin'; readonly id: string; readonly nowMs: number; readonly others: Others }
  /** The page was gone in mid-recording; its log is there, and the call still runs. */
  | { readonly event: 'go-on'; readonly id: string; readonly sinceMs: number; readonly others: Others }
  /** Somebody came, left, or has a newer entry. */
  | { readonly event: 'others'; readonly others: Others }
  | { readonly event: 'answers-due' }
  | { readonly event: 'pause' }
  | { readonly event: 'resume' }
  | { readonly event: 'stop' }
  /** Somebody says that the recording has to stop. */
  | { readonly event: 'halt'; readonly id: string; readonly by: string }
  | { readonly event: 'call-ended' }
  /** The disk is full or does not answer. */
  | { readonly event: 'failed' };

export type ConsentEffect =
  /** What the own entry says from now on; undefined: nothing. */
  | {
      readonly effect: 'announce';
      readonly rec:
        | { readonly id: string; readonly state: 'asking' | 'on' | 'paused'; readonly since: number }
        | undefined;
    }
  | { readonly effect: 'set-timer'; readonly ms: number }
  | { readonly effect: 'clear-timer' }
  /** The folder and its log are made; from here on the recorder's own tracks are written. */
  | { readonly effect: 'open' }
  | { readonly effect: 'pause-own' | 'resume-own' }
  | { readonly effect: 'write' | 'cut'; readonly person: string }
  /** What was written of the person goes. */
  | { readonly effect: 'forget'; readonly person: string }
  /** The entry with the answer goes into the log: the person can check it later. */
  | { readonly effect: 'keep-answer'; readonly person: string; readonly n: number }
  | { readonly effect: 'close'; readonly end: RecordingEnd };

export interface ConsentStep {
  readonly state: ConsentState;
  readonly effects: readonly ConsentEffect[];
}

const same = (state: ConsentState): ConsentStep => ({ state, effects: [] });

/** Whose tracks are written in a state, without the recorder. */
export function written(state: ConsentState): ReadonlySet<string> {
  if (state.state !== 'on') return new Set();
  return new Set([...state.others].flatMap(([person, { yes }]) => (yes ? [person] : [])));
}

/** What we know of each is never replaced by something older: entries come by several ways. */
function newest(before: Others, now: Others): Others {
  return new Map(
    [...now].map(([person, said]) => {
      const known = before.get(person);
      return [person, known && known.n > said.n ? known : said];
    }),
  );
}

/** New answers for the log, and what is to be deleted by the wish of those it was written of. */
function answerEffects(before: Others, now: Others): readonly ConsentEffect[] {
  return [...now].flatMap(([person, said]): readonly ConsentEffect[] => {
    const known = before.get(person);
    if (said.yes === undefined || (known?.yes === said.yes && known.forget === said.forget)) return [];
    const kept: ConsentEffect = { effect: 'keep-answer', person, n: said.n };
    return said.forget ? [kept, { effect: 'forget', person }] : [kept];
  });
}

/** From one state to another of the same recording: who is written from now on, and who no longer is. */
function move(from: ConsentState, to: Running, before: Others): ConsentStep {
  const [was, is] = [written(from), written(to)];
  const cuts = [...was].flatMap((person): readonly ConsentEffect[] =>
    is.has(person) ? [] : [{ effect: 'cut', person }],
  );
  const writes = [...is].flatMap((person): readonly ConsentEffect[] =>
    was.has(person) ? [] : [{ effect: 'write', person }],
  );
  // Nothing is deleted that is still being written, and nothing is written before its answer is kept.
  return { state: to, effects: [...cuts, ...answerEffects(before, to.others), ...writes] };
}

const announce = ({ id, sinceMs }: Asked, state: 'asking' | 'on' | 'paused'): ConsentEffect => ({
  effect: 'announce',
  rec: { id, state, since: sinceMs },
});

function begin(asked: Asked): ConsentStep {
  const state: Running = { state: 'asking', ...asked };
  const effects: ConsentEffect[] = [announce(asked, 'asking'), { effect: 'set-timer', ms: askingMs }];
  return decide(state, { state, effects }, false);
}

/** On as soon as everybody has answered and somebody agreed; when time is up, with whoever has. */
function decide(state: Running, step: ConsentStep, isDue: boolean): ConsentStep {
  const answers = [...state.others.values()].map(({ yes }) => yes);
  if (!isDue && (answers.length === 0 || answers.includes(undefined))) return step;
  if (!answers.includes(true)) {
    const ended = end(state, { why: 'nobody-agreed' });
    return { state: ended.state, effects: [...step.effects, ...ended.effects] };
  }
  const { id, sinceMs, others } = state;
  const moved = move(state, { state: 'on', id, sinceMs, others }, new Map());
  return {
    state: moved.state,
    effects: [...step.effects, { effect: 'clear-timer' }, announce(state, 'on'), { effect: 'open' }, ...moved.effects],
  };
}

function end(state: Running, how: RecordingEnd): ConsentStep {
  const cuts = [...written(state)].map((person): ConsentEffect => ({ effect: 'cut', person }));
  const timer: readonly ConsentEffect[] = state.state === 'asking' ? [{ effect: 'clear-timer' }] : [];
  return {
    state: { state: 'over', end: how },
    effects: [...cuts, ...timer, { effect: 'announce', rec: undefined }, { effect: 'close', end: how }],
  };
}

/** In every state in which there is a recording. */
function whileRunning(state: Running, event: ConsentEvent): ConsentStep {
  const { id, sinceMs } = state;
  switch (event.event) {
    case 'others': {
      const others = newest(state.others, event.others);
      if (state.state === 'asking')
        return decide({ ...state, others }, { state: { ...state, others }, effects: [] }, false);
      return move(state, { state: state.state, id, sinceMs, others }, state.others);
    }
    case 'answers-due':
      return state.state === 'asking' ? decide(state, same(state), true) : same(state);
    case 'pause': {
      if (state.state !== 'on') return same(state);
      const paused = move(state, { ...state, state: 'paused' }, state.others);
      return {
        state: paused.state,
        effects: [...paused.effects, { effect: 'pause-own' }, announce(state, 'paused')],
      };
    }
    case 'resume': {
      if (state.state !== 'paused') return same(state);
      const on = move(state, { ...state, state: 'on' }, state.others);
      return { state: on.state, effects: [announce(state, 'on'), { effect: 'resume-own' }, ...on.effects] };
    }
    case 'stop':
      return end(state, { why: 'stopped', by: undefined });
    case 'halt':
      // Whoever is in the call may say so, whatever they have answered.
      return event.id === id && state.others.has(event.by) ? end(state, { why: 'stopped', by: event.by }) : same(state);
    case 'call-ended':
    case 'failed':
      return end(state, { why: event.event });
    case 'begin':
    case 'go-on':
      return same(state);
    default:
      return assertNever(event);
  }
}

/** The next state and what to do. Never throws. */
export function stepConsent(state: ConsentState, event: ConsentEvent): ConsentStep {
  switch (state.state) {
    case 'idle': {
      if (event.event === 'begin') return begin({ id: event.id, sinceMs: event.nowMs, others: event.others });
      if (event.event !== 'go-on') return same(state);
      const asked: Asked = { id: event.id, sinceMs: event.sinceMs, others: event.others };
      const moved = move(state, { state: 'on', ...asked }, new Map());
      return { state: moved.state, effects: [announce(asked, 'on'), { effect: 'open' }, ...moved.effects] };
    }
    case 'asking':
    case 'on':
    case 'paused':
      return whileRunning(state, event);
    case 'over':
      return same(state);
    default:
      return assertNever(state);
  }
}
