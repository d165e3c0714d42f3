// Files of a room between whole browsers: put there, fetched from whoever has them, from several at once, resumed, checked on the disk, named when
// they are not right, and kept from everybody else.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../support/runner/condition.ts';
import { link, type RoomBrowser } from '../../support/worlds/room-browser.ts';
import { found, joined, letIn, sameText, threeBrowsers } from '../../support/worlds/room-steps.ts';

let alice: RoomBrowser;
let bob: RoomBrowser;
let carol: RoomBrowser;
let room: string;

const bytes = new Uint8Array(2 * 1_048_576 + 77).map((_, i) => (i * 13) & 255);

beforeEach(async () => {
  [alice, bob, carol] = await threeBrowsers();
  room = await found(alice);
  await letIn(alice, room, bob, carol);
  await joined(room, bob, alice);
});

afterEach(() => {
  for (const one of [alice, bob, carol]) {
    expect(one.faults).toEqual([]);
    one.close();
  }
});

async function put(who: RoomBrowser, content = bytes): Promise<string> {
  const hash = await who.tools.blobs.put(room, new Blob([content]));
  await (await who.room(room)).write(() => [{ k: 'file', name: 'a.bin', type: '', size: content.length, hash }]);
  return hash;
}

const stateOf = (who: RoomBrowser, hash: string) => who.tools.blobs.state(room, hash, bytes.length);
const whole = (who: RoomBrowser, hash: string) =>
  until(async () => (await stateOf(who, hash)).here === 'whole', { what: 'the file to come' });
async function read(who: RoomBrowser, hash: string): Promise<Uint8Array> {
  const opened = await who.tools.blobs.open(room, hash, bytes.length, '');
  if (!(opened instanceof Blob)) throw new Error(`wrong: ${opened.wrong}`);
  return new Uint8Array(await opened.arrayBuffer());
}

describe('room files', () => {
  test('come when they are asked for, not before, and are what was put there', async () => {
    const hash = await put(alice);
    await link(alice, bob);
    await sameText(room, alice, bob);
    expect((await stateOf(bob, hash)).here).toBe('none');
    await bob.tools.blobs.want(room, hash);
    await whole(bob, hash);
    expect(Buffer.from(await read(bob, hash)).equals(Buffer.from(bytes))).toBe(true);
  });

  test('that were asked for while nobody was there come when somebody is met, from whoever has them', async () => {
    await joined(room, carol, alice);
    const hash = await put(alice);
    await link(alice, bob);
    await sameText(room, alice, bob);
    await bob.tools.blobs.want(room, hash);
    await whole(bob, hash);
    alice.channels.part(bob.id);
    await link(bob, carol, 7);
    await sameText(room, bob, carol);
    await carol.tools.blobs.want(room, hash);
    await whole(carol, hash);
    expect(Buffer.from(await read(carol, hash)).equals(Buffer.from(bytes))).toBe(true);
  });

  test('all come by themselves where everything of the room is kept', async () => {
    await bob.shelf.setKeepsBlobs(room, true);
    const hash = await put(alice);
    await link(alice, bob);
    await whole(bob, hash);
  });

  test('go on from where they were after the link broke', async () => {
    const hash = await put(alice);
    const pair = await link(alice, bob);
    await sameText(room, alice, bob);
    let blocks = 0;
    pair.swallow = (message) => typeof message !== 'string' && message.byteLength > 1_000 && blocks++ > 20;
    await bob.tools.blobs.want(room, hash);
    await until(async () => (await stateOf(bob, hash)).here === 'part', { what: 'a block to come' });
    pair.break();
    const before = (await stateOf(bob, hash)).blocks;
    expect(before).toBeLessThan(3);
    await link(alice, bob, 6);
    await whole(bob, hash);
  });

  test('of which a byte was changed on the disk are found out, are given to nobody, and come again', async () => {
    await joined(room, carol, alice);
    const hash = await put(alice);
    await link(alice, bob);
    await sameText(room, alice, bob);
    await bob.tools.blobs.want(room, hash);
    await whole(bob, hash);
    const folder = bob.disk.folders.get('room-blobs')?.folders.get(room)?.folders.get(hash);
    const block = folder?.entry('1');
    if (block) block.bytes[500] = (block.bytes[500] ?? 0) ^ 1;
    expect(await bob.tools.blobs.wrongBlocks(room, hash, bytes.length)).toEqual([1]);
    expect(await bob.tools.blobs.open(room, hash, bytes.length, '')).toEqual({ wrong: [1] });
    expect(await bob.tools.blobs.checked(room, hash, bytes.length, 1)).toBeUndefined();
    expect(await bob.tools.blobs.checked(room, hash, bytes.length, 0)).toBeDefined();
    await bob.tools.blobs.drop(room, hash, [1]);
    await whole(bob, hash);
    expect(Buffer.from(await read(bob, hash)).equals(Buffer.from(bytes))).toBe(true);
  });

  // docs/hostile-cases.md#e88
  test('are refused where a member sends something else, who is named', async () => {
    const hash = await put(alice);
    await link(alice, bob);
    await sameText(room, alice, bob);
    alice.tools.blobs.checked = async (_room, _hash, _size, at) =>
      bytes
        .slice(at * 1_048_576)
        .fill(9, 0, 1)
        .slice(0, 1_048_576);
    await bob.tools.blobs.want(room, hash);
    await until(async () => (await stateOf(bob, hash)).wrongFrom.length > 0, { what: 'the wrong block to be seen' });
    const { wrongFrom, blocks } = await stateOf(bob, hash);
    expect(wrongFrom).toEqual([alice.key]);
    expect(blocks).toBe(0);
  });

  test('are given to nobody who was shown out', async () => {
    const hash = await put(alice);
    await link(alice, bob);
    await sameText(room, alice, bob);
    await (await alice.room(room)).write(() => [{ k: 'remove', who: bob.key }]);
    let asked = 0;
    const { blobs } = alice.tools;
    const checked = blobs.checked.bind(blobs);
    blobs.checked = (...of) => {
      asked += 1;
      return checked(...of);
    };
    await bob.tools.blobs.want(room, hash);
    // Entries on the same link come in order behind what was asked for.
    await bob.say(room, 'still me?').catch(() => undefined);
    await until(async () => (await bob.room(room)).outBy !== undefined, { what: 'Bob to learn that he is out' });
    expect(asked).toBe(0);
    expect((await stateOf(bob, hash)).here).toBe('none');
  });

  test('go with the room, and stay while another room has them', async () => {
    const hash = await put(alice);
    const other = await found(alice, 'Orchard');
    await alice.tools.blobs.put(other, new Blob([bytes]));
    await alice.shelf.remove(room);
    expect(await alice.tools.blobs.all(room)).toEqual([]);
    expect(await alice.tools.blobs.all(other)).toEqual([hash]);
  });

  test('that do not fit on the disk are refused, and nothing of them stays to be given to others', async () => {
    alice.disk.quota = alice.disk.usage + 1_000;
    await expect(alice.tools.blobs.put(room, new Blob([bytes]))).rejects.toThrow('no room');
    expect(await alice.tools.blobs.all(room)).toEqual([]);
  });

  test('that are empty are whole at once', async () => {
    const hash = await put(alice, new Uint8Array(0));
    await link(alice, bob);
    await sameText(room, alice, bob);
    await bob.tools.blobs.want(room, hash);
    await until(async () => (await bob.tools.blobs.state(room, hash, 0)).here === 'whole', { what: 'the empty file' });
  });
});
