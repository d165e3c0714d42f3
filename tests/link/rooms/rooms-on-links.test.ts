// Rooms between whole browsers: founded, invited to, written in while apart, equal after a meeting, shown out of; over channels that break, with
// several pages of one browser, and with people who say what is not so.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { signRoomEntry } from '../../../src/core/room/entry.ts';
import { formatRoomWord } from '../../../src/core/room/sync-word.ts';
import { NoMemberError, RoomFullError } from '../../../src/link/rooms/living-room.ts';
import { until } from '../../support/runner/condition.ts';
import { link, RoomBrowser } from '../../support/worlds/room-browser.ts';
import { accept, found, joined, letIn, sameText, threeBrowsers } from '../../support/worlds/room-steps.ts';

let alice: RoomBrowser;
let bob: RoomBrowser;
let carol: RoomBrowser;
const more: RoomBrowser[] = [];

beforeEach(async () => {
  [alice, bob, carol] = await threeBrowsers();
});

afterEach(() => {
  for (const one of [alice, bob, carol, ...more.splice(0)]) {
    expect(one.faults).toEqual([]);
    one.close();
  }
});

describe('rooms: a founded room', () => {
  test('has its founder as a member with a name, and what it is for', async () => {
    const room = await found(alice);
    const people = (await alice.room(room)).view.show('people');
    expect(people?.name).toBe('Garden');
    expect(people?.purpose).toBe('What we grow');
    expect([...(people?.members.values() ?? [])].map(({ name, role }) => [name, role])).toEqual([['Alice', 'steward']]);
  });

  test('is there again after the browser was closed, with all that was written', async () => {
    const room = await found(alice);
    await alice.say(room, 'first');
    alice.close();
    alice = await RoomBrowser.open(1, 'Alice');
    expect(await alice.said(room)).toEqual(['first']);
  });
});

