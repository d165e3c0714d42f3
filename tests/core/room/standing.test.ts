// Who may, in a room: each rule in its own words. Each was seen to fail with its line taken out (scripts/mutations.json, "room").
import { beforeEach, describe, expect, test } from 'vitest';
import { maxControlEntries, maxMembers } from '../../../src/core/room/standing.ts';
import { admit, found, keyOf, Replica, remove, say } from '../../support/worlds/room-history.ts';

let room: Replica;
let beginning: string;

beforeEach(() => {
  room = new Replica();
  beginning = room.write('F', found).id;
});

const members = () => room.members('F', 'A', 'B', 'C', 'M', 'S', 'Z');

describe('letting in', () => {
  test('a steward lets somebody in, a member lets nobody in', () => {
    room.write('F', admit('A'));
    room.write('A', admit('Z'));
    expect(members()).toEqual(['F', 'A']);
  });

  test('members let members in where the room says so, but no stewards', () => {
    room.write('F', admit('A'));
    room.write('F', { k: 'policy', admit: 'members' });
    room.write('A', admit('B'));
    room.write('A', admit('C', 'steward'));
    expect(members()).toEqual(['F', 'A', 'B']);
  });

  test('a room may be founded so that members let members in', () => {
    room = new Replica();
    room.write('F', { ...found, admit: 'members' });
    room.write('F', admit('A'));
    room.write('A', admit('B'));
    expect(members()).toEqual(['F', 'A', 'B']);
  });

  test('a policy that its reader had not seen does not count, nor one set by a member', () => {
    const a = room.write('F', admit('A'));
    room.write('A', { k: 'policy', admit: 'members' });
    room.write('A', admit('B'));
    room.write('F', { k: 'policy', admit: 'members' }, { see: [] });
    room.write('A', admit('C'), { see: [a.id] });
    expect(members()).toEqual(['F', 'A']);
  });

  test('the last policy holds', () => {
    room.write('F', admit('A'));
    room.write('F', { k: 'policy', admit: 'members' });
    room.write('F', { k: 'policy', admit: 'stewards' });
    room.write('A', admit('B'));
    expect(members()).toEqual(['F', 'A']);
  });

  test('words of an outsider whom a mere member named stay out, even when built upon', () => {
    room.write('F', admit('B'));
    room.write('B', admit('Z'));
    room.write('Z', say('from Z'));
    room.write('B', say('from B'));
    expect(room.said()).toEqual(['from B']);
  });

  test('a room that its steward could see to be full takes nobody more', () => {
    for (let i = 1; i < maxMembers; i++) room.write('F', admit(`member ${i}`));
    room.write('F', admit('Z'));
    expect(room.view.show('people')?.members.size).toBe(maxMembers);
    expect(members()).toEqual(['F']);
    room.write('F', remove('member 7'));
    room.write('F', admit('A'));
    expect(members()).toEqual(['F', 'A']);
  });

  test('of one person only the first thousand count', () => {
    for (let i = 1; i < maxControlEntries; i++) room.write('F', { k: 'policy', admit: 'stewards' });
    room.write('F', admit('A'));
    expect(members()).toEqual(['F']);
  });
});

