// The callee's machine: every state against every event, and the promises that people rely on.
import { describe, expect, test } from 'vitest';
import {
  type RingCall,
  type RingEvent,
  type RingState,
  ringDeadline,
  ringMs,
  silenceMs,
  stepRing,
} from '../../../src/core/call/ring-machine.ts';

const call: RingCall = {
  callId: 'id',
  contactId: 'alice',
  contactName: 'Alice',
  media: 'video',
  st: '',
  ek: '',
  cm: '',
  callerDev: 'd',
  nonce: 'fresh',
  invitedAt: 0,
  expiresAt: ringMs,
};
const verifying: RingState = { state: 'verifying' };
const ringing: RingState = { state: 'ringing', since: 1_000, lastAliveAt: 1_000 };
const answered: RingState = { state: 'answered', at: 2_000, media: 'video' };
const over: RingState = { state: 'over', at: 3_000, outcome: 'declined' };

const events: Record<string, RingEvent> = {
  invited: { event: 'invited' },
  alive: { event: 'alive', nonce: 'fresh' },
  'stale alive': { event: 'alive', nonce: 'old' },
  answer: { event: 'answer', media: 'audio', inPage: false },
  'answer in the page': { event: 'answer', media: 'audio', inPage: true },
  decline: { event: 'decline' },
  cancelled: { event: 'cancelled' },
  'taken elsewhere': { event: 'taken', byThisDevice: false, how: 'answered' },
  'taken here': { event: 'taken', byThisDevice: true, how: 'answered' },
  tick: { event: 'tick' },
};

/** State and event -> next state and effects, at 5 s. */
const table: readonly [RingState, string, string, string[]][] = [
  [verifying, 'invited', 'verifying', ['send-ringing']],
  [verifying, 'alive', 'ringing', ['start-ringing']],
  [verifying, 'stale alive', 'verifying', ['send-ringing']],
  [verifying, 'answer', 'verifying', ['ignored']],
  [verifying, 'answer in the page', 'verifying', ['ignored']],
  [verifying, 'decline', 'verifying', ['ignored']],
  [verifying, 'cancelled', 'over', ['record']],
  [verifying, 'taken elsewhere', 'over', ['record']],
  [verifying, 'taken here', 'over', ['record']],
  [verifying, 'tick', 'verifying', []],
  [ringing, 'invited', 'ringing', ['send-ringing']],
  [ringing, 'alive', 'ringing', []],
  [ringing, 'stale alive', 'ringing', ['ignored']],
  [ringing, 'answer', 'answered', ['stop-ringing', 'open-call']],
  [ringing, 'answer in the page', 'answered', ['stop-ringing', 'page-has-it']],
  [ringing, 'decline', 'over', ['send-decline', 'stop-ringing', 'record']],
  [ringing, 'cancelled', 'over', ['stop-ringing', 'record']],
  [ringing, 'taken elsewhere', 'over', ['stop-ringing', 'record']],
  // Seen to end calls that had just been accepted, now and then: the caller's word overtook the own page's.
  [ringing, 'taken here', 'answered', ['stop-ringing', 'page-has-it']],
  [ringing, 'tick', 'ringing', []],
  [answered, 'invited', 'answered', ['ignored']],
  [answered, 'alive', 'answered', ['ignored']],
  [answered, 'stale alive', 'answered', ['ignored']],
  [answered, 'answer', 'answered', ['ignored']],
  [answered, 'answer in the page', 'answered', ['ignored']],
  [answered, 'decline', 'answered', ['ignored']],
  [answered, 'cancelled', 'over', ['stop-ringing', 'record']],
  [answered, 'taken elsewhere', 'over', ['stop-ringing', 'record']],
  [answered, 'taken here', 'answered', []],
  [answered, 'tick', 'answered', []],
  ...Object.keys(events).map((name): [RingState, string, string, string[]] => [
    over,
    name,
    'over',
    name === 'tick' ? [] : ['ignored'],
  ]),
];

describe('every event in every state', () => {
  test.each(table)('%o on %s', (state, name, next, effects) => {
    const event = events[name];
    if (!event) throw new Error(name);
    const step = stepRing(call, state, event, 5_000);
    expect(step.state.state).toBe(next);
    expect(step.effects.map(({ effect }) => effect)).toEqual(effects);
  });

  test('the table leaves nothing out', () => {
    expect(table).toHaveLength(4 * Object.keys(events).length);
  });
});

describe('another device', () => {
  // Seen to fail with `answered-elsewhere` for every `taken`.
  test.each([verifying, ringing, answered])(
    'took or declined the call while this one was %o: the ring ends as that',
    (state) => {
      for (const how of ['answered', 'declined'] as const)
        expect(stepRing(call, state, { event: 'taken', byThisDevice: false, how }, 5_000).state).toMatchObject({
          state: 'over',
          outcome: how === 'answered' ? 'answered-elsewhere' : 'declined-elsewhere',
        });
    },
  );
});

describe('time', () => {
  test('a ring without a sign of life ends after 25 seconds as a missed call', () => {
    expect(ringDeadline(call, ringing)).toBe(1_000 + silenceMs);
    expect(stepRing(call, ringing, { event: 'tick' }, 1_000 + silenceMs - 1).state).toBe(ringing);
    const step = stepRing(call, ringing, { event: 'tick' }, 1_000 + silenceMs);
    expect(step.state).toMatchObject({ state: 'over', outcome: 'missed' });
    expect(step.effects.map(({ effect }) => effect)).toEqual(['stop-ringing', 'record']);
  });

  test('signs of life prolong the ring, but never beyond 60 seconds', () => {
    const alive = stepRing(call, ringing, { event: 'alive', nonce: 'fresh' }, 50_000).state;
    expect(ringDeadline(call, alive)).toBe(ringMs);
    expect(stepRing(call, alive, { event: 'tick' }, ringMs).state).toMatchObject({ outcome: 'missed' });
  });

  test('an invite that nobody proves to be fresh never rings and becomes a missed call', () => {
    const step = stepRing(call, verifying, { event: 'tick' }, ringMs);
    expect(step.effects).toEqual([{ effect: 'record', outcome: 'missed' }]);
  });

  test('a right nonce after the invite has expired does not ring', () => {
    expect(stepRing(call, verifying, { event: 'alive', nonce: 'fresh' }, ringMs).effects[0]?.effect).toBe('ignored');
  });
});
