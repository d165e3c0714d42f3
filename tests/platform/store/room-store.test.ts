// Rooms on the disk, over a real IndexedDB implementation: what comes back, what is found to be changed, what goes.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { NewerDatabaseError } from '../../../src/platform/store/database.ts';
import {
  type KeptRoom,
  openRoomDatabase,
  type RoomDatabase,
  roomMigrations,
} from '../../../src/platform/store/room-database.ts';
import { onRoomChanged, RoomStore } from '../../../src/platform/store/room-store.ts';
import { until } from '../../support/runner/condition.ts';
import { copyOf, RoomLink } from '../../support/worlds/room-link.ts';
import { SignedRoom, signedRooms } from '../../support/worlds/signed-room.ts';

let database: RoomDatabase;
let store: RoomStore;
let alice: SignedRoom;
let bob: SignedRoom;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openRoomDatabase();
  store = new RoomStore(database);
  const [one, two] = await signedRooms(2);
  if (!one || !two) throw new Error('two are wanted');
  [alice, bob] = [one, two];
});

const kept = (room: string, name = 'Garden'): KeptRoom => ({
  room,
  name,
  joinedAt: 1,
  device: 'AQEBAQEBAQE',
  isKeptFresh: false,
  keepsBlobs: false,
  seen: [],
});
const say = (text: string) => ({ k: 'say', text }) as const;
const placed = (room: SignedRoom) => [...room.graph.all()];

/** What another page of the same browser has of it. */
async function reopened(): Promise<SignedRoom> {
  const again = new SignedRoom(alice.room, alice.signer);
  await again.take(await new RoomStore(await openRoomDatabase()).entries(alice.room));
  return again;
}

describe('a room that is kept', () => {
  test('has all its entries again, whatever the order they were added in, and nothing of other rooms', async () => {
    for (let i = 0; i < 70; i++) await alice.write(say(`${i}`));
    await store.append(alice.room, placed(alice).slice(40), 'others');
    await store.append(alice.room, placed(alice).slice(0, 50), 'us');
    await store.append(`${alice.room}x`, placed(alice).slice(0, 3), 'us');
    expect((await reopened()).ids).toEqual(alice.ids);
    expect(await database.count('entries')).toBe(3);
  });

  test('has both histories of a writer who has two', async () => {
    const other = new SignedRoom(alice.room, alice.signer);
    await other.take(alice.all);
    await alice.write(say('one'));
    await other.write(say('other'));
    await alice.take(other.all);
    await store.append(alice.room, placed(alice), 'us');
    expect((await reopened()).view.evidence).toEqual(alice.view.evidence);
    expect(alice.view.evidence).toHaveLength(1);
  });

  test('misses what was changed on the disk, asks for it, and is mended by whoever has it', async () => {
    for (const text of ['one', 'pay 10', 'three']) await alice.write(say(text));
    await bob.take(alice.all);
    await store.append(alice.room, placed(alice), 'us');
    const [pack] = await database.getAll('entries');
    if (!pack) throw new Error('nothing is kept');
    const entries = pack.entries.map((one) => ({ ...one, e: one.e.replace('pay 10', 'pay 90') }));
    await database.put('entries', { ...pack, entries });
    const again = await reopened();
    expect(again.view.show('conversation').map(({ text }) => text)).toEqual(['one']);
    const link = new RoomLink();
    await link.a.exchange.setRooms([copyOf(again, bob)]);
    await link.b.exchange.setRooms([copyOf(bob, again)]);
    await link.pass();
    expect(again.ids).toEqual(bob.ids);
  });

  test('takes a mended signature in place of the wrong one', async () => {
    await alice.write(say('one'));
    await store.append(alice.room, placed(alice), 'others');
    const last = placed(alice).at(-1);
    if (!last) throw new Error('nothing');
    await store.append(alice.room, [{ ...last, signed: { e: last.signed.e, s: 'other' } }], 'others');
    const texts = await store.entries(alice.room);
    expect(texts.filter(({ e }) => e === last.signed.e)).toEqual([{ e: last.signed.e, s: 'other' }]);
  });

  test('survives a record that is none', async () => {
    await store.append(alice.room, placed(alice), 'others');
    await database.put('entries', { room: alice.room, writer: 'x', part: 0, entries: 7 as never });
    await database.put('entries', {
      room: alice.room,
      writer: 'y',
      part: 0,
      entries: [null, {}, { e: 1, s: '' }] as never,
    });
    expect((await reopened()).ids).toEqual(alice.ids);
  });

  test('is painted from what it last showed', async () => {
    const view = { room: alice.room, heads: alice.graph.heads(), view: alice.view.show('people') };
    await store.putView(view);
    expect(await store.view(alice.room)).toEqual(view);
    expect(await store.view('none')).toBeUndefined();
  });

  test('is changed in what is named, and one that is not there is not made', async () => {
    await store.put(kept('b', 'Zoo'));
    await store.put(kept('a'));
    await store.change('a', { seen: ['x'] });
    await store.change('c', { seen: ['x'] });
    expect(await store.all()).toEqual([{ ...kept('a'), seen: ['x'] }, kept('b', 'Zoo')]);
  });

  test('goes as a whole, and no other one with it', async () => {
    for (const room of [alice.room, 'other']) {
      await store.put(kept(room));
      await store.append(room, placed(alice), 'us');
      await store.putView({ room, heads: [], view: 1 });
    }
    await store.remove(alice.room);
    expect((await store.all()).map(({ room }) => room)).toEqual(['other']);
    expect(await store.entries(alice.room)).toEqual([]);
    expect(await store.view(alice.room)).toBeUndefined();
    expect(await store.entries('other')).not.toEqual([]);
  });

  test('is told of to other pages', async () => {
    const told: string[] = [];
    const stop = onRoomChanged((room) => told.push(room));
    await store.append(alice.room, placed(alice), 'us');
    await store.append(alice.room, [], 'us');
    await until(() => told.length === 1, { what: 'another page to hear of it' });
    stop();
    expect(told).toEqual([alice.room]);
  });
});

describe('the database of rooms', () => {
  test('keeps what the version before has written', async () => {
    await store.put(kept('a'));
    database.close();
    const again = await openRoomDatabase('freeflow-connect-rooms', [...roomMigrations, () => undefined]);
    expect(await again.getAll('rooms')).toEqual([kept('a')]);
    again.close();
    await expect(openRoomDatabase()).rejects.toBeInstanceOf(NewerDatabaseError);
  });

  test('is another one than that of keys and contacts', () => {
    expect(database.name).toBe('freeflow-connect-rooms');
  });
});
