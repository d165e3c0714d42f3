// Rooms between whole browsers: founded, invited to, written in while apart, equal after a meeting, shown out of; over channels that break, with
// several pages of one browser, and with people who say what is not so.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signRoomEntry } from '../../../src/core/room/entry.ts';
import { formatRoomWord } from '../../../src/core/room/sync-word.ts';
import { NoMemberError } from '../../../src/link/rooms/living-room.ts';
import { fakeLocks } from '../../support/doubles/fake-locks.ts';
import { until } from '../../support/runner/condition.ts';
import { link, RoomBrowser } from '../../support/worlds/room-browser.ts';

let alice: RoomBrowser;
let bob: RoomBrowser;
let carol: RoomBrowser;
const more: RoomBrowser[] = [];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  fakeLocks.reset();
  [alice, bob, carol] = await Promise.all([
    RoomBrowser.open(1, 'Alice'),
    RoomBrowser.open(2, 'Bob'),
    RoomBrowser.open(3, 'Carol'),
  ]);
});

afterEach(() => {
  for (const one of [alice, bob, carol, ...more.splice(0)]) {
    expect(one.faults).toEqual([]);
    one.close();
  }
});

const found = () => alice.shelf.found({ name: 'Garden', purpose: 'What we grow', admit: 'stewards' });

async function letIn(room: string, ...people: readonly RoomBrowser[]): Promise<void> {
  const open = await alice.room(room);
  await open.write(() => people.map(({ key }) => ({ k: 'admit', who: key, role: 'member', name: 'Someone' })));
}

/** Let in, met, and accepted. */
async function joined(room: string, who: RoomBrowser, by = alice): Promise<void> {
  await link(by, who);
  await until(async () => (await who.shelf.invitations()).length === 1, { what: 'an invitation' });
  const [invitation] = await who.shelf.invitations();
  if (!invitation) throw new Error('no invitation');
  await who.shelf.accept(invitation);
  await until(async () => (await who.room(room)).canWrite, { what: 'the room to come' });
  by.channels.part(who.id);
  who.channels.part(by.id);
}

const sameText = async (room: string, one: RoomBrowser, other: RoomBrowser) =>
  until(async () => (await one.room(room)).graph.heads().join() === (await other.room(room)).graph.heads().join(), {
    what: 'both to have the same',
  });

describe('rooms: a founded room', () => {
  test('has its founder as a member with a name, and what it is for', async () => {
    const room = await found();
    const people = (await alice.room(room)).view.show('people');
    expect(people?.name).toBe('Garden');
    expect(people?.purpose).toBe('What we grow');
    expect([...(people?.members.values() ?? [])].map(({ name, role }) => [name, role])).toEqual([['Alice', 'steward']]);
  });

  test('is there again after the browser was closed, with all that was written', async () => {
    const room = await found();
    await alice.say(room, 'first');
    alice.close();
    alice = await RoomBrowser.open(1, 'Alice');
    expect(await alice.said(room)).toEqual(['first']);
  });
});

// README.md#leaves-rooms
describe('rooms: an invitation', () => {
  test('comes in the next call with whoever was let in, and says nothing to others', async () => {
    const room = await found();
    await letIn(room, bob);
    await link(alice, carol);
    await joined(room, bob);
    expect(await carol.shelf.invitations()).toEqual([]);
    const people = (await bob.room(room)).view.show('people');
    expect(people?.members.get(bob.key)?.reach).toBeDefined();
    expect(people?.members.get(bob.key)?.letInBy).toBe(alice.key);
  });

  test('comes in a call that is under way already', async () => {
    const room = await found();
    await link(alice, bob);
    await letIn(room, bob);
    await until(async () => (await bob.shelf.invitations()).length === 1, { what: 'an invitation' });
    expect((await bob.shelf.invitations())[0]).toMatchObject({ room, name: 'Garden', members: 2, by: alice.key });
  });

  test('that was put aside is not offered again', async () => {
    const room = await found();
    await letIn(room, bob);
    await link(alice, bob);
    await until(async () => (await bob.shelf.invitations()).length === 1, { what: 'an invitation' });
    for (const one of await bob.shelf.invitations()) await bob.shelf.decline(one);
    await link(alice, bob, 6);
    await alice.say(room, 'anybody?');
    await new Promise((done) => setTimeout(done, 400));
    expect(await bob.shelf.invitations()).toEqual([]);
    expect(await bob.shelf.all()).toEqual([]);
  });

  test('from somebody who is no contact is dropped', async () => {
    bob.mayInvite = () => false;
    const room = await found();
    await letIn(room, bob);
    await link(alice, bob);
    await new Promise((done) => setTimeout(done, 100));
    expect(await bob.shelf.invitations()).toEqual([]);
  });

  test('to a thousand rooms fills no disk', async () => {
    for (let i = 0; i < 100; i++) {
      const room = `${'A'.repeat(41)}${String.fromCharCode(65 + Math.floor(i / 26))}${'AEIMQUYcgkosw048'[i % 16]}`;
      await bob.tools.store.invite({ room, name: 'x', members: 1, by: alice.key, at: i, isDeclined: false });
    }
    expect((await bob.shelf.invitations()).length).toBeLessThanOrEqual(64);
  });

  test('lets nobody but the inviter fill the room', async () => {
    const room = await found();
    await letIn(room, bob);
    await link(alice, bob);
    await until(async () => (await bob.shelf.invitations()).length === 1, { what: 'an invitation' });
    alice.channels.part(bob.id);
    const [invitation] = await bob.shelf.invitations();
    if (invitation) await bob.shelf.accept(invitation);
    // Carol knows the room's name, and offers entries of it.
    await carol.shelf.accept({ room, name: 'x', members: 1, by: bob.key, at: 1, isDeclined: false });
    await link(carol, bob);
    await new Promise((done) => setTimeout(done, 100));
    expect((await bob.room(room)).graph.size).toBe(0);
  });
});

