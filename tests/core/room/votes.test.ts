// Votes of a room: one of each member, to be changed until somebody closes it, and a result that nothing changes afterwards. Each rule was seen to
// fail with its line taken out (scripts/mutations.json, "room").
import { beforeEach, expect, test } from 'vitest';
import type { Ballot } from '../../../src/core/room/ballot.ts';
import { inOrder } from '../../../src/core/room/entry.ts';
import type { Placed } from '../../../src/core/room/graph.ts';
import { admit, found, keyOf, Replica, remove } from '../../support/worlds/room-history.ts';

let room: Replica;
let ballot: Placed;

const asked = (pass: object = {}) => ({
  k: 'ballot',
  question: 'Solar roof?',
  choices: ['yes', 'no', 'later'],
  pass: { share: 60, of: 'members', quorum: 0, ...pass },
  hide: true,
});

beforeEach(() => {
  room = new Replica();
  room.write('F', found);
  for (const name of ['A', 'B', 'C', 'D']) room.write('F', admit(name));
  ballot = room.write('F', asked());
});

const vote = (name: string, choice: number, how = {}) => room.write(name, { k: 'vote', of: ballot.id, choice }, how);
const close = (name: string, how = {}) => room.write(name, { k: 'close', of: ballot.id }, how);
function now(): Ballot {
  const [one] = room.view.show('ballots');
  if (!one) throw new Error('no ballot');
  return one;
}
const choiceOf = (name: string) => {
  const said = now().now.votes.get(keyOf(name));
  return typeof said === 'object' ? said.choice : said;
};

test('a member has one vote, the last', () => {
  vote('A', 1);
  vote('A', 0);
  expect(choiceOf('A')).toBe(0);
  expect(now().now.sums).toEqual([1, 0, 0]);
});

test('two different votes that do not know of each other count for nothing, until a third takes both back', () => {
  const seen = [ballot.id];
  vote('A', 0, { see: seen });
  vote('A', 1, { see: seen, device: 1, before: '' });
  expect(choiceOf('A')).toBe('contradictory');
  expect(now().now.sums).toEqual([0, 0, 0]);
  vote('A', 2);
  expect(choiceOf('A')).toBe(2);
});

test('two equal votes that do not know of each other are one', () => {
  vote('A', 0, { see: [ballot.id] });
  vote('A', 0, { see: [ballot.id], device: 1, before: '' });
  expect(now().now.sums).toEqual([1, 0, 0]);
});

test('a vote for a choice that there is not counts for nothing', () => {
  vote('A', 3);
  expect(now().now.votes.size).toBe(0);
});

test('a vote by somebody who had not seen the ballot counts for nothing', () => {
  const before = room.graph.get(ballot.before);
  vote('A', 0, { see: [before?.id ?? ''] });
  expect(now().now.votes.size).toBe(0);
});

test('what leads passes with its share of the members, and not below', () => {
  vote('A', 0);
  vote('B', 0);
  expect(now().now.passed).toBeUndefined();
  vote('C', 0);
  expect(now().now.passed).toBe(0);
});

test('a share of the votes asks only those who have voted, and the quorum how many that is', () => {
  ballot = room.write('F', asked({ of: 'votes', quorum: 40 }));
  vote('A', 1);
  const [, second] = room.view.show('ballots');
  expect(second?.now).toMatchObject({ hasQuorum: false, passed: undefined });
  vote('B', 1);
  expect(room.view.show('ballots')[1]?.now).toMatchObject({ hasQuorum: true, passed: 1 });
});

test('two choices that lead together do not pass', () => {
  ballot = room.write('F', asked({ share: 20 }));
  vote('A', 0);
  vote('B', 1);
  expect(room.view.show('ballots')[1]?.now.passed).toBeUndefined();
});

test('its author and stewards close a ballot, others do not', () => {
  vote('A', 0);
  close('A');
  expect(now().closings).toEqual([]);
  close('F');
  expect(now().closings).toHaveLength(1);
  const own = room.write('A', asked());
  room.write('A', { k: 'close', of: own.id });
  expect(room.view.show('ballots')[1]?.closings).toHaveLength(1);
});

test('a result stays as it was closed, whatever arrives: late votes, dated back ones, people who come and go', () => {
  for (const name of ['A', 'B', 'C']) vote(name, 0);
  close('F');
  const closed = JSON.stringify([...(now().closings[0]?.votes ?? [])]);
  vote('D', 1, { see: [ballot.id] });
  vote('A', 1, { see: [ballot.id], device: 1, before: '' });
  vote('B', 1);
  room.write('F', remove('C'), { see: [ballot.id] });
  room.write('F', admit('Z'));
  expect(JSON.stringify([...(now().closings[0]?.votes ?? [])])).toBe(closed);
  expect(now().closings[0]?.passed).toBe(0);
});

test('a vote of a member whom somebody has shown out without seeing it still stands in what was closed before', () => {
  const c = vote('C', 0);
  close('F');
  room.write('F', remove('C'), { see: [ballot.id], device: 1, before: '' });
  expect(room.view.sight.stood(c)).toBe(false);
  expect(now().now.votes.has(keyOf('C'))).toBe(false);
  expect(now().closings[0]?.votes.has(keyOf('C'))).toBe(true);
});

test('whoever was out by then is not in a result', () => {
  vote('C', 0);
  room.write('F', remove('C'));
  close('F');
  expect([...(now().closings[0]?.votes.keys() ?? [])]).toEqual([]);
  expect(now().closings[0]?.members.size).toBe(4);
});

test('the first of several closings is the result', () => {
  vote('A', 0);
  const closings = [0, 1, 2].map((device) => close('F', { see: [ballot.id], device, before: device ? '' : undefined }));
  const [first] = closings.sort(inOrder);
  expect(now().closings).toHaveLength(3);
  expect(now().closings[0]?.entry).toBe(first?.id);
});

test('of thousands of votes of one member the last counts', () => {
  for (let i = 0; i < 2_000; i++) vote('A', i % 2);
  expect(choiceOf('A')).toBe(1);
});
