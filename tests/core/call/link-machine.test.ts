// The link machine: what it does about an interruption, how often, and when it stops.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type LinkEffect,
  type LinkEvent,
  type LinkState,
  type LinkStep,
  stepLink,
} from '../../../src/core/call/link-machine.ts';

const connected: LinkState = { state: 'connected' };
const interrupted: LinkState = { state: 'interrupted', tries: 1, heard: false, emptyExchanges: 0 };

function following(start: LinkState, ...events: LinkEvent[]): LinkStep {
  return events.reduce<LinkStep>((step, event) => stepLink(step.state, event), { state: start, effects: [] });
}
const did = ({ effects }: LinkStep) => effects.map(({ effect }) => effect);
const retryIn = ({ effects }: LinkStep) =>
  effects.flatMap((effect) => (effect.effect === 'set-timer' && effect.timer === 'retry-due' ? [effect.ms] : []));

describe('an interruption', () => {
  test('is told, and a new way is sought at once, with the relays', () => {
    const step = following(connected, 'interrupted');
    expect(step.state.state).toBe('interrupted');
    expect(did(step)).toEqual(['tell', 'clear-timer', 'join-relays', 'restart', 'set-timer']);
  });

  test('is answered with tries at growing intervals: 2, 3, 5, 7, 7 s', () => {
    const waits: number[] = [];
    let step = following(connected, 'interrupted');
    for (let tries = 0; tries < 5; tries++) {
      waits.push(...retryIn(step));
      step = stepLink(step.state, 'retry-due');
    }
    expect(waits).toEqual([2_000, 3_000, 5_000, 7_000, 7_000]);
  });

  test('with nothing heard takes new sockets every second try', () => {
    const steps = [following(interrupted, 'retry-due')];
    for (const previous of [0, 1, 2]) steps.push(stepLink(steps[previous]?.state ?? connected, 'retry-due'));
    expect(steps.map((step) => did(step).includes('renew-relays'))).toEqual([false, true, false, true]);
  });

  test('with the other side heard keeps its sockets, and gives an exchange its time', () => {
    const heard = following(interrupted, 'heard');
    expect(retryIn(heard)).toEqual([5_000]);
    expect(did(stepLink(heard.state, 'retry-due'))).toEqual(['restart', 'set-timer']);
  });

  test('makes a new connection after two exchanges that brought nothing, and then begins to count anew', () => {
    const step = following(interrupted, 'heard', 'retry-due', 'heard', 'retry-due');
    expect(did(step)).toContain('rebuild');
    expect(did(following(step.state, 'heard', 'retry-due'))).toContain('restart');
  });

  test('makes a new connection at once where the old one is broken', () => {
    expect(did(following(connected, 'broken'))).toContain('rebuild');
    expect(did(following(interrupted, 'broken'))).toContain('rebuild');
  });

  test('with the network back tries at once over new sockets', () => {
    expect(did(following(interrupted, 'retry-due', 'online'))).toEqual(['renew-relays', 'restart', 'set-timer']);
  });

  test('says its offer again when a relay comes up, but not once the other side was heard', () => {
    expect(did(following(interrupted, 'relay-up'))).toEqual(['offer-again']);
    expect(did(following(interrupted, 'heard', 'relay-up'))).toEqual([]);
  });

  test('is over with the first packets: a key frame is asked for and the relays are left after a while', () => {
    const step = following(interrupted, 'up');
    expect(step.state).toEqual(connected);
    expect(did(step)).toEqual(['tell', 'ask-key-frame', 'clear-timer', 'set-timer']);
    expect(did(stepLink(step.state, 'relays-idle'))).toEqual(['leave-relays']);
  });
});

describe('a link that is up', () => {
  test('looks for a better way when the browser has a new network, and stays up', () => {
    const step = following(connected, 'online');
    expect(step.state).toEqual(connected);
    expect(did(step)).toEqual(['restart']);
  });

  test('is told of once', () => {
    expect(did(following({ state: 'negotiating' }, 'up'))).toEqual(['tell']);
    expect(did(following({ state: 'negotiating' }, 'up', 'up'))).toEqual([]);
  });

  test('does not go to the relays while it is first negotiated', () => {
    for (const event of ['interrupted', 'broken', 'online', 'relay-up', 'retry-due'] as const)
      expect(following({ state: 'negotiating' }, event)).toEqual({ state: { state: 'negotiating' }, effects: [] });
  });
});

const anyEvent = fc.constantFrom<LinkEvent>(
  'up',
  'interrupted',
  'broken',
  'heard',
  'online',
  'relay-up',
  'retry-due',
  'relays-idle',
  'closed',
);

describe('whatever happens', () => {
  test('a closed link does nothing more, and its timers are gone', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), fc.array(anyEvent), (before, later) => {
        const closing = following({ state: 'negotiating' }, ...before, 'closed');
        let step = closing;
        for (const event of later) {
          step = stepLink(step.state, event);
          expect(step).toEqual({ state: { state: 'closed' }, effects: [] });
        }
      }),
    );
  });

  test('an interrupted link always waits for its next try, a connected one for none', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        let state: LinkState = { state: 'negotiating' };
        let waits = false;
        const apply = (effect: LinkEffect): void => {
          if (effect.effect === 'set-timer' && effect.timer === 'retry-due') waits = true;
          if (effect.effect === 'clear-timer' && effect.timer === 'retry-due') waits = false;
        };
        for (const event of events) {
          if (event === 'retry-due' && !waits) continue;
          if (event === 'retry-due') waits = false;
          const step = stepLink(state, event);
          state = step.state;
          step.effects.forEach(apply);
          expect(waits).toBe(state.state === 'interrupted');
        }
      }),
    );
  });
});
