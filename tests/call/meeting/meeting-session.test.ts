// What a meeting of a room shows beside a call and writes into the room, over whole browsers in the memory.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import messages from '../../../public/_locales/en/messages.json';
import { MeetingSession } from '../../../src/call/meeting/meeting-session.ts';
import { textsOf } from '../../../src/ui/texts/message-file.ts';
import { takeTextsFrom } from '../../../src/ui/texts/text.ts';
import { until } from '../../support/runner/condition.ts';
import { sampleContact } from '../../support/samples/backup-samples.ts';
import { link, type RoomBrowser } from '../../support/worlds/room-browser.ts';
import { found, joined, letIn, sameText, threeBrowsers } from '../../support/worlds/room-steps.ts';

let alice: RoomBrowser;
let bob: RoomBrowser;
let carol: RoomBrowser;
let room: string;
let meeting: string;
let now = 1_000;
const sessions: MeetingSession[] = [];

beforeEach(async () => {
  takeTextsFrom(textsOf(messages, ['en']));
  [alice, bob, carol] = await threeBrowsers();
  room = await found(alice);
  await letIn(alice, room, bob);
  await joined(room, bob, alice);
  const own = await alice.room(room);
  await own.write(() => [
    { k: 'meeting', title: 'Summer' },
    { k: 'meeting', title: 'Autumn' },
  ]);
  meeting = own.view.show('agenda').meetings[0]?.id ?? '';
  await own.write(() => [
    { k: 'item', title: 'Budget', order: 'A', minutes: 10, meeting },
    { k: 'item', title: 'Roof', order: 'B', meeting },
  ]);
});

afterEach(() => {
  for (const session of sessions.splice(0)) session.close();
  for (const one of [alice, bob, carol]) {
    expect(one.faults).toEqual([]);
    one.close();
  }
});

async function session(who: RoomBrowser, opensItself = false): Promise<MeetingSession> {
  const made = new MeetingSession({
    ...{ room: await who.room(room), meeting, ownName: 'Me', opensItself, clock: { now: () => now } },
    contacts: [await sampleContact(1, { name: 'Ali' })],
  });
  sessions.push(made);
  return made;
}
const titles = ({ model }: MeetingSession) => model.items.value.map(({ title }) => title);

test('meeting: what is said is an entry of the room, about the meeting, and reaches the others', async () => {
  await link(alice, bob);
  await sameText(room, alice, bob);
  const [ours, theirs] = [await session(alice), await session(bob)];
  expect(ours.model.title.value).toBe('Summer');
  expect(await ours.actions.say('Shall we begin?')).toBe(true);
  await until(() => theirs.model.said.value.length === 1, { what: 'the words to come' });
  expect(theirs.model.said.value[0]).toMatchObject({
    name: 'Ali',
    text: 'Shall we begin?',
    isOwn: false,
    author: alice.id,
  });
  expect((await bob.room(room)).view.show('conversation')[0]?.in).toBe(meeting);
  expect([theirs.model.unread.value, ours.model.unread.value]).toEqual([1, 0]);
  theirs.actions.open(true);
  expect(theirs.model.unread.value).toBe(0);
});

test('meeting: the first open item runs, the next one comes for everybody, and two who press at once finish one', async () => {
  await link(alice, bob);
  await sameText(room, alice, bob);
  const [ours, theirs] = [await session(alice), await session(bob)];
  expect(titles(theirs)).toEqual(['Budget', 'Roof']);
  expect(theirs.model.since.value).toBe(1_000);
  now = 5_000;
  await Promise.all([ours.actions.finishItem(), ours.actions.finishItem()]);
  expect(titles(ours)).toEqual(['Roof']);
  await until(() => titles(theirs).length === 1, { what: 'the agenda to go on' });
  expect(theirs.model.since.value).toBe(5_000);
  now = 1_000;
});

test('meeting: a point that is added stands at the end of its agenda', async () => {
  const ours = await session(alice);
  await ours.actions.addItem('Party');
  expect(titles(ours)).toEqual(['Budget', 'Roof', 'Party']);
});

test('meeting: that it was held is written once, with its members, and what is open goes on to the next one', async () => {
  const ours = await session(alice);
  await Promise.all([ours.held(2_000, 9_000, [bob.id, carol.id]), ours.held(2_000, 9_500, [])]);
  const { meetings, items } = (await alice.room(room)).view.show('agenda');
  expect(meetings[0]?.held).toEqual([
    expect.objectContaining({ began: 2_000, ended: 9_000, people: [alice.key, bob.key] }),
  ]);
  expect(items.map(({ now: on }) => on)).toEqual([meetings[1]?.id, meetings[1]?.id]);
});

test('meeting: who is no member is known, and whoever was shown out writes nothing, with a sentence', async () => {
  const theirs = await session(bob);
  expect([theirs.model.isMember(alice.id), theirs.model.isMember(carol.id)]).toEqual([true, false]);
  await (await alice.room(room)).write(() => [{ k: 'remove', who: bob.key }]);
  await link(alice, bob);
  await until(() => !theirs.model.canWrite.value, { what: 'Bob to be told' });
  expect(await theirs.actions.say('I am still here.')).toBe(false);
  expect(theirs.model.problem.value).toBe('Only members can write here.');
});
