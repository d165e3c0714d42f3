// Rooms that leave a browser as files and come into another one: alone, or all of them in a backup. What comes in can do nothing that a link could not.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesSource } from '../../../src/core/base/byte-source.ts';
import { type Bytes, concat, utf8 } from '../../../src/core/base/bytes.ts';
import { formatBlobLine, parseRoomFile } from '../../../src/core/data/room-file.ts';
import { carriedRoom, takeRoom } from '../../../src/link/rooms/room-carrying.ts';
import { collectRooms, restoreRooms, roomsToSave } from '../../../src/link/rooms/rooms-backup.ts';
import { NoRoomError } from '../../../src/platform/store/disk-room.ts';
import { until } from '../../support/runner/condition.ts';
import { link, RoomBrowser } from '../../support/worlds/room-browser.ts';
import { accept, found, joined, letIn, threeBrowsers } from '../../support/worlds/room-steps.ts';

let alice: RoomBrowser;
let bob: RoomBrowser;
let carol: RoomBrowser;
/** The same person at another computer. */
let again: RoomBrowser;
let room: string;

const bytes = new Uint8Array(1_048_576 + 77).map((_, i) => (i * 13) & 255);

beforeEach(async () => {
  [alice, bob, carol] = await threeBrowsers();
  again = await RoomBrowser.open(1, 'Alice again');
  room = await found(alice);
  await letIn(alice, room, bob);
  await alice.say(room, 'Water the beans.');
});

afterEach(() => {
  for (const one of [alice, bob, carol, again]) {
    expect(one.faults).toEqual([]);
    one.close();
  }
});

async function put(who: RoomBrowser, content = bytes): Promise<string> {
  const hash = await who.tools.blobs.put(room, new Blob([content]));
  await (await who.room(room)).write(() => [{ k: 'file', name: 'a.bin', type: '', size: content.length, hash }]);
  return hash;
}
const whole = async (parts: readonly (string | Blob)[]): Promise<Bytes> =>
  new Uint8Array(await new Blob([...parts]).arrayBuffer());
const fileOf = async (who: RoomBrowser, withFiles = true) =>
  whole((await carriedRoom(await who.room(room), withFiles ? who.tools.blobs : undefined)).parts);
async function take(who: RoomBrowser, file: Bytes) {
  const source = bytesSource(file);
  const read = await parseRoomFile(source);
  return read && takeRoom(who.shelf, who.tools.blobs, source, read);
}
const here = async (who: RoomBrowser, hash: string) => (await who.tools.blobs.state(room, hash, bytes.length)).here;

describe('room file', () => {
  test('brings what was written and the files, and joins what is there', async () => {
    const hash = await put(alice);
    const first = await fileOf(alice);
    expect(await take(bob, first)).toEqual({
      entries: (await alice.room(room)).graph.size,
      files: 1,
      wrong: 0,
      isCut: false,
    });
    expect(await here(bob, hash)).toBe('whole');
    expect(await bob.tools.blobs.wrongBlocks(room, hash, bytes.length)).toEqual([]);
    await bob.say(room, 'Done.');
    await alice.say(room, 'And the peas.');
    expect(await take(bob, await fileOf(alice))).toMatchObject({ entries: 1, files: 0, wrong: 0 });
    expect(await bob.said(room)).toEqual(expect.arrayContaining(['Water the beans.', 'Done.', 'And the peas.']));
  });

  test('has no files unless they are wanted, and none of which something is not here or not right', async () => {
    const hash = await put(alice);
    expect((await fileOf(alice, false)).length).toBeLessThan(20_000);
    const block = alice.disk.folders.get('room-blobs')?.folders.get(room)?.folders.get(hash)?.entry('1');
    if (block) block.bytes[3] = (block.bytes[3] ?? 0) ^ 1;
    expect(await carriedRoom(await alice.room(room), alice.tools.blobs)).toMatchObject({
      files: { count: 0 },
      wrong: 1,
    });
    await alice.tools.blobs.drop(room, hash, [1]);
    expect(await carriedRoom(await alice.room(room), alice.tools.blobs)).toMatchObject({
      files: { count: 0 },
      wrong: 0,
    });
  });

  // docs/hostile-cases.md#e95
  test('with a file that no member has named, or that is not what a member signed, leaves it out', async () => {
    const hash = await put(alice);
    const lines = await fileOf(alice, false);
    const other = bytes.slice().fill(1, 9, 10);
    const strange = (await bob.tools.blobs.put('elsewhere', new Blob(['x']))) ?? '';
    const size = bytes.length;
    const forged = concat(
      lines,
      ...[utf8(formatBlobLine({ hash, size })), other, utf8('\n')],
      ...[utf8(formatBlobLine({ hash: strange, size: 1 })), utf8('x\n')],
      ...[utf8(formatBlobLine({ hash, size: 1 })), utf8('x\n')],
    );
    expect(await take(bob, forged)).toMatchObject({ files: 0, wrong: 3, isCut: false });
    expect(await here(bob, hash)).toBe('none');
    expect(await bob.tools.blobs.all(room)).toEqual([]);
  });

  test('that breaks off says so, and brings what is whole', async () => {
    const hash = await put(alice);
    const file = await fileOf(alice);
    expect(await take(bob, file.slice(0, file.length - 90))).toMatchObject({ files: 0, wrong: 0, isCut: true });
    expect(await here(bob, hash)).toBe('none');
    expect(await bob.said(room)).toEqual(['Water the beans.']);
  });

  test('that does not fit on the disk brings what was written', async () => {
    await put(alice);
    bob.disk.quota = 1_000;
    await expect(take(bob, await fileOf(alice))).rejects.toThrow(NoRoomError);
    expect(await bob.said(room)).toEqual(['Water the beans.']);
  });

  test('of which nothing can be proven is no room', async () => {
    const file = new TextDecoder().decode(await fileOf(alice, false));
    expect(await take(bob, utf8(file.replaceAll('"s":"', '"s":"A')))).toBeUndefined();
    expect(await bob.shelf.all()).toEqual([]);
  });
});