describe('rooms: members who wrote while they were apart', () => {
  let room: string;
  beforeEach(async () => {
    room = await found();
    await letIn(room, bob, carol);
    await joined(room, bob);
  });

  test('have the same after a meeting, and a third has it from the second alone', async () => {
    await joined(room, carol);
    await alice.say(room, 'from Alice');
    await bob.say(room, 'from Bob');
    await link(alice, bob);
    await sameText(room, alice, bob);
    alice.channels.part(bob.id);
    await link(bob, carol);
    await sameText(room, bob, carol);
    expect((await carol.said(room)).toSorted()).toEqual(['from Alice', 'from Bob']);
  });

  test('hear each other at once while they are linked', async () => {
    await link(alice, bob);
    await alice.say(room, 'live');
    await until(async () => (await bob.said(room)).includes('live'), { what: 'the word to come' });
    await bob.say(room, 'and back');
    await until(async () => (await alice.said(room)).includes('and back'), { what: 'the answer to come' });
  });

  test('get what was cut off over the next connection', async () => {
    const pair = await link(alice, bob);
    pair.swallow = () => true;
    for (let i = 0; i < 20; i++) await alice.say(room, `lost ${i}`);
    pair.break();
    await link(alice, bob, 6);
    await sameText(room, alice, bob);
    expect(await bob.said(room)).toHaveLength(20);
  });

  test('carry words in a call of three to whoever has no link to the author', async () => {
    await joined(room, carol);
    await link(alice, bob);
    await link(bob, carol, 7);
    await alice.say(room, 'around the corner');
    await until(async () => (await carol.said(room)).includes('around the corner'), { what: 'the word to come' });
  });

  test('are not disturbed by words that are none', async () => {
    const pair = await link(alice, bob);
    const channel = pair.two.channels.get(24);
    for (const hostile of ['', '{', '[]', '{"t":"rooms"}', `{"t":"tips","tag":"${'A'.repeat(22)}","tips":[],"more":1}`])
      channel?.send(hostile);
    channel?.send(new Uint8Array(70_000));
    channel?.send(formatRoomWord({ t: 'invite', room, name: 'Not yours', members: 3 }));
    await bob.say(room, 'still here');
    await until(async () => (await alice.said(room)).includes('still here'), { what: 'the word to come' });
    expect(await alice.shelf.invitations()).toEqual([]);
  });
});

// README.md#leaves-rooms, README.md#protects-rooms
describe('rooms: somebody who was shown out', () => {
  let room: string;
  beforeEach(async () => {
    room = await found();
    await letIn(room, bob);
    await joined(room, bob);
    await (await alice.room(room)).write(() => [{ k: 'remove', who: bob.key }]);
  });

  test('is told so in the next call, and of nothing else', async () => {
    await alice.say(room, 'without Bob');
    await link(alice, bob);
    await until(async () => (await bob.room(room)).shownOut !== undefined, { what: 'the removal to be handed over' });
    expect(await bob.said(room)).toEqual([]);
    await expect(bob.say(room, 'still me')).rejects.toBeInstanceOf(NoMemberError);
  });

  test('writes again when they were let in again', async () => {
    await link(alice, bob);
    await until(async () => (await bob.room(room)).shownOut !== undefined, { what: 'the removal to be handed over' });
    await letIn(room, bob);
    await until(async () => (await bob.room(room)).canWrite, { what: 'the way back' });
    await bob.say(room, 'back');
    await until(async () => (await alice.said(room)).includes('back'), { what: 'the word to come' });
  });

  test('does not believe it of somebody who could not do it, or without a signature', async () => {
    const open = await bob.room(room);
    const removal = [...(await alice.room(room)).graph.all()].at(-1)?.signed;
    await open.heardOut({ e: removal?.e ?? '', s: 'A'.repeat(86) });
    await open.heardOut({ e: '{}', s: '' });
    const place = { device: 'AgICAgICAgI', seq: 1, n: 9, before: '', heads: open.graph.heads(), at: 0 };
    const body = { k: 'remove', who: bob.key } as const;
    await open.heardOut(await signRoomEntry(carol.tools.signer, room, place, body));
    expect(open.shownOut).toBeUndefined();
    if (removal) await open.heardOut(removal);
    expect(open.outBy).toBe(alice.key);
  });
});
