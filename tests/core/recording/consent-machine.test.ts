// The recorder's side of consent: states and events, and that nobody is ever written without their own yes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  askingMs,
  type ConsentEffect,
  type ConsentEvent,
  type ConsentState,
  type Others,
  type Said,
  stepConsent,
  written,
} from '../../../src/core/recording/consent-machine.ts';

const id = 'recording';
const idle: ConsentState = { state: 'idle' };
const said = (yes: boolean | undefined, n = 1, forget = false): Said => ({ yes, n, forget });
const others = (answers: Readonly<Record<string, Said>>): Others => new Map(Object.entries(answers));
const begin = (answers: Readonly<Record<string, Said>>): ConsentEvent => ({
  event: 'begin',
  id,
  nowMs: 5,
  others: others(answers),
});
const heard = (answers: Readonly<Record<string, Said>>): ConsentEvent => ({ event: 'others', others: others(answers) });

/** What comes of events, one after the other. */
function run(...events: readonly ConsentEvent[]): { state: ConsentState; effects: readonly ConsentEffect[] } {
  let state = idle;
  let effects: readonly ConsentEffect[] = [];
  for (const event of events) ({ state, effects } = stepConsent(state, event));
  return { state, effects };
}

const on = [begin({ ben: said(undefined), cleo: said(undefined) }), heard({ ben: said(true), cleo: said(false) })];

describe('asking', () => {
  test('says so, waits, and writes nobody', () => {
    const { state, effects } = run(begin({ ben: said(undefined) }));
    expect(state).toMatchObject({ state: 'asking', id, sinceMs: 5 });
    expect(effects).toEqual([
      { effect: 'announce', rec: { id, state: 'asking', since: 5 } },
      { effect: 'set-timer', ms: askingMs },
    ]);
    expect(written(state)).toEqual(new Set());
  });

  test('goes on by one yes among two as soon as the other has answered, too', () => {
    expect(run(...on.slice(0, 1), heard({ ben: said(true), cleo: said(undefined) })).state.state).toBe('asking');
    const { state, effects } = run(...on);
    expect(state.state).toBe('on');
    expect(effects).toEqual([
      { effect: 'clear-timer' },
      { effect: 'announce', rec: { id, state: 'on', since: 5 } },
      { effect: 'open' },
      { effect: 'keep-answer', person: 'ben', n: 1 },
      { effect: 'keep-answer', person: 'cleo', n: 1 },
      { effect: 'write', person: 'ben' },
    ]);
  });

  test('whoever has said nothing when the time is up is not written', () => {
    const { state } = run(begin({ ben: said(true), cleo: said(undefined) }), { event: 'answers-due' });
    expect([state.state, written(state)]).toEqual(['on', new Set(['ben'])]);
  });

  test.each([
    ['in a call of two somebody says no', [begin({ ben: said(undefined) }), heard({ ben: said(false) })]],
    ['nobody has said anything in time', [begin({ ben: said(undefined) }), { event: 'answers-due' }]],
    ['there is nobody', [begin({}), { event: 'answers-due' }]],
  ] as const)('is over without a file when %s', (_what, events) => {
    const { state, effects } = run(...events);
    expect(state).toEqual({ state: 'over', end: { why: 'nobody-agreed' } });
    expect(effects).not.toContainEqual({ effect: 'open' });
    expect(effects).toContainEqual({ effect: 'announce', rec: undefined });
  });
});

describe('a recording that is on', () => {
  test('takes in whoever comes later by their own yes only', () => {
    const came = heard({ ben: said(true), cleo: said(false), dora: said(undefined) });
    expect(run(...on, came).effects).toEqual([]);
    const agreed = heard({ ben: said(true), cleo: said(false), dora: said(true, 2) });
    expect(run(...on, came, agreed).effects).toEqual([
      { effect: 'keep-answer', person: 'dora', n: 2 },
      { effect: 'write', person: 'dora' },
    ]);
  });

  test('cuts at once whoever takes the yes back, and deletes only after that', () => {
    expect(run(...on, heard({ ben: said(false, 2, true), cleo: said(false) })).effects).toEqual([
      { effect: 'cut', person: 'ben' },
      { effect: 'keep-answer', person: 'ben', n: 2 },
      { effect: 'forget', person: 'ben' },
    ]);
  });

  test('cuts whoever is gone, and goes on with them when they are back, unasked', () => {
    const gone = heard({ cleo: said(false) });
    expect(run(...on, gone).effects).toEqual([{ effect: 'cut', person: 'ben' }]);
    expect(run(...on, gone, heard({ ben: said(true), cleo: said(false) })).effects).toContainEqual({
      effect: 'write',
      person: 'ben',
    });
  });

  test('an older entry that comes by a longer way changes nothing', () => {
    const no = heard({ ben: said(false, 9), cleo: said(false) });
    const { state, effects } = run(...on, no, heard({ ben: said(true, 1), cleo: said(false) }));
    expect([written(state), effects]).toEqual([new Set(), []]);
  });

  test('writes nobody while it is paused, and the same people after that', () => {
    const paused = run(...on, { event: 'pause' });
    expect(paused.effects).toEqual([
      { effect: 'cut', person: 'ben' },
      { effect: 'pause-own' },
      { effect: 'announce', rec: { id, state: 'paused', since: 5 } },
    ]);
    expect(run(...on, { event: 'pause' }, { event: 'resume' }).effects).toEqual([
      { effect: 'announce', rec: { id, state: 'on', since: 5 } },
      { effect: 'resume-own' },
      { effect: 'write', person: 'ben' },
    ]);
  });

  test.each(['ben', 'cleo'])('%s may stop it, who agreed or not', (by) => {
    const { state, effects } = run(...on, { event: 'halt', id, by });
    expect(state).toEqual({ state: 'over', end: { why: 'stopped', by } });
    expect(effects).toEqual([
      { effect: 'cut', person: 'ben' },
      { effect: 'announce', rec: undefined },
      { effect: 'close', end: { why: 'stopped', by } },
    ]);
  });

  test('nobody stops it from outside, nor another one', () => {
    for (const event of [
      { event: 'halt', id, by: 'eve' },
      { event: 'halt', id: 'another', by: 'ben' },
    ] as const)
      expect(run(...on, event)).toMatchObject({ state: { state: 'on' }, effects: [] });
  });

  test('goes on after a crash with those who still agree, unasked', () => {
    const { state, effects } = run({
      event: 'go-on',
      id,
      sinceMs: 5,
      others: others({ ben: said(true), cleo: said(false) }),
    });
    expect(state).toMatchObject({ state: 'on', sinceMs: 5 });
    expect(written(state)).toEqual(new Set(['ben']));
    expect(effects[0]).toEqual({ effect: 'announce', rec: { id, state: 'on', since: 5 } });
  });
});

