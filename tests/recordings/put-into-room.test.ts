// A recording becomes a file of a room: only where everybody in it has agreed to the end, checked like every file, and never half of it.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptRecording } from '../../src/core/recording/kept-recording.ts';
import type { FurtherLine } from '../../src/core/recording/recording-log.ts';
import { whoDidNotAgree } from '../../src/core/recording/shareable.ts';
import { putInto } from '../../src/recordings/put-into.ts';
import type { RoomBrowser } from '../support/worlds/room-browser.ts';
import { found, threeBrowsers } from '../support/worlds/room-steps.ts';

const [alice, bob, carol] = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const came = (person: string): FurtherLine => ({ t: 'came', at: 0, person, name: person.slice(0, 1) });
const says = (person: string, yes: boolean, at = 0): FurtherLine => ({ t: 'answer', at, person, yes, e: '', s: '' });
const written = (person: string): FurtherLine => ({
  ...{ t: 'segment', at: 5, file: `${person.slice(0, 1)}-camera-1.webm`, person, part: 'camera', mime: 'video/webm' },
});
const recording = (...lines: readonly FurtherLine[]) =>
  keptRecording({
    first: { t: 'recording', v: 1, id: 'A'.repeat(22), person: alice, name: 'x', startedAt: 1 },
    lines: [came(alice), came(bob), came(carol), written(alice), ...lines],
  });

// Seen to fail with any of the three conditions taken out.
test('recordings in rooms: everybody who is written in it has to have agreed, and to say so still', () => {
  const all = recording(says(bob, true), written(bob), says(carol, false));
  expect(whoDidNotAgree(all)).toEqual([]);
  const stopped = recording(says(bob, true), written(bob), says(bob, false, 9));
  expect(whoDidNotAgree(stopped)).toEqual([bob]);
  const [own, theirs] = stopped.segments;
  expect([whoDidNotAgree(stopped, own), whoDidNotAgree(stopped, theirs)]).toEqual([[], [bob]]);
  const forgotten = recording(says(bob, true), written(bob), says(bob, false, 9), {
    t: 'forgotten',
    at: 9,
    person: bob,
  });
  expect(whoDidNotAgree(forgotten)).toEqual([]);
  expect(whoDidNotAgree(recording(written(carol)))).toEqual([carol]);
});

let browser: RoomBrowser;
let others: readonly RoomBrowser[];
let room: string;
const film = new Blob([new Uint8Array(1_048_576 + 9).fill(3)]);
const named = { name: 'Summer 2031-04-09.mp4', type: 'video/mp4' };

beforeEach(async () => {
  [browser, ...others] = await threeBrowsers();
  room = await found(browser);
});
afterEach(() => {
  for (const one of [browser, ...others]) one.close();
});

test('recordings in rooms: the film is a file of the room, with its bytes here', async () => {
  const open = await browser.room(room);
  const shares: number[] = [];
  expect(await putInto(open, browser.tools.blobs, film, named, (share) => shares.push(share))).toBe('put');
  const [file] = open.view.show('files');
  expect(file).toMatchObject({ ...named, size: film.size, author: browser.key });
  expect(await browser.tools.blobs.wrongBlocks(room, file?.hash ?? '', film.size)).toEqual([]);
  expect(shares.at(-1)).toBe(1);
});

test('recordings in rooms: what does not fit, or may not be written, leaves nothing behind', async () => {
  const open = await browser.room(room);
  browser.disk.quota = 1_000;
  expect(await putInto(open, browser.tools.blobs, film, named, () => undefined)).toBe('no-space');
  browser.disk.quota = 1_000_000_000;
  const [bobs] = others;
  if (!bobs) throw new Error('no Bob');
  await bobs.shelf.takeFile({ room, entries: await browser.tools.store.entries(room) });
  const theirs = await bobs.room(room);
  expect(await putInto(theirs, bobs.tools.blobs, film, named, () => undefined)).toBe('not-written');
  expect(await bobs.tools.blobs.all(room)).toEqual([]);
  expect(open.view.show('files')).toEqual([]);
});
