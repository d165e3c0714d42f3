// One browser's rooms: several pages that write at once, a profile that was copied, a room that is a file.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../support/runner/condition.ts';
import { link, RoomBrowser } from '../../support/worlds/room-browser.ts';
import { found, joined, letIn, sameText, threeBrowsers } from '../../support/worlds/room-steps.ts';

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

describe('rooms: several pages of one browser', () => {
  test('write behind each other, never a second history', async () => {
    const room = await found(alice);
    const other = await alice.otherPage();
    more.push(other);
    await Promise.all([alice, other].map((page) => page.room(room)));
    await Promise.all(Array.from({ length: 10 }, (_, i) => (i % 2 ? alice : other).say(room, `${i}`)));
    await sameText(room, alice, other);
    expect((await alice.room(room)).view.evidence).toEqual([]);
    expect(await other.said(room)).toHaveLength(10);
  });

  test('show what comes over a link of one of them', async () => {
    const room = await found(alice);
    await letIn(alice, room, bob);
    await joined(room, bob, alice);
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
    const room = await found(alice);
    await letIn(alice, room, bob);
    await joined(room, bob, alice);
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
    const room = await found(alice);
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
    const room = await found(alice);
    const entries = [...(await alice.room(room)).graph.all()].map(({ signed }) => signed).slice(1);
    expect(await carol.shelf.takeFile({ room, entries })).toBeUndefined();
    expect(await carol.shelf.all()).toEqual([]);
    expect(await carol.tools.store.entries(room)).toEqual([]);
  });
});
