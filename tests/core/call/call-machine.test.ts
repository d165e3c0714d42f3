// The call machine: both roles from start to each ending, and what may never happen in any state.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CallEvent,
  type CallState,
  type CallStep,
  startIncoming,
  startOutgoing,
  stepCall,
} from '../../../src/core/call/call-machine.ts';
import { type CallTimer, callTimerMs } from '../../../src/core/call/call-timers.ts';

function following(start: CallStep, ...events: CallEvent[]): CallStep {
  return events.reduce((step, event) => stepCall(step.state, event), start);
}
const effectsOf = (step: CallStep) => step.effects.map(({ effect }) => effect);
const timer = (name: CallTimer): CallEvent => ({ event: 'timer', timer: name });
const up: CallEvent = { event: 'link-up' };
const connected: CallEvent = { event: 'link-connected', at: 1_000 };

describe('another device goes on with a call', () => {
  const connectedCall = following(startIncoming(), up, connected);

  test('that is up: the other side is told that it goes on, and there is no sound of an end', () => {
    const step = stepCall(connectedCall.state, { event: 'hand-over' });
    expect(step.state).toEqual({ state: 'ended', reason: 'moved-away' });
    expect(step.effects).toContainEqual({ effect: 'send-bye', why: 'moved' });
    expect(step.effects).toContainEqual({ effect: 'sound', sound: 'none' });
  });

  test('but not with one that is none yet, or none any more', () => {
    for (const { state } of [startOutgoing(), startIncoming(), stepCall(connectedCall.state, { event: 'hang-up' })])
      expect(effectsOf(stepCall(state, { event: 'hand-over' }))).toEqual(['ignored']);
  });

  test('a goodbye because of it is one, where nothing takes the place of the call', () => {
    const step = stepCall(connectedCall.state, { event: 'bye', moved: true });
    expect(step.state).toEqual({ state: 'ended', reason: 'remote-hung-up' });
  });
});

describe('a caller', () => {
  test('sends the invite at once and again until a device rings', () => {
    expect(effectsOf(startOutgoing())).toContain('send-invite');
    expect(effectsOf(following(startOutgoing(), timer('repeat-invite')))).toEqual(['send-invite', 'set-timer']);
    const ringing = following(startOutgoing(), { event: 'ringing' });
    expect(ringing.effects).toContainEqual({ effect: 'clear-timer', timer: 'repeat-invite' });
    expect(effectsOf(stepCall(ringing.state, timer('repeat-invite')))).toEqual(['ignored']);
  });

  test('hears ringback only after the other device rings', () => {
    expect(startOutgoing().effects.some(({ effect }) => effect === 'sound')).toBe(false);
    expect(following(startOutgoing(), { event: 'ringing' }).effects).toContainEqual({
      effect: 'sound',
      sound: 'ringback',
    });
  });

  test('whose knock is shown stops inviting, in silence: nothing rings, and nobody waits for a sign of life', () => {
    const shown = following(startOutgoing(), { event: 'shown' });
    expect(effectsOf(shown)).toEqual(['clear-timer', 'clear-timer']);
    expect(effectsOf(stepCall(shown.state, timer('repeat-invite')))).toEqual(['ignored']);
    expect(effectsOf(stepCall(shown.state, { event: 'shown' }))).toEqual([]);
  });

  test('tells the other devices who took the call', () => {
    const step = following(startOutgoing(), { event: 'ringing' }, { event: 'accepted' });
    expect(step.state).toEqual({ state: 'connecting', role: 'caller' });
    expect(step.effects).toContainEqual({ effect: 'send-taken', how: 'answered' });
  });

  test('connects when the accept overtakes the ringing', () => {
    expect(following(startOutgoing(), { event: 'accepted' }).state.state).toBe('connecting');
  });

  const endings: readonly [string, CallEvent[], string][] = [
    ['declined', [{ event: 'ringing' }, { event: 'declined' }], 'declined'],
    ['no place left', [{ event: 'shown' }, { event: 'declined', why: 'full' }], 'call-full'],
    ['locked', [{ event: 'declined', why: 'locked' }], 'call-locked'],
    ['the door is closed', [{ event: 'shown' }, { event: 'declined', why: 'closed' }], 'door-closed'],
    ['nobody decides', [{ event: 'shown' }, timer('give-up-ringing')], 'no-answer'],
    ['nobody answers', [{ event: 'ringing' }, timer('give-up-ringing')], 'no-answer'],
    ['no device rings', [timer('give-up-ringing')], 'unreachable'],
    ['busy', [{ event: 'busy' }, timer('settle-busy')], 'busy'],
    ['cancelled', [{ event: 'ringing' }, { event: 'hang-up' }], 'cancelled'],
    ['no relay', [{ event: 'relays-lost', clock: false }], 'relays-unreachable'],
    ['no way through', [{ event: 'accepted' }, timer('give-up-connecting')], 'connection-failed'],
    ['nothing to hide behind', [{ event: 'accepted' }, { event: 'no-relay-address' }], 'cannot-hide-address'],
    ['nothing to hide behind, before the answer is out', [{ event: 'no-relay-address' }], 'cannot-hide-address'],
    ['link fails', [{ event: 'accepted' }, { event: 'link-failed' }], 'connection-failed'],
    ['the other side never greets (F7)', [{ event: 'accepted' }, up, timer('give-up-proof')], 'not-proven'],
    [
      'the browser refuses the offer of an accept (F9)',
      [{ event: 'ringing' }, { event: 'link-failed' }],
      'connection-failed',
    ],
    ['the same before any device rings (F9)', [{ event: 'link-failed' }], 'connection-failed'],
    ['who accepted hangs up at once (F9)', [{ event: 'ringing' }, { event: 'bye' }], 'remote-hung-up'],
    ['hung up', [{ event: 'accepted' }, connected, { event: 'hang-up' }], 'hung-up'],
    ['they hang up', [{ event: 'accepted' }, connected, { event: 'bye' }], 'remote-hung-up'],
    [
      'lost',
      [{ event: 'accepted' }, connected, { event: 'link-interrupted' }, timer('give-up-reconnecting')],
      'connection-lost',
    ],
    ['forged', [{ event: 'accepted' }, { event: 'security-failed', check: 'certificate' }], 'security-check-failed'],
    ['words differ', [{ event: 'accepted' }, connected, { event: 'words-differ' }], 'words-different'],
  ];
  test.each(endings)('%s', (_name, events, reason) => {
    expect(following(startOutgoing(), ...events).state).toEqual({ state: 'ended', reason });
  });

  // Seen to fail with link-up taken for connected.
  test('whose link is up has not connected yet, and waits for the proof only once (F7)', () => {
    const step = following(startOutgoing(), { event: 'accepted' }, up);
    expect(step.state).toEqual({ state: 'connecting', role: 'caller', isUp: true });
    expect(step.effects).toEqual([
      { effect: 'clear-timer', timer: 'give-up-connecting' },
      { effect: 'set-timer', timer: 'give-up-proof' },
    ]);
    expect(effectsOf(stepCall(step.state, up))).toEqual(['ignored']);
    expect(stepCall(step.state, connected).state.state).toBe('connected');
  });

  test('whose winner leads nowhere tells that device and all others (F9)', () => {
    const { effects } = following(startOutgoing(), { event: 'ringing' }, { event: 'link-failed' });
    expect(effects).toContainEqual({ effect: 'send-bye', why: 'failed' });
    expect(effects).toContainEqual({ effect: 'send-cancel', why: 'cancelled' });
  });

  test('another device that rings after busy goes on ringing', () => {
    const step = following(startOutgoing(), { event: 'busy' }, { event: 'ringing' }, timer('settle-busy'));
    expect(step.state.state).toBe('ringing');
  });
});

