// The end of a call to several: whether anybody came, and whose the reason is.
import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { CallPhase } from '../../../src/call/model/person-model.ts';
import { nobodyCame, ownReasonOf } from '../../../src/call/sheets/nobody-came.ts';
import type { EndReason } from '../../../src/core/call/end-reason.ts';

const inPhases = (...phases: readonly CallPhase[]) =>
  phases.map((phase) => ({ model: { phase: signal<CallPhase>(phase) } }));
const ended = (reason: EndReason, durationMs = 0): CallPhase => ({ phase: 'ended', reason, durationMs });
const over = (...reasons: readonly EndReason[]) => inPhases(...reasons.map((reason) => ended(reason)));

describe('nobody came', () => {
  test('when all of several are over and no call has begun', () => {
    expect(nobodyCame(over('declined', 'no-answer', 'connection-failed'))).toBe(true);
  });

  test.each([
    ['one of them was in the call', inPhases(ended('declined'), ended('remote-hung-up', 61_000))],
    ['one still rings', inPhases(ended('declined'), { phase: 'ringing' })],
    ['only one was called', over('declined')],
    ['there is no group', []],
  ])('is not said when %s', (_when, people) => {
    expect(nobodyCame(people)).toBe(false);
  });
});

describe('the reason', () => {
  test.each<[EndReason | undefined, readonly EndReason[]]>([
    ['cancelled', ['declined', 'cancelled', 'cancelled']],
    ['relays-unreachable', ['relays-unreachable', 'relays-unreachable']],
    ['clock-wrong', ['clock-wrong', 'clock-wrong']],
    [undefined, ['relays-unreachable', 'no-answer']],
    [undefined, ['declined', 'declined']],
  ])('is our own %s of %j', (own, reasons) => {
    expect(ownReasonOf(over(...reasons))).toBe(own);
  });
});