const states: readonly (readonly [string, ConsentState])[] = [
  ['idle', idle],
  ['asking', run(...on.slice(0, 1)).state],
  ['on', run(...on).state],
  ['paused', run(...on, { event: 'pause' }).state],
  ['over', run(...on, { event: 'stop' }).state],
];

test('every event in every state leads where the drawing says', () => {
  const events: readonly ConsentEvent[] = [
    begin({ ben: said(undefined) }),
    { event: 'go-on', id, sinceMs: 1, others: new Map() },
    heard({ ben: said(undefined), cleo: said(undefined) }),
    { event: 'answers-due' },
    { event: 'pause' },
    { event: 'resume' },
    { event: 'stop' },
    { event: 'halt', id, by: 'ben' },
    { event: 'call-ended' },
    { event: 'failed' },
  ];
  const table = states.map(([name, state]) => [name, ...events.map((event) => stepConsent(state, event).state.state)]);
  expect(table).toEqual([
    //         begin     go-on     others    due       pause     resume    stop    halt    ended   failed
    ['idle', 'asking', 'on', 'idle', 'idle', 'idle', 'idle', 'idle', 'idle', 'idle', 'idle'],
    ['asking', 'asking', 'asking', 'asking', 'over', 'asking', 'asking', 'over', 'over', 'over', 'over'],
    ['on', 'on', 'on', 'on', 'on', 'paused', 'on', 'over', 'over', 'over', 'over'],
    ['paused', 'paused', 'paused', 'paused', 'paused', 'paused', 'on', 'over', 'over', 'over', 'over'],
    ['over', 'over', 'over', 'over', 'over', 'over', 'over', 'over', 'over', 'over', 'over'],
  ]);
});

/** People who come, go, change their minds and are told of by old entries. */
const anyOthers = fc
  .dictionary(
    fc.constantFrom('ben', 'cleo', 'dora'),
    fc.record({ yes: fc.constantFrom(true, false, undefined), n: fc.nat(5), forget: fc.boolean() }),
    { noNullPrototype: true },
  )
  .map((answers) =>
    others(
      Object.fromEntries(
        Object.entries(answers).map(([person, one]) => [person, { ...one, forget: one.forget && one.yes === false }]),
      ),
    ),
  );

const anyEvent: fc.Arbitrary<ConsentEvent> = fc.oneof(
  { weight: 6, arbitrary: anyOthers.map((who) => ({ event: 'others', others: who }) as const) },
  anyOthers.map((who) => ({ event: 'begin', id, nowMs: 1, others: who }) as const),
  fc.constantFrom({ event: 'answers-due' }, { event: 'pause' }, { event: 'resume' }, { event: 'resume' } as const),
  fc.constantFrom({ event: 'stop' }, { event: 'halt', id, by: 'ben' }, { event: 'call-ended' } as const),
);

test('whatever people say, and in whatever order: nobody is written but while their newest word is yes', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      let state: ConsentState = idle;
      const open = new Set<string>();
      /** The newest that each has said while they were there. */
      let here = new Map<string, Said>();
      for (const event of [begin({ ben: said(undefined) }), ...events]) {
        const step = stepConsent(state, event);
        if ((event.event === 'begin' && state.state === 'idle') || event.event === 'others')
          here = new Map(
            [...event.others].map(([person, one]) => {
              const known = here.get(person);
              return [person, known && known.n > one.n ? known : one];
            }),
          );
        state = step.state;
        for (const effect of step.effects) {
          if (effect.effect === 'write') {
            expect([state.state, here.get(effect.person)?.yes]).toEqual(['on', true]);
            open.add(effect.person);
          }
          if (effect.effect === 'cut') open.delete(effect.person);
          if (effect.effect === 'forget') expect(open.has(effect.person)).toBe(false);
        }
        expect(open).toEqual(written(state));
        for (const person of open) expect(here.get(person)?.yes).toBe(true);
      }
    }),
  );
});
