// A call that goes over to another device: each of the three machines in every state.
import { describe, expect, test } from 'vitest';
import {
  type GivingEvent,
  type GivingState,
  type SeatMoveEvent,
  type SeatMoveState,
  stepGiving,
  stepSeatMove,
  stepTaking,
  type TakingEvent,
  type TakingState,
} from '../../../src/core/call/hand-over.ts';

const giving: readonly GivingState['state'][] = ['linking', 'handing', 'gone', 'kept'];
const givingEvents: readonly GivingEvent[] = [
  { event: 'link' },
  { event: 'cut' },
  { event: 'commit' },
  { event: 'stay' },
  { event: 'keep' },
  { event: 'refuse', why: 'over' },
  { event: 'late' },
];
const takingEvents: readonly TakingEvent[] = [
  { event: 'state' },
  { event: 'ready' },
  { event: 'shown' },
  { event: 'done' },
  { event: 'stay', why: 'kept' },
  { event: 'cut' },
  { event: 'call-over' },
  { event: 'cancel' },
  { event: 'late' },
];
const seatEvents: readonly SeatMoveEvent[] = [
  { event: 'heard' },
  { event: 'asked', isCut: false },
  { event: 'asked', isCut: true },
  { event: 'moved' },
  { event: 'former-cut' },
  { event: 'former-back' },
  { event: 'waited' },
  { event: 'former-over' },
  { event: 'over' },
  { event: 'late' },
];

const words = (effects: readonly ({ readonly effect: string } | string)[]) =>
  effects.map((one) => (typeof one === 'string' ? one : one.effect)).join(' ');

describe('every event in every state', () => {
  test('the device that has the call', () => {
    const table = giving.flatMap((state) =>
      givingEvents.map((event) => {
        const after = stepGiving({ state }, event);
        return `${state} ${event.event}: ${after.state.state}${after.effects.length > 0 ? ` (${words(after.effects)})` : ''}`;
      }),
    );
    expect(table.filter((line) => !/^(gone|kept)/.test(line))).toEqual([
      'linking link: handing (tell-state wait)',
      'linking cut: kept (close)',
      'linking commit: linking',
      'linking stay: kept (close)',
      'linking keep: kept (say-stay close)',
      'linking refuse: kept (say-stay close)',
      'linking late: kept (say-stay close)',
      'handing link: handing',
      'handing cut: kept (close)',
      'handing commit: gone (leave say-done close)',
      'handing stay: kept (close)',
      'handing keep: kept (say-stay close)',
      'handing refuse: kept (say-stay close)',
      'handing late: kept (say-stay close)',
    ]);
    for (const line of table.filter((one) => /^(gone|kept)/.test(one))) expect(line).toMatch(/^(\w+) [\w-]+: \1$/);
  });

  test('the device that takes it', () => {
    const states: readonly TakingState[] = [
      { state: 'asking' },
      { state: 'joining' },
      { state: 'committing' },
      { state: 'here' },
      { state: 'off', why: 'kept' },
    ];
    const table = states.flatMap((state) =>
      takingEvents.map((event) => {
        const { state: after, effects } = stepTaking(state, event);
        const why = after.state === 'off' ? ` ${after.why}` : '';
        return `${state.state} ${event.event}: ${after.state}${why}${effects.length > 0 ? ` (${words(effects)})` : ''}`;
      }),
    );
    expect(table.filter((line) => !/^(here|off)/.test(line))).toEqual([
      'asking state: joining (call wait)',
      'asking ready: asking',
      'asking shown: asking',
      'asking done: asking',
      'asking stay: off kept (hang-up close)',
      'asking cut: off failed (hang-up close)',
      'asking call-over: off failed (say-stay hang-up close)',
      'asking cancel: off cancelled (say-stay hang-up close)',
      'asking late: off no-answer (say-stay hang-up close)',
      'joining state: joining',
      'joining ready: committing (say-commit wait)',
      'joining shown: here (enter close)',
      'joining done: joining',
      'joining stay: off kept (hang-up close)',
      'joining cut: off failed (hang-up close)',
      'joining call-over: off failed (say-stay hang-up close)',
      'joining cancel: off cancelled (say-stay hang-up close)',
      'joining late: off not-followed (say-stay hang-up close)',
      'committing state: committing',
      'committing ready: committing',
      'committing shown: here (enter close)',
      'committing done: here (enter close)',
      'committing stay: off kept (hang-up close)',
      'committing cut: committing',
      'committing call-over: off failed (say-stay hang-up close)',
      'committing cancel: committing',
      'committing late: off failed (say-stay hang-up close)',
    ]);
  });

  test('the seat at the other person', () => {
    const states: readonly SeatMoveState[] = ['making', 'ready', 'asked', 'lost', 'shown', 'dropped'];
    const table = states.flatMap((state) =>
      seatEvents.map((event) => {
        const after = stepSeatMove(state, event);
        const cut = event.event === 'asked' && event.isCut ? ' cut' : '';
        return `${state} ${event.event}${cut}: ${[after.state, ...after.effects].join(' ')}`;
      }),
    );
    expect(table.filter((line) => !/^(shown|dropped)/.test(line))).toEqual([
      'making heard: ready say-ready',
      'making asked: making',
      'making asked cut: making',
      'making moved: dropped hang-up',
      'making former-cut: making',
      'making former-back: making',
      'making waited: making',
      'making former-over: dropped hang-up',
      'making over: dropped',
      'making late: dropped hang-up',
      'ready heard: ready',
      'ready asked: asked',
      'ready asked cut: lost wait',
      'ready moved: shown swap say-shown',
      'ready former-cut: ready',
      'ready former-back: ready',
      'ready waited: ready',
      'ready former-over: dropped hang-up',
      'ready over: dropped',
      'ready late: dropped hang-up',
      'asked heard: asked',
      'asked asked: asked',
      'asked asked cut: asked',
      'asked moved: shown swap say-shown',
      'asked former-cut: lost wait',
      'asked former-back: asked',
      'asked waited: asked',
      'asked former-over: dropped hang-up',
      'asked over: dropped',
      'asked late: dropped hang-up',
      'lost heard: lost',
      'lost asked: lost',
      'lost asked cut: lost',
      'lost moved: shown swap say-shown',
      'lost former-cut: lost',
      'lost former-back: asked',
      'lost waited: shown swap say-shown',
      'lost former-over: dropped hang-up',
      'lost over: dropped',
      'lost late: dropped hang-up',
    ]);
  });
});
