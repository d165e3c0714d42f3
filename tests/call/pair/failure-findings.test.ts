// The exchange after a failed call by itself: what it shows, in which order, and when the relays may be left.
import { beforeEach, describe, expect, test } from 'vitest';
import type { WhyFailed } from '../../../src/call/model/why-failed.ts';
import { FailureFindings } from '../../../src/call/pair/failure-findings.ts';
import type { CheckStep } from '../../../src/core/network/check-steps.ts';
import { type SharedFindings, sharedFindings } from '../../../src/core/network/network-findings.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { ownNetwork, theirNetwork } from '../../support/samples/sample-findings.ts';

const own = ownNetwork({ nat: 'address-dependent' });
const theirs = theirNetwork({ udp: 'blocked' });

let clock: ManualClock;
let shown: WhyFailed[];
let sent: SharedFindings[];
let faults: unknown[];
let step: (step: CheckStep) => void;

beforeEach(() => {
  clock = new ManualClock();
  [shown, sent, faults] = [[], [], []];
});

/** Looking takes two seconds. */
function failure(looked: 'finds' | 'fails' = 'finds'): FailureFindings {
  return new FailureFindings({
    clock,
    steps: ['relays', 'way-out'],
    findOut: (onStep) => {
      step = onStep;
      return new Promise((resolve, reject) =>
        clock.after(2_000, () => (looked === 'finds' ? resolve(own) : reject(new Error('no network stack')))),
      );
    },
    show: (why) => shown.push(why),
    fault: (error) => faults.push(error),
  });
}

/** Begins, and tells whether it is over. */
function begin(one: FailureFindings, isTold = true): { isOver: boolean } {
  const progress = { isOver: false };
  const send = (findings: SharedFindings): boolean => {
    if (isTold) sent.push(findings);
    return isTold;
  };
  void one.exchange(send).then(() => {
    progress.isOver = true;
  });
  return progress;
}

const states = () => shown.map(({ state }) => state);

describe('after a failed call', () => {
  test('looks, tells, waits, and knows when the other side has spoken', async () => {
    const one = failure();
    const progress = begin(one);
    step('relays');
    await clock.advance(1_999);
    expect(shown).toEqual([
      { state: 'looking', steps: ['relays', 'way-out'], done: [] },
      { state: 'looking', steps: ['relays', 'way-out'], done: ['relays'] },
    ]);
    await clock.advance(1);
    expect(sent).toEqual([sharedFindings(own)]);
    expect(states().at(-1)).toBe('waiting');
    await clock.advance(500);
    one.hear(theirs);
    await clock.advance(0);
    expect(shown.at(-1)).toEqual({ state: 'known', own, theirs });
    // What was just sent is still on its way.
    expect(progress.isOver).toBe(false);
    await clock.advance(1_500);
    expect(progress.isOver).toBe(true);
  });

  test('what came before this side noticed the end counts, and only the first of it', async () => {
    const one = failure();
    one.hear(theirs);
    one.hear(theirNetwork());
    expect(shown).toEqual([]);
    begin(one);
    await clock.advance(2_000);
    expect(shown.at(-1)).toEqual({ state: 'known', own, theirs });
  });

  test('nothing comes: after ten seconds the own findings have to do', async () => {
    const progress = begin(failure());
    await clock.advance(9_999);
    expect(states().at(-1)).toBe('waiting');
    await clock.advance(1);
    expect(shown.at(-1)).toEqual({ state: 'known', own, theirs: undefined });
    await clock.advance(19_999);
    expect(progress.isOver).toBe(false);
    await clock.advance(1);
    expect(states().filter((state) => state === 'known')).toHaveLength(1);
    expect(progress.isOver).toBe(true);
  });

  test('what comes after ten seconds puts the verdict right', async () => {
    const one = failure();
    const progress = begin(one);
    await clock.advance(25_000);
    one.hear(theirs);
    await clock.advance(0);
    expect(shown.slice(-2)).toEqual([
      { state: 'known', own, theirs: undefined },
      { state: 'known', own, theirs },
    ]);
    expect(progress.isOver).toBe(true);
  });

  test('nobody can be told: nobody is waited for', async () => {
    const progress = begin(failure(), false);
    await clock.advance(2_000);
    expect(states()).toEqual(['looking', 'known']);
    expect(progress.isOver).toBe(true);
  });

  test('looking itself fails: nothing is claimed, and the goodbye still has its time', async () => {
    const progress = begin(failure('fails'));
    await clock.advance(2_000);
    expect(states()).toEqual(['looking', 'none']);
    expect([faults.length, sent.length, progress.isOver]).toEqual([1, 0, false]);
    await clock.advance(2_000);
    expect(progress.isOver).toBe(true);
  });
});
