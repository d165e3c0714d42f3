// What another device brings and is none of what it should be.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { toBase64url, toHex } from '../../../../src/core/base/bytes.ts';
import { sampleContact } from '../../../support/samples/backup-samples.ts';
import { testIdentity } from '../../../support/samples/test-identity.ts';
import { EntryDevice } from '../../../support/worlds/entry-device.ts';

const now = Date.UTC(2026, 10, 21);
const bobsId = toHex((await testIdentity(2)).ed25519);
let desk: EntryDevice;
let laptop: EntryDevice;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  desk = await EntryDevice.make('desk', 1);
  laptop = await EntryDevice.make('laptop', 2);
});

// docs/hostile-cases.md#e90
describe('own entries: what is none', () => {
  const take = (key: string, fields: Record<string, unknown>) => {
    const entry = Object.fromEntries(
      Object.entries(fields).map(([field, value]) => [field, { at: now, by: 'AAAAAAAAAAA', value }]),
    );
    return desk.entries.take([{ key, entry: entry as never }], now);
  };

  test('changes nothing and is not kept', async () => {
    await desk.contacts.add(await sampleContact(2));
    await desk.bring(laptop, now);
    await laptop.bring(desk, now);
    const before = await desk.state();
    const own = toHex((await testIdentity(1)).ed25519);
    const x = toBase64url((await testIdentity(3)).x25519);
    const link = { s: toBase64url(new Uint8Array(16)), r: [] };
    await take(`contact:${own}`, { '': { x, from: 'link', at: 1 }, name: 'Me', link });
    // Another sealing key: not the same person's record.
    await take(`contact:${bobsId}`, { '': { x, from: 'link', at: 1 }, name: 'Bob', link });
    await take(`contact:${'00'.repeat(32)}`, { '': { x, from: 'link', at: 1 }, name: 'Nobody', link });
    await take('contact:zz', { '': { x, from: 'link', at: 1 }, name: 'Nobody', link });
    await take(`contact:${toHex((await testIdentity(4)).ed25519)}`, { '': { x, from: 'air', at: 1 }, name: 'X', link });
    await take('call:x', { '': { contactId: 'nobody' } });
    await take('me', { name: '\u200b' });
    expect(await desk.state()).toEqual(before);
    expect([...(await desk.entries.all()).keys()].filter((key) => key !== 'settings' && key !== 'me')).toEqual([
      `contact:${bobsId}`,
    ]);
  });

  test('settings of wrong kinds leave those that are here; those of a later version are handed on', async () => {
    await desk.bring(laptop, now);
    await laptop.bring(desk, now);
    await take('settings', { relays: 'none', hideAddress: 'yes', linkGeneration: -1, tomorrow: { is: 'another day' } });
    await take('notes:1', { '': 'of a later version' });
    const { relays, hideAddress, linkGeneration } = await desk.settings.read();
    expect({ relays, hideAddress, linkGeneration }).toEqual({ relays: [], hideAddress: false, linkGeneration: 0 });
    await desk.bring(laptop, now);
    const there = await laptop.entries.all();
    expect(there.get('notes:1')?.['']?.value).toBe('of a later version');
    expect(there.get('settings')?.['tomorrow']?.value).toEqual({ is: 'another day' });
  });
});