describe('showing out', () => {
  test('a steward shows out whom they let in, not their peers nor those above', () => {
    room.write('F', admit('A', 'steward'));
    room.write('F', admit('B', 'steward'));
    room.write('A', admit('C'));
    room.write('B', remove('C'));
    room.write('B', remove('A'));
    room.write('A', remove('F'));
    expect(members()).toEqual(['F', 'A', 'B', 'C']);
    room.write('A', remove('C'));
    expect(members()).toEqual(['F', 'A', 'B']);
  });

  test('the founder shows out whom others let in', () => {
    room.write('F', admit('A', 'steward'));
    room.write('A', admit('B', 'steward'));
    room.write('B', admit('C'));
    room.write('F', remove('C'));
    expect(members()).toEqual(['F', 'A', 'B']);
  });

  test('who was let in by a member is not shown out by that member', () => {
    room.write('F', { k: 'policy', admit: 'members' });
    room.write('F', admit('A'));
    room.write('A', admit('B'));
    room.write('A', remove('B'));
    expect(members()).toEqual(['F', 'A', 'B']);
  });

  test('a removal that the author of an admission did not know of wins; one that they knew of does not', () => {
    const a = room.write('F', admit('A', 'steward'));
    room.write('F', admit('C'));
    room.write('F', remove('C'));
    room.write('A', admit('C'), { see: [a.id] });
    expect(members()).toEqual(['F', 'A']);
    room.write('A', admit('C'));
    expect(members()).toEqual(['F', 'A', 'C']);
  });

  test('a steward who was shown out shows nobody out afterwards', () => {
    const a = room.write('F', admit('A', 'steward'));
    const c = room.write('A', admit('C'));
    room.write('F', remove('A'), { see: [a.id, c.id] });
    room.write('A', remove('C'), { see: [c.id] });
    expect(members()).toEqual(['F', 'C']);
  });

  test('whom somebody let in who was shown out unseen is no member, but what others built upon stays', () => {
    room.write('F', admit('S', 'steward'));
    const b = room.write('F', admit('B'));
    room.write('S', admit('M'));
    const first = room.write('M', say('first of M'));
    room.write('M', say('second of M'));
    room.write('F', remove('S'), { see: [b.id] });
    room.write('B', say('from B'), { see: [first.id] });
    expect(members()).toEqual(['F', 'B']);
    expect(room.said()).toEqual(['first of M', 'from B']);
  });

  test('another role is a removal and an admission', () => {
    room.write('F', admit('A', 'steward'));
    room.write('F', remove('A'));
    room.write('F', admit('A'));
    room.write('A', admit('B'));
    expect(members()).toEqual(['F', 'A']);
    expect(room.view.show('people')?.members.get(keyOf('A'))?.role).toBe('member');
  });

  test('who leaves is out by their own word, keeps their words, and can be let in again', () => {
    room.write('F', admit('A'));
    room.write('A', say('from A'));
    room.write('A', { k: 'leave' });
    room.write('A', say('too late'));
    expect(members()).toEqual(['F']);
    expect(room.said()).toEqual(['from A']);
    room.write('F', admit('A'));
    expect(members()).toEqual(['F', 'A']);
  });

  test('who leaves takes back only admissions that they knew of', () => {
    room.write('F', admit('A'));
    const left = room.write('A', { k: 'leave' });
    const again = room.write('F', admit('A'));
    expect(members()).toEqual(['F', 'A']);
    room.write('A', { k: 'leave' }, { see: [left.id], device: 1, before: '' });
    expect(again.n).toBeGreaterThan(left.n);
    expect(members()).toEqual(['F', 'A']);
  });

  test('the founder who leaves is shown as gone and still stands', () => {
    room.write('F', { k: 'leave' });
    expect(room.view.show('people')?.isFounderGone).toBe(true);
    expect(members()).toEqual(['F']);
    room.write('F', say('back'));
    expect(room.view.show('people')?.isFounderGone).toBe(false);
  });

  test('it is known beforehand whether showing out would count', () => {
    room.write('F', admit('A', 'steward'));
    room.write('A', admit('B'));
    const { standing } = room.view.sight;
    expect(standing.canRemove(keyOf('A'), keyOf('B'))).toBe(true);
    expect(standing.canRemove(keyOf('F'), keyOf('B'))).toBe(true);
    expect(standing.canRemove(keyOf('B'), keyOf('A'))).toBe(false);
    expect(standing.canRemove(keyOf('A'), keyOf('F'))).toBe(false);
  });
});

