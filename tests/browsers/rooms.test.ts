// Rooms in Chromium and Firefox. Of two: founded, invited to in a call, written in on both sides while they are apart, equal after the next call; a
// card is moved by keyboard and voted on, a file fetched, damaged and fetched again, a chapter reviewed, a note written by
// both. Of three: linked by their pages alone, and one who was absent has everything from the second.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Kinds, pairsFor } from '../support/drivers/browser-kinds.ts';
import type { DrivenBrowser } from '../support/drivers/driven-browser.ts';
import { clickButton, clickRole, fill, find, waitForText } from '../support/drivers/page-actions.ts';
import { type ThreeKinds, Trio } from '../support/journeys/trio.ts';
import { closeCallPages, connect } from '../support/journeys/two-people.ts';
import { Pair } from '../support/worlds/pair.ts';

const page = 'src/room/index.html';

async function say(room: Page, words: string): Promise<void> {
  await clickButton(room, 'Conversation');
  await fill(room, 'Write to the room', words);
  await clickButton(room, 'Send');
  await waitForText(room, new RegExp(words));
}

/** Puts a file of this computer into the room that is shown. */
async function addFile(room: Page, name: string, content: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'freeflow-room-'));
  await writeFile(join(folder, name), content);
  await clickButton(room, 'Files');
  await find(room, 'button', 'Add files');
  const field = (await room.$('input[type="file"][multiple]')) as ElementHandle<HTMLInputElement> | null;
  await field?.uploadFile(join(folder, name));
  await find(room, 'button', `Save ${name}`);
  await rm(folder, { recursive: true });
}

/** Changes one byte of the only file of the only room, as a failing disk does. */
const changeByte = (room: Page) =>
  room.evaluate(async () => {
    const firstIn = async (folder: FileSystemDirectoryHandle) => {
      for await (const [, handle] of folder.entries())
        if (handle.kind === 'directory') return handle as FileSystemDirectoryHandle;
      throw new Error('nothing is kept');
    };
    const root = await navigator.storage.getDirectory();
    const blob = await firstIn(await firstIn(await root.getDirectoryHandle('room-blobs')));
    const writable = await (await blob.getFileHandle('0')).createWritable({ keepExistingData: true });
    await writable.write({ type: 'write', position: 2, data: new Uint8Array([33]) });
    await writable.close();
  });

/** Types at the beginning of the note that is open. */
async function typeInNote(room: Page, words: string): Promise<void> {
  await find(room, 'textbox', 'Minutes');
  await room.bringToFront();
  await room.focus('.note-page');
  await room.keyboard.down('Control');
  await room.keyboard.press('Home');
  await room.keyboard.up('Control');
  await room.keyboard.type(words);
}

/** Where the card is, as the board says it to screen readers. */
const columnOf = (room: Page, card: string) =>
  room.evaluate(
    (title) =>
      [...document.querySelectorAll('.board-column')]
        .find((column) => column.textContent?.includes(title))
        ?.getAttribute('aria-label') ?? '',
    card,
  );

