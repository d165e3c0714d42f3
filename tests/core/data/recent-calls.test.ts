// Which entries of the history are one call to people.
import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../src/core/data/history-entry.ts';
import { calledIn, longest, missedCalls, recentCalls } from '../../../src/core/data/recent-calls.ts';

let made = 0;

function entry(contactId: string, more: Partial<HistoryEntry> = {}): HistoryEntry {
  made += 1;
  return {
    callId: `call ${made}`,
    contactId,
    contactName: contactId,
    direction: 'outgoing',
    media: 'video',
    outcome: 'answered',
    at: made,
    durationMs: 0,
    seen: true,
    ...more,
  };
}

/** As the store gives them: newest first. */
const told = (...oldestFirst: HistoryEntry[]) =>
  recentCalls([...oldestFirst].reverse()).map(({ entry: { contactId }, beside }) => [
    contactId,
    ...beside.map((one) => one.contactId),
  ]);

describe('the history as people remember it', () => {
  test('calls that know of no page stand alone, newest first', () => {
    expect(told(entry('bob'), entry('carol'), entry('bob'))).toEqual([['bob'], ['carol'], ['bob']]);
    expect(told()).toEqual([]);
  });

  test('what one page called is one call, where its last part happened', () => {
    const page = { page: 'one' };
    expect(told(entry('bob', page), entry('erin'), entry('carol', page), entry('dave', { page: 'two' }))).toEqual([
      ['dave'],
      ['bob', 'carol'],
      ['erin'],
    ]);
  });

  test('whoever answered first stands for it; where nobody did, the first', () => {
    const page = { page: 'one' };
    const [bob, carol] = [entry('bob', { ...page, outcome: 'no-answer' }), entry('carol', page)];
    expect(told(bob, carol, entry('dave', page))).toEqual([['carol', 'bob', 'dave']]);
    expect(told(bob, entry('erin', { ...page, outcome: 'declined' }))).toEqual([['bob', 'erin']]);
  });

  test('lasted as long as its longest part; whoever was called twice is called again once', () => {
    const page = { page: 'one' };
    const [call] = recentCalls([
      entry('bob', { ...page, durationMs: 5 }),
      entry('carol', { ...page, durationMs: 70 }),
      entry('bob', { ...page, durationMs: 20 }),
    ]);
    if (!call) throw new Error('nothing is left');
    expect([longest(call), [...calledIn(call)].sort()]).toEqual([70, ['bob', 'carol']]);
  });
});

describe('missed calls', () => {
  const missed = { direction: 'incoming', outcome: 'missed' } as const;
  const told = (after: number, ...oldestFirst: HistoryEntry[]) =>
    missedCalls([...oldestFirst].reverse(), { after }).map(
      ({ entry: { contactId }, count }) => `${contactId} ${count}`,
    );

  test('are told by person, the newest first, with how often they called', () => {
    expect(told(0, entry('bob', missed), entry('carol', missed), entry('bob', missed))).toEqual(['bob 2', 'carol 1']);
  });

  test('are settled by any later call with the same person, whoever made it', () => {
    expect(told(0, entry('bob', missed), entry('bob', { outcome: 'no-answer' }))).toEqual([]);
    expect(told(0, entry('bob', missed), entry('bob', { direction: 'incoming' }), entry('bob', missed))).toEqual([
      'bob 1',
    ]);
    expect(told(0, entry('bob', missed), entry('carol'))).toEqual(['bob 1']);
  });

  test('are not told once they are old or were put away', () => {
    const old = entry('bob', missed);
    expect(told(old.at, old, entry('carol', missed))).toEqual(['carol 1']);
  });
});