describe('what counts of somebody who was shown out', () => {
  test('what the remover had seen stays, the rest does not count, and nothing that decides ever', () => {
    room.write('F', admit('M', 'steward'));
    const ballot = room.write('F', ballotOf());
    const seen = room.write('M', say('seen'));
    room.write('F', remove('M'));
    room.write('M', say('unseen'), { see: [seen.id] });
    room.write('M', { k: 'vote', of: ballot.id, choice: 0 }, { see: [] });
    room.write('M', admit('Z'), { see: [] });
    room.write('F', say('after that'));
    expect(members()).toEqual(['F']);
    expect(room.said()).toEqual(['seen', 'after that']);
    expect(room.view.show('ballots')[0]?.now.votes.size).toBe(0);
  });

  test('what a member in standing has built upon stays', () => {
    room.write('F', admit('M'));
    const b = room.write('F', admit('B'));
    const word = room.write('M', say('built upon'));
    room.write('M', say('not built upon'));
    room.write('F', remove('M'), { see: [b.id] });
    room.write('B', say('from B'), { see: [word.id] });
    expect(room.said()).toEqual(['built upon', 'from B']);
  });

  test('nothing that decides counts because others have built upon it', () => {
    room.write('F', admit('M', 'steward'));
    const b = room.write('F', admit('B'));
    const ballot = room.write('F', ballotOf());
    room.write('M', { k: 'vote', of: ballot.id, choice: 0 });
    room.write('M', { k: 'close', of: ballot.id });
    room.write('M', { k: 'policy', admit: 'members' });
    room.write('M', { k: 'rename', name: 'Mine' });
    const own = room.write('M', ballotOf());
    room.write('M', { k: 'close', of: own.id });
    const last = room.write('M', admit('Z'));
    room.write('F', remove('M'), { see: [ballot.id] });
    room.write('B', say('from B'), { see: [last.id] });
    room.write('B', admit('C'));
    expect(b.n).toBeLessThan(last.n);
    expect(members()).toEqual(['F', 'B']);
    expect(room.view.show('ballots')).toMatchObject([
      { closings: [], now: { sums: [0, 0] } },
      { id: own.id, closings: [] },
    ]);
    expect(room.view.show('people')?.name).toBe('Garden');
  });

  test('an honest writer who knows of a removal does not build upon what it has cut', () => {
    room.write('F', admit('M'));
    const b = room.write('F', admit('B'));
    const before = room.write('M', say('before'));
    room.write('F', remove('M'));
    for (const text of ['still', 'here']) room.write('M', say(text), { see: [] });
    const answer = room.write('B', say('answer'));
    expect(answer.heads).not.toContain(before.id);
    expect(b.n).toBeLessThan(answer.n);
    expect(room.said()).toEqual(['before', 'answer']);
  });

  test('what somebody builds upon themselves does not', () => {
    room.write('F', admit('M'));
    const word = room.write('M', say('one'));
    room.write('F', remove('M'), { see: [] });
    room.write('M', say('two'), { see: [word.id], device: 1, before: '' });
    expect(room.said()).toEqual([]);
  });

  test('who knew that they were out gains nothing by what others build upon', () => {
    room.write('F', admit('M'));
    room.write('F', admit('B'));
    room.write('M', say('in'));
    room.write('F', remove('M'));
    const late = room.write('M', say('knows it is out'));
    room.write('B', say('answers'), { see: [late.id] });
    expect(room.said()).toEqual(['in', 'answers']);
  });

  test('another history of the same writer is told from what the remover had seen', () => {
    const a = room.write('F', admit('M'));
    room.write('M', say('seen'));
    room.write('F', remove('M'));
    room.write('M', say('other'), { see: [a.id], before: '' });
    expect(room.said()).toEqual(['seen']);
  });

  test('entries of a ninth device are kept and do not count', () => {
    for (let device = 0; device <= 8; device++) room.write('F', say(`device ${device}`), { device, see: [beginning] });
    const said = room.said();
    expect(said).toHaveLength(8);
    expect(room.graph.size).toBe(10);
  });
});

const ballotOf = () => ({
  k: 'ballot' as const,
  question: 'Solar roof?',
  choices: ['yes', 'no'],
  pass: { share: 50, of: 'members' as const, quorum: 0 },
  hide: false,
});