describe('rooms of a backup', () => {
  async function backup(who: RoomBrowser, withFiles = true) {
    const collected = await collectRooms(who, withFiles);
    if (!collected) throw new Error('no rooms');
    return { collected, source: bytesSource(await whole(collected.parts)) };
  }

  test('come to another computer of the same person, with their files and with what was seen', async () => {
    const hash = await put(alice);
    const choir = await found(alice, 'Choir');
    await (await alice.room(room)).see();
    const toSave = await roomsToSave(alice);
    expect(toSave).toMatchObject({ rooms: 2, files: { count: 1, bytes: bytes.length } });
    const { collected, source } = await backup(alice);
    expect(await restoreRooms(again, collected, source)).toEqual({ rooms: 2, files: 1, wrong: 0 });
    expect((await again.shelf.all()).map(({ name }) => name)).toEqual(['Choir', 'Garden']);
    expect(await here(again, hash)).toBe('whole');
    const [kept, before] = [await again.tools.store.get(room), await alice.tools.store.get(room)];
    expect(kept?.seen).toEqual(before?.seen);
    expect((await again.room(room)).kept.seen).toEqual(before?.seen);
    // It goes on as a device of its own: two with one chain would sign two histories.
    expect(kept?.device).not.toBe(before?.device);
    await again.say(room, 'From here.');
    expect((await again.room(choir)).canWrite).toBe(true);
  });

  test('join what is there, and take nothing back', async () => {
    const { collected, source } = await backup(alice);
    await alice.say(room, 'Written afterwards.');
    await alice.shelf.setKeepsBlobs(room, true);
    expect(await restoreRooms(alice, collected, source)).toEqual({ rooms: 1, files: 0, wrong: 0 });
    expect(await alice.said(room)).toEqual(['Water the beans.', 'Written afterwards.']);
    expect((await alice.tools.store.get(room))?.keepsBlobs).toBe(true);
  });

  test('without files have none', async () => {
    const hash = await put(alice);
    const { collected, source } = await backup(alice, false);
    expect(collected.files).toEqual({ count: 0, bytes: 0 });
    await restoreRooms(again, collected, source);
    expect(await here(again, hash)).toBe('none');
  });

  test('that were only said yes to still wait for whoever has invited', async () => {
    await link(alice, bob);
    await accept(bob, room);
    const elsewhere = await RoomBrowser.open(2, 'Bob again');
    const awaited = { room, name: 'Garden', joinedAt: 3, seen: [], invitedBy: alice.key };
    expect(await restoreRooms(elsewhere, { list: [awaited] }, bytesSource(new Uint8Array(0)))).toMatchObject({
      rooms: 1,
    });
    expect(await restoreRooms(elsewhere, { list: [awaited] }, bytesSource(new Uint8Array(0)))).toMatchObject({
      rooms: 0,
    });
    await link(alice, elsewhere, 7);
    await until(async () => (await elsewhere.room(room)).canWrite, { what: 'the room to come' });
    elsewhere.close();
  });

  test('know of a removal that was handed over', async () => {
    await joined(room, bob, alice);
    await (await alice.room(room)).write(() => [{ k: 'remove', who: bob.key }]);
    await link(alice, bob, 8);
    await until(async () => !(await bob.room(room)).canWrite, { what: 'Bob to hear of it' });
    const { collected, source } = await backup(bob);
    const elsewhere = await RoomBrowser.open(2, 'Bob again');
    await restoreRooms(elsewhere, collected, source);
    expect((await elsewhere.room(room)).outBy).toBe(alice.key);
    elsewhere.close();
  });

  test('of a browser without any are none', async () => {
    expect(await collectRooms(carol, true)).toBeUndefined();
    expect(await roomsToSave(carol)).toMatchObject({ rooms: 0 });
  });
});

test('rooms: all of them go where everything is removed', async () => {
  const hash = await put(alice);
  await alice.tools.store.invite({ room: hash, name: 'x', members: 1, by: bob.key, at: 1, isDeclined: false });
  await alice.tools.store.removeAll();
  await alice.tools.blobs.removeAll();
  expect([await alice.shelf.all(), await alice.shelf.invitations(), await alice.tools.store.entries(room)]).toEqual([
    [],
    [],
    [],
  ]);
  expect(await here(alice, hash)).toBe('none');
  // Nothing is there to be removed any more.
  await alice.tools.blobs.removeAll();
});