// README.md#leaves-rooms
describe('rooms: an invitation', () => {
  test('comes in the next call with whoever was let in, and says nothing to others', async () => {
    const room = await found(alice);
    await letIn(alice, room, bob);
    await link(alice, carol);
    await joined(room, bob, alice);
    expect(await carol.shelf.invitations()).toEqual([]);
    const people = (await bob.room(room)).view.show('people');
    expect(people?.members.get(bob.key)?.reach).toBeDefined();
    expect(people?.members.get(bob.key)?.letInBy).toBe(alice.key);
  });

  test('comes in a call that is under way already', async () => {
    const room = await found(alice);
    await link(alice, bob);
    await letIn(alice, room, bob);
    await until(async () => (await bob.shelf.invitations()).length === 1, { what: 'an invitation' });
    expect((await bob.shelf.invitations())[0]).toMatchObject({ room, name: 'Garden', members: 2, by: alice.key });
  });

  test('that was put aside is not offered again', async () => {
    const room = await found(alice);
    await letIn(alice, room, bob);
    await link(alice, bob);
    await until(async () => (await bob.shelf.invitations()).length === 1, { what: 'an invitation' });
    for (const one of await bob.shelf.invitations()) await bob.shelf.decline(one);
    await link(alice, bob, 6);
    await alice.say(room, 'anybody?');
    // Words of a link come in order: whatever else was said of the first room has come before this.
    await letIn(alice, await found(alice, 'Orchard'), bob);
    await until(async () => (await bob.shelf.invitations()).length > 0, { what: 'an invitation to another room' });
    expect((await bob.shelf.invitations()).map(({ name }) => name)).toEqual(['Orchard']);
    expect(await bob.shelf.all()).toEqual([]);
  });

  test('from somebody who is no contact is dropped', async () => {
    const asked: string[] = [];
    bob.mayInvite = (id) => {
      asked.push(id);
      return id === carol.id;
    };
    await letIn(alice, await found(alice), bob);
    await link(alice, bob);
    await until(async () => asked.includes(alice.id), { what: 'Alice’s invitation to come' });
    await letIn(carol, await found(carol, 'Orchard'), bob);
    await link(carol, bob);
    await until(async () => (await bob.shelf.invitations()).length > 0, { what: 'the invitation of a contact' });
    expect((await bob.shelf.invitations()).map(({ by }) => by)).toEqual([carol.key]);
  });

  // What a contact who lies says over a link, one for each number.
  const invite = (by: string, i: number) => {
    const room = `${'A'.repeat(41)}${String.fromCharCode(65 + Math.floor(i / 16))}${'AEIMQUYcgkosw048'[i % 16]}`;
    return bob.tools.store.invite({ room, name: 'x', members: 1, by, at: i, isDeclined: false });
  };

  test('to a thousand rooms fills no disk', async () => {
    for (let i = 0; i < 100; i++) await invite(alice.key, i);
    expect(await bob.shelf.invitations()).toHaveLength(16);
    for (let i = 100; i < 700; i++) await invite(`${String(i).padStart(42, 'B')}A`, i % 400);
    expect((await bob.shelf.invitations()).length).toBeLessThanOrEqual(512);
  });

  // docs/hostile-cases.md#e82. Seen to fail with one bound for all.
  test('of one person leaves room for those of others, whatever was answered', async () => {
    for (let i = 0; i < 100; i++) await invite(alice.key, i);
    for (const one of await bob.shelf.invitations()) await bob.shelf.decline(one);
    for (let i = 100; i < 200; i++) await invite(alice.key, i);
    expect(await bob.shelf.invitations()).toEqual([]);
    await invite(carol.key, 300);
    expect((await bob.shelf.invitations()).map(({ by }) => by)).toEqual([carol.key]);
  });

  // Seen to fail with nothing kept of the no to whoever invited before.
  test('that was put aside is not offered again by two who take turns', async () => {
    for (const by of [alice, carol]) {
      await invite(by.key, 1);
      const [one] = await bob.shelf.invitations();
      expect(one?.by).toBe(by.key);
      if (one) await bob.shelf.decline(one);
    }
    for (const by of [alice, carol, alice]) await invite(by.key, 1);
    expect(await bob.shelf.invitations()).toEqual([]);
  });

  test('lets nobody but the inviter fill the room', async () => {
    const room = await found(alice);
    await letIn(alice, room, bob);
    await link(alice, bob);
    await until(async () => (await bob.shelf.invitations()).length === 1, { what: 'an invitation' });
    alice.channels.part(bob.id);
    const [invitation] = await bob.shelf.invitations();
    if (invitation) await bob.shelf.accept(invitation);
    // Carol has all of the room, and offers it.
    await carol.tools.store.append(room, [...(await alice.room(room)).graph.all()], 'others');
    await carol.shelf.accept({ room, name: 'x', members: 1, by: alice.key, at: 1, isDeclined: false });
    const orchard = await found(carol, 'Orchard');
    await letIn(carol, orchard, bob);
    await link(carol, bob);
    // Hers comes whole over the same link meanwhile.
    await accept(bob, orchard);
    expect((await bob.room(room)).graph.size).toBe(0);
  });
});

describe('rooms: members who wrote while they were apart', () => {
  let room: string;
  beforeEach(async () => {
    room = await found(alice);
    await letIn(alice, room, bob, carol);
    await joined(room, bob, alice);
  });

  test('have the same after a meeting, and a third has it from the second alone', async () => {
    await joined(room, carol, alice);
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
    await joined(room, carol, alice);
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

// docs/hostile-cases.md#e84. Seen to fail with the fullness not asked: the words were on the disk, and never seen.
test('rooms: what is written into a full room is refused with a reason, and nothing of it is kept', async () => {
  const room = await found(alice);
  const before = await alice.tools.store.entries(room);
  vi.spyOn((await alice.room(room)).graph, 'isFull', 'get').mockReturnValue(true);
  await expect(alice.say(room, 'one more')).rejects.toBeInstanceOf(RoomFullError);
  expect(await alice.tools.store.entries(room)).toEqual(before);
});

// README.md#leaves-rooms, README.md#protects-rooms
describe('rooms: somebody who was shown out', () => {
  let room: string;
  beforeEach(async () => {
    room = await found(alice);
    await letIn(alice, room, bob);
    await joined(room, bob, alice);
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
    await letIn(alice, room, bob);
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