describe('a callee', () => {
  test.each([
    ['the caller gave up', { event: 'cancelled-by-caller' }, 'caller-cancelled'],
    ['another own device was faster', { event: 'answered-elsewhere' }, 'answered-elsewhere'],
    ['no way through', timer('give-up-connecting'), 'connection-failed'],
    ['nothing to hide behind', { event: 'no-relay-address' }, 'cannot-hide-address'],
  ] as const)('%s', (_name, event, reason) => {
    expect(following(startIncoming(), event).state).toEqual({ state: 'ended', reason });
  });

  test('with nothing to hide behind tells the caller that it failed', () => {
    const step = following(startIncoming(), { event: 'no-relay-address' });
    expect(step.effects).toContainEqual({ effect: 'send-bye', why: 'failed' });
  });

  test('a call that is up goes on when a later gathering brings no relay address', () => {
    expect(following(startIncoming(), connected, { event: 'no-relay-address' }).state.state).toBe('connected');
  });

  test('a late cancel does not end a call that is up', () => {
    expect(following(startIncoming(), connected, { event: 'cancelled-by-caller' }).state.state).toBe('connected');
  });
});

describe('whatever happens', () => {
  const timers = Object.keys(callTimerMs) as CallTimer[];
  const anyEvent: fc.Arbitrary<CallEvent> = fc.oneof(
    fc.constantFrom<CallEvent>(
      { event: 'ringing' },
      { event: 'shown' },
      { event: 'accepted' },
      { event: 'declined' },
      { event: 'busy' },
      { event: 'cancelled-by-caller' },
      { event: 'answered-elsewhere' },
      { event: 'link-interrupted' },
      { event: 'link-failed' },
      { event: 'no-relay-address' },
      { event: 'bye' },
      { event: 'security-failed', check: 'certificate' },
      { event: 'words-differ' },
      { event: 'hang-up' },
      { event: 'relays-lost', clock: false },
      up,
      connected,
    ),
    fc.constantFrom(...timers).map(timer),
  );
  const start = fc.constantFrom(startOutgoing(), startIncoming());

  test('an ended call stays ended and says nothing more', () => {
    fc.assert(
      fc.property(start, fc.array(anyEvent, { maxLength: 30 }), (begin, events) => {
        let state: CallState = begin.state;
        for (const event of events) {
          const step = stepCall(state, event);
          if (state.state === 'ended') {
            expect(step.state).toBe(state);
            expect(effectsOf(step)).toEqual(['ignored']);
          }
          state = step.state;
        }
      }),
    );
  });

  test('every ending closes exactly once and leaves no timer running', () => {
    fc.assert(
      fc.property(start, fc.array(anyEvent, { maxLength: 30 }), (begin, events) => {
        const running = new Set<string>();
        let closed = 0;
        let step = begin;
        for (const event of [undefined, ...events]) {
          if (event) {
            // A timer that is not running cannot fire.
            if (event.event === 'timer' && !running.delete(event.timer)) continue;
            step = stepCall(step.state, event);
          }
          for (const effect of step.effects) {
            if (effect.effect === 'set-timer') running.add(effect.timer);
            if (effect.effect === 'clear-timer') running.delete(effect.timer);
            if (effect.effect === 'close') closed += 1;
          }
        }
        expect(closed).toBe(step.state.state === 'ended' ? 1 : 0);
        if (step.state.state === 'ended') expect([...running]).toEqual([]);
        // Nobody waits for ever: a call that is neither up nor over has a deadline.
        else if (step.state.state !== 'connected') expect(running.size).toBeGreaterThan(0);
      }),
    );
  });
});
