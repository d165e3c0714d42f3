// A call that goes over to another device: all three who have a part in it together, in every order of what may happen.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type GivingEvent,
  type GivingState,
  handOverMs,
  type SeatMoveEvent,
  type SeatMoveState,
  startGiving,
  startTaking,
  stepGiving,
  stepSeatMove,
  stepTaking,
  type TakingEvent,
  type TakingState,
} from '../../../src/core/call/hand-over.ts';

/** What may be under way between two of the three. */
type Word = 'state' | 'commit' | 'done' | 'stay' | 'ready' | 'shown' | 'bye moved' | 'bye' | 'invite' | 'asked';
type Who = 'giving' | 'taking' | 'seat';

/** Three machines and the words between them, each of which may be lost; nobody is anywhere but in the machines. */
class Move {
  giving: GivingState = startGiving.state;
  taking: TakingState = startTaking.state;
  seat: SeatMoveState | undefined;
  /** Whom the other person's device shows. */
  shows: 'giving' | 'taking' | 'nobody' = 'giving';
  hasHungUp = false;
  isOwnLinkUp = true;
  isFormerUp = true;
  isFormerCut = false;
  readonly way: { readonly to: Who; readonly word: Word }[] = [];

  tell(to: Who, word: Word): void {
    const isBetweenOwn = ['state', 'commit', 'done', 'stay'].includes(word);
    if (!isBetweenOwn || this.isOwnLinkUp) this.way.push({ to, word });
  }

  give(event: GivingEvent): void {
    const { state, effects } = stepGiving(this.giving, event);
    this.giving = state;
    for (const { effect } of effects) {
      if (effect === 'tell-state') this.tell('taking', 'state');
      if (effect === 'say-done') this.tell('taking', 'done');
      if (effect === 'say-stay') this.tell('taking', 'stay');
      if (effect === 'leave') this.tell('seat', 'bye moved');
    }
  }

  take(event: TakingEvent): void {
    const { state, effects } = stepTaking(this.taking, event);
    this.taking = state;
    for (const { effect } of effects) {
      if (effect === 'call') this.tell('seat', 'invite');
      if (effect === 'say-commit') {
        this.tell('giving', 'commit');
        this.tell('seat', 'asked');
      }
      if (effect === 'say-stay') this.tell('giving', 'stay');
      if (effect === 'hang-up') this.tell('seat', 'bye');
    }
  }

  sit(event: SeatMoveEvent): void {
    if (!this.seat) return;
    const { state, effects } = stepSeatMove(this.seat, event);
    this.seat = state;
    for (const effect of effects) {
      if (effect === 'say-ready') this.tell('taking', 'ready');
      if (effect === 'say-shown') this.tell('taking', 'shown');
      if (effect === 'swap') this.shows = 'taking';
      if (effect === 'hang-up') this.take({ event: 'call-over' });
    }
  }

  /** The word `at` this place of those under way arrives, or is lost. */
  deliver(at: number, isLost: boolean): void {
    const [one] = this.way.splice(at, 1);
    if (!one || isLost) return;
    const { to, word } = one;
    if (to === 'giving') this.give(word === 'commit' ? { event: 'commit' } : { event: 'stay' });
    else if (to === 'taking') {
      if (word === 'stay') this.take({ event: 'stay', why: 'kept' });
      else if (word === 'state' || word === 'ready' || word === 'shown' || word === 'done') this.take({ event: word });
    } else if (word === 'invite') this.seat ??= 'making';
    else if (word === 'asked') this.sit({ event: 'asked', isCut: this.isFormerCut });
    else if (word === 'bye') {
      this.sit({ event: 'over' });
      if (this.shows === 'taking') this.shows = 'nobody';
    } else {
      this.sit({ event: 'moved' });
      if (this.shows === 'giving') this.shows = 'nobody';
    }
  }

  /** All deadlines pass, and what is under way arrives. */
  end(): void {
    const settle = (): void => {
      while (this.way.length > 0) this.deliver(0, false);
    };
    settle();
    this.sit({ event: 'waited' });
    settle();
    this.take({ event: 'late' });
    settle();
    this.give({ event: 'late' });
    settle();
    this.sit({ event: 'late' });
    settle();
    // The way to the device that was left is closed; one that is not shown any more has nobody.
    if (this.shows === 'taking' && this.giving.state === 'kept') this.isFormerUp = false;
  }
}

const step = fc.record({
  what: fc.constantFrom('deliver', 'lose', 'link', 'heard', 'keep', 'cancel', 'cut', 'former-cut'),
  at: fc.nat({ max: 5 }),
});

describe('all three together', () => {
  test('nobody is in the call twice, and somebody is, whatever is lost and in whichever order it comes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const move = new Move();
        for (const { what, at } of steps) {
          if (what === 'deliver' || what === 'lose') {
            const index = move.way.length > 0 ? at % move.way.length : 0;
            // Data channels lose nothing; the words of two own devices are lost with their link, and so is a goodbye with its.
            const word = move.way[index]?.word;
            move.deliver(index, what === 'lose' && word === 'invite');
          } else if (what === 'link') move.give({ event: 'link' });
          else if (what === 'heard' && move.seat) move.sit({ event: 'heard' });
          else if (what === 'keep') move.give({ event: 'keep' });
          else if (what === 'cancel' && move.taking.state !== 'here') move.take({ event: 'cancel' });
          else if (what === 'cut') {
            move.isOwnLinkUp = false;
            move.way.splice(
              0,
              move.way.length,
              ...move.way.filter(({ word }) => !['state', 'commit', 'done', 'stay'].includes(word)),
            );
            move.give({ event: 'cut' });
            move.take({ event: 'cut' });
          } else if (what === 'former-cut' && move.giving.state !== 'gone') {
            move.isFormerCut = true;
            move.sit({ event: 'former-cut' });
          }
        }
        move.end();
        const isThere = move.giving.state !== 'gone' && move.isFormerUp;
        const isHere = move.taking.state === 'here';
        const cancelled = move.taking.state === 'off' && move.taking.why === 'cancelled';
        expect([isThere, isHere], JSON.stringify(move)).not.toEqual([true, true]);
        // Whoever calls it off in the moment in which the other device leaves has hung up.
        if (!cancelled) expect(move.shows, JSON.stringify(move)).not.toBe('nobody');
        if (isHere) expect(move.shows).toBe('taking');
      }),
      { numRuns: 3_000 },
    );
  });

  test('the device that has the call waits longer than the other one may take', () => {
    expect(handOverMs.handing).toBeGreaterThan(handOverMs.joining + handOverMs.committing);
    expect(handOverMs.seat).toBeGreaterThan(handOverMs.handing);
  });
});
