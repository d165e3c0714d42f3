// One browser's rooms: several pages that write at once, a profile that was copied, a room that is a file.
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

describe('rooms: several pages of one browser', () => {
  test('write behind each other, never a second history', async () => {
    const room = await found();
    const other = await alice.otherPage();
    more.push(other);
    await Promise.all([alice, other].map((page) => page.room(room)));
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? alice : other).say(room, `${i}`)));
    await sameText(room, alice, other);
    expect((await alice.room(room)).view.evidence).toEqual([]);
    expect(await other.said(room)).toHaveLength(10);
  });

  test('show what comes over a link of one of them', async () => {
    const room = await found();
    await letIn(room, bob);
    await joined(room, bob);
    const page = await alice.otherPage();
    more.push(page);
    await page.room(room);
    await link(alice, bob);
    await bob.say(room, 'to the other page');
    await until(async () => (await page.said(room)).includes('to the other page'), {
      what: 'the other page to show it',
    });
    await page.say(room, 'from the other page');
    await until(async () => (await bob.said(room)).includes('from the other page'), { what: 'the call to carry it' });
  });

  test('a copied profile goes on as another device once it meets what it never wrote', async () => {
    const room = await found();
    await letIn(room, bob);
    await joined(room, bob);
    const kept = await alice.tools.store.get(room);
    const entries = [...(await alice.room(room)).graph.all()];
    const copy = await RoomBrowser.open(1, 'Alice, copied');
    more.push(copy);
    await copy.tools.store.append(room, entries, 'others');
    if (kept) await copy.tools.store.put(kept);
    await alice.say(room, 'from the first');
    await link(alice, bob);
    await sameText(room, alice, bob);
    alice.channels.part(bob.id);
    await link(copy, bob, 6);
    await until(async () => (await copy.said(room)).includes('from the first'), { what: 'the copy to catch up' });
    await copy.say(room, 'from the copy');
    expect((await copy.room(room)).view.evidence).toEqual([]);
    expect((await copy.room(room)).kept.device).not.toBe(kept?.device);
  });
});

describe('rooms: a room as a file', () => {
  test('comes back in another browser, and merges into one that has less', async () => {
    const room = await found();
    await alice.say(room, 'kept');
    const entries = [...(await alice.room(room)).graph.all()].map(({ signed }) => signed);
    expect(await carol.shelf.takeFile({ room, entries })).toBe(entries.length);
    expect(await carol.said(room)).toEqual(['kept']);
    expect(await carol.shelf.takeFile({ room, entries })).toBe(0);
    await alice.say(room, 'later');
    const all = [...(await alice.room(room)).graph.all()].map(({ signed }) => signed);
    expect(await carol.shelf.takeFile({ room, entries: all })).toBe(1);
    expect(await carol.said(room)).toEqual(['kept', 'later']);
  });

  test('of which the beginning is missing is not kept', async () => {
    const room = await found();
    const entries = [...(await alice.room(room)).graph.all()].map(({ signed }) => signed).slice(1);
    expect(await carol.shelf.takeFile({ room, entries })).toBeUndefined();
    expect(await carol.shelf.all()).toEqual([]);
    expect(await carol.tools.store.entries(room)).toEqual([]);
  });
});
