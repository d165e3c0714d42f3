// A call that is a meeting of a room: its members in the call learn it, whenever they come; nobody else learns anything.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../support/runner/condition.ts';
import { link, type RoomBrowser } from '../../support/worlds/room-browser.ts';
import { accept, found, joined, letIn, sameText, threeBrowsers } from '../../support/worlds/room-steps.ts';

let alice: RoomBrowser;
let bob: RoomBrowser;
let carol: RoomBrowser;
let room: string;

beforeEach(async () => {
  [alice, bob, carol] = await threeBrowsers();
  room = await found(alice);
  await letIn(alice, room, bob);
  await joined(room, bob, alice);
});

afterEach(() => {
  for (const one of [alice, bob, carol]) {
    expect(one.faults).toEqual([]);
    one.close();
  }
});

const hears = (who: RoomBrowser) => until(() => who.meetingsHeard.length > 0, { what: 'the meeting' });

// Seen to fail (Bob hears nothing) with the word taken out of wordsBeside.
test('rooms: a meeting is told to a member who is met, with which planned one it is', async () => {
  await (await alice.room(room)).write(() => [{ k: 'meeting', title: 'Summer' }]);
  const meeting = (await alice.room(room)).view.show('agenda').meetings[0]?.id ?? '';
  alice.meetings.setMeeting({ room, meeting });
  await link(alice, bob);
  await hears(bob);
  expect(bob.meetingsHeard).toEqual([{ room, meeting }]);
  expect(alice.meetingsHeard).toEqual([]);
});

test('rooms: a meeting that begins in mid-call is told, once', async () => {
  await link(alice, bob);
  await sameText(room, alice, bob);
  alice.meetings.setMeeting({ room });
  await hears(bob);
  await alice.say(room, 'Let us begin.');
  await sameText(room, alice, bob);
  expect(bob.meetingsHeard).toEqual([{ room }]);
});

test('rooms: whoever was told of a meeting tells a member who comes later', async () => {
  await letIn(alice, room, carol);
  await joined(room, carol, alice);
  await link(alice, bob, 8);
  await sameText(room, alice, bob);
  alice.meetings.setMeeting({ room });
  await hears(bob);
  alice.channels.part(bob.id);
  bob.meetings.setMeeting({ room });
  await link(bob, carol, 9);
  await hears(carol);
});

test('rooms: a meeting is told to somebody who is let in while it lasts, once they have said yes', async () => {
  alice.meetings.setMeeting({ room });
  await link(alice, carol);
  await letIn(alice, room, carol);
  await accept(carol, room);
  await hears(carol);
});

// README.md#leaves-rooms
test('rooms: whoever is no member hears nothing of a meeting, nor does whoever was shown out', async () => {
  await (await alice.room(room)).write(() => [{ k: 'remove', who: bob.key }]);
  alice.meetings.setMeeting({ room });
  await link(alice, bob, 8);
  await link(alice, carol, 9);
  await until(async () => (await bob.room(room)).outBy === alice.key, { what: 'Bob to be told' });
  expect([bob.meetingsHeard, carol.meetingsHeard]).toEqual([[], []]);
});