describe.each(pairsFor(['Chromium', 'Firefox']))('a room of %s and %s', (...kinds) => {
  let pair: Pair;
  beforeAll(async () => {
    pair = await Pair.meet(kinds as unknown as Kinds);
  });
  afterAll(() => pair?.close());

  test('is joined in a call, written in apart, and equal after the next call; a card is moved by keys and voted on', async () => {
    const { alice, bob } = pair;
    const a = await alice.page(`${page}#new`);
    await fill(a, 'Name of the room', 'Garden');
    await clickRole(a, 'checkbox', 'Bob');
    await clickButton(a, 'Create room');
    await find(a, 'heading', 'Garden');
    await say(a, 'from Alice before');

    const first = await connect(alice, bob);
    await clickButton(first.b, 'Join Garden', 30_000);
    const b = await bob.page(page);
    await clickRole(b, 'link', 'Open room Garden', 20_000);
    await waitForText(b, /from Alice before/, 20_000);
    await pair.hangUp();

    await say(b, 'from Bob apart');
    await clickButton(a, 'Wall');
    await fill(a, 'Title of a new card', 'Bench');
    await clickButton(a, 'Add card');
    await find(a, 'button', 'Move Bench');
    await a.bringToFront();
    await a.focus('.card-open');
    for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'Space'] as const) await a.keyboard.press(key);
    await waitForText(a, /Bench put down, 1 of 1 in Doing/);
    expect(await columnOf(a, 'Bench')).toBe('Column Doing, 1 card');
    await a.keyboard.press('Enter');
    await clickButton(a, 'Begin a vote on this card');
    await clickButton(a, 'Begin vote');
    await clickRole(a, 'radio', 'Yes');
    await clickButton(a, 'Vote');
    await waitForText(a, /1 of 2 members have voted/);
    await clickButton(a, 'Close');

    await connect(alice, bob);
    await waitForText(b, /One new vote/, 20_000);
    await clickButton(b, 'Wall');
    await find(b, 'button', 'Move Bench');
    expect(await columnOf(b, 'Bench')).toBe('Column Doing, 1 card');
    await clickButton(a, 'Conversation');
    await waitForText(a, /from Bob apart/, 20_000);

    await addFile(a, 'notes.txt', 'What we grow');
    await clickButton(b, 'Files');
    await clickButton(b, 'Get notes.txt', 20_000);
    await clickButton(b, 'Check every byte of notes.txt', 20_000);
    await waitForText(b, /Every byte of notes.txt is what its author signed/);
    await changeByte(b);
    await clickButton(b, 'Check every byte of notes.txt');
    await waitForText(b, /Not what Alice signed: part 1 of 1/);
    await clickButton(b, 'Get notes.txt again');
    await clickButton(b, 'Check every byte of notes.txt', 20_000);
    await waitForText(b, /Every byte of notes.txt is what its author signed/);

    await clickButton(a, 'Books');
    await fill(a, 'Title of a new book', 'Bees');
    await clickButton(a, 'Add book');
    await clickButton(a, 'Open book Bees');
    await clickButton(a, 'Add chapter');
    await fill(a, 'Title of the chapter', 'Bench');
    await fill(a, 'Text of the chapter', 'A hive stands dry.');
    await clickButton(a, 'Sign and save');
    await waitForText(a, /A hive stands dry\./);
    await clickButton(b, 'Books');
    await clickButton(b, 'Open book Bees', 20_000);
    await clickButton(b, 'Review chapter Bench', 20_000);
    await clickButton(b, 'Sign and send');
    await clickButton(b, 'Check every byte of Bench');
    await waitForText(b, /Every byte is what its author signed/);
    await waitForText(a, /Confirmed by one/, 20_000);

    await clickButton(a, 'Notes');
    await fill(a, 'Title of a new note', 'Minutes');
    await clickButton(a, 'Add note');
    await clickButton(a, 'Open note Minutes');
    const [alices, bobs] = ['Water it', 'Bob, '];
    await typeInNote(a, alices);
    await clickButton(b, 'Notes');
    await clickButton(b, 'Open note Minutes', 20_000);
    await waitForText(b, /Water it/, 20_000);
    await typeInNote(b, `# ${bobs}`);
    await waitForText(a, new RegExp(bobs + alices), 20_000);
    await clickButton(a, 'Who wrote what');
    await waitForText(a, /Bob and You/);
    await pair.hangUp();
  });
});

async function openGarden(who: DrivenBrowser): Promise<Page> {
  const room = await who.page(page);
  await clickRole(room, 'link', 'Open room Garden', 20_000);
  await find(room, 'heading', 'Garden');
  return room;
}

/** The one who catches up, and the one from whom, have different browsers either way. */
const threes: readonly ThreeKinds[] = [
  ['Chromium', 'Firefox', 'Chromium'],
  ...(process.env['FFC_EVERY_PAIR'] ? ([['Firefox', 'Chromium', 'Firefox']] as const) : []),
];

describe.each(threes)('a room of %s, %s and %s', (...kinds) => {
  let trio: Trio;
  beforeAll(async () => {
    trio = await Trio.meet(kinds as unknown as ThreeKinds);
  });
  afterAll(() => trio?.close());

  test('is equal without a call while its pages are open, and a third catches up from the second alone', async () => {
    const { alice, bob, carol } = trio;
    const a = await alice.page(`${page}#new`);
    await fill(a, 'Name of the room', 'Garden');
    await clickRole(a, 'checkbox', 'Bob');
    await clickRole(a, 'checkbox', 'Carol');
    await clickButton(a, 'Create room');
    await find(a, 'heading', 'Garden');
    for (const other of [bob, carol]) {
      const call = await connect(alice, other);
      await clickButton(call.b, 'Join Garden', 30_000);
      const room = await other.page(page);
      await clickRole(room, 'link', 'Open room Garden', 20_000);
      await find(room, 'button', 'Meet here', 20_000);
      await room.close();
      await closeCallPages(alice, other);
    }

    await say(a, 'from Alice apart');
    const b = await openGarden(bob);
    await say(b, 'from Bob apart');
    expect(await b.evaluate(() => document.body.textContent)).not.toContain('from Alice apart');
    await clickButton(a, 'Meet here');
    await waitForText(a, /No other member is here/);
    await clickButton(b, 'Meet here');
    await waitForText(b, /Alice is here/, 30_000);
    await waitForText(a, /Bob is here/, 30_000);
    await waitForText(b, /from Alice apart/);
    await waitForText(a, /from Bob apart/);
    await say(b, 'live from Bob');
    await waitForText(a, /live from Bob/);

    await alice.close();
    const c = await openGarden(carol);
    expect(await c.evaluate(() => document.body.textContent)).not.toContain('from Bob apart');
    await clickButton(c, 'Meet here');
    await waitForText(c, /Bob is here/, 30_000);
    for (const words of [/from Alice apart/, /from Bob apart/, /live from Bob/]) await waitForText(c, words);
    await say(c, 'from Carol');
    await waitForText(b, /from Carol/);
  });
});
