// Doors for later as they are kept: a few, each until its time is over.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test } from 'vitest';
import { type KeptDoor, maxKeptDoors } from '../../../src/core/identity/kept-door.ts';
import { openDatabase } from '../../../src/platform/store/database.ts';
import { DoorStore } from '../../../src/platform/store/door-store.ts';

let store: DoorStore;
const doorOf = (id: string, from: number): KeptDoor => ({ id, secret: 'AAAA', title: '', from, until: from + 1_000 });

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = new DoorStore(await openDatabase());
});

test('are there in their order, for a browser that was started anew, too', async () => {
  for (const [id, from] of [
    ['late', 9_000],
    ['early', 2_000],
  ] as const)
    await store.add(doorOf(id, from), 0);
  const again = new DoorStore(await openDatabase());
  expect((await again.all(0)).map(({ id }) => id)).toEqual(['early', 'late']);
  expect(await again.get('late', 0)).toEqual(doorOf('late', 9_000));
});

test('are twenty at most; one that is over makes room', async () => {
  for (let i = 0; i < maxKeptDoors; i++) expect(await store.add(doorOf(`door ${i}`, 1_000 * i), 0)).toBe(true);
  expect(await store.add(doorOf('too many', 0), 0)).toBe(false);
  expect(await store.add(doorOf('another', 50_000), 1_000)).toBe(true);
  expect(await store.get('door 0', 1_000)).toBeUndefined();
});

test('are gone when they are closed, and forgotten when their time is over', async () => {
  await store.add(doorOf('closed', 5_000), 0);
  await store.add(doorOf('over', 5_000), 0);
  await store.remove('closed');
  expect((await store.all(5_999)).map(({ id }) => id)).toEqual(['over']);
  expect(await store.all(6_000)).toEqual([]);
  expect(await store.all(0)).toEqual([]);
});
