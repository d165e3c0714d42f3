// Files in a call in real browsers: whole on the disk of the other side, both ways, several at once, declined, paused, cancelled, with the
// chat going on, and the rest in a later call after the page was reloaded.
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fittingBytes } from '../../tools/machine/limits.mjs';
import { pairsFor } from '../support/drivers/browser-kinds.ts';
import { clickButton, find, has, reload, waitForStatus } from '../support/drivers/page-actions.ts';
import { inspect } from '../support/drivers/screen-inspection.ts';
import {
  chooseFiles,
  downloaded,
  FileFolder,
  type FileOnDisk,
  fileState,
  openChat,
  pauseEarly,
  say,
  sha256Of,
  untilFile,
  untilMessage,
} from '../support/journeys/chat-steps.ts';
import { connect } from '../support/journeys/two-people.ts';
import { until } from '../support/runner/condition.ts';
import { Pair } from '../support/worlds/pair.ts';

const megabyte = 1_000_000;

describe.each(pairsFor(['Chromium', 'Chromium'], ['Firefox', 'Chromium']))('%s calls %s', (...kinds) => {
  // Large files cost minutes of computing: between browsers they are sent with FFC_EVERY_PAIR=1.
  const isWhole = Boolean(process.env['FFC_EVERY_PAIR']) || kinds.every((kind) => kind === 'Chromium');
  let pair: Pair;
  let folder: FileFolder;
  let a: Page;
  let b: Page;

  beforeAll(async () => {
    [pair, folder] = await Promise.all([Pair.meet(kinds), FileFolder.make()]);
  });

  beforeEach(async () => {
    ({ a, b } = await connect(pair.alice, pair.bob));
    await openChat(a, b);
  });

  afterEach(async () => {
    await pair.hangUp();
  });

  afterAll(async () => {
    await pair?.close();
    await folder?.remove();
  });

  /** What the page keeps of files: everything in the origin's private file system. */
  function kept(page: Page): Promise<{ readonly name: string; readonly size: number }[]> {
    return page.evaluate(async () => {
      const found: { name: string; size: number }[] = [];
      const root = await navigator.storage.getDirectory();
      for await (const place of root.values())
        if (place instanceof FileSystemDirectoryHandle)
          for await (const one of place.values())
            if (one instanceof FileSystemFileHandle) found.push({ name: one.name, size: (await one.getFile()).size });
      return found;
    });
  }

  async function saves(page: Page, file: FileOnDisk, downloads: string): Promise<void> {
    await clickButton(page, `Save ${file.name}`);
    expect(await sha256Of(await downloaded(downloads, new RegExp(`^${file.name}$`)))).toBe(file.sha256);
  }

  test('8 MB each way are on the disk of the other side as they were; nothing is stored before the yes', async () => {
    const [fromAlice, fromBob] = [
      await folder.write('from-alice.bin', 8 * megabyte),
      await folder.write('from-bob.bin', 8 * megabyte),
    ];
    const [toAlice, toBob] = [
      await folder.downloadsOf(pair.alice, a, 'alice'),
      await folder.downloadsOf(pair.bob, b, 'bob'),
    ];
    await chooseFiles(a, 'Send files', fromAlice.path);
    await chooseFiles(b, 'Send files', fromBob.path);
    await untilFile(b, fromAlice.name, /Alice wants to send you this file/);
    await untilFile(a, fromAlice.name, /Waiting for Bob/);
    expect(await kept(b)).toEqual([]);
    await inspect(b, 'files-offered', [1280, 420]);
    await clickButton(b, `Accept ${fromAlice.name}`);
    await clickButton(a, `Accept ${fromBob.name}`);
    await untilFile(b, fromAlice.name, /Received and checked/);
    await untilFile(a, fromAlice.name, /Delivered to Bob/);
    await untilFile(a, fromBob.name, /Received and checked/);
    await saves(b, fromAlice, toBob);
    await saves(a, fromBob, toAlice);
    await inspect(b, 'files-received', [1280, 420]);
  });

  // Firefox has no such dialog.
  test.runIf(kinds[1] === 'Chromium')(
    'where the browser writes into a chosen file, it does, and the copy here goes',
    async () => {
      const file = await folder.write('chosen-place.bin', 3 * megabyte + 7);
      const before = (await kept(b)).length;
      // The dialog is the system's own and cannot be driven: a real file handle stands in for what a person would choose there.
      await b.evaluate(() => {
        (globalThis as { showSaveFilePicker?: unknown }).showSaveFilePicker = async (options: {
          suggestedName: string;
        }) => (await navigator.storage.getDirectory()).getFileHandle(options.suggestedName, { create: true });
      });
      await chooseFiles(a, 'Send files', file.path);
      await clickButton(b, `Accept ${file.name}`);
      await untilFile(b, file.name, /Received and checked/);
      await clickButton(b, `Save ${file.name}`);
      await untilFile(b, file.name, /^Saved/);
      const saved = await b.evaluate(async (name) => {
        const root = await navigator.storage.getDirectory();
        const bytes = await (await (await root.getFileHandle(name)).getFile()).arrayBuffer();
        await root.removeEntry(name);
        return [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))];
      }, file.name);
      expect(Buffer.from(saved).toString('hex')).toBe(file.sha256);
      await until(async () => (await kept(b)).length === before, { what: 'the copy to go' });
    },
  );

  test('declined: nothing is sent and nothing is stored', async () => {
    const file = await folder.write('unwanted.bin', 2 * megabyte);
    const before = await kept(b);
    await chooseFiles(a, 'Send files', file.path);
    await clickButton(b, `Decline ${file.name}`);
    await untilFile(a, file.name, /Bob declined it/);
    await untilFile(b, file.name, /You declined it/);
    expect(await kept(b)).toEqual(before);
  });

  test.runIf(isWhole)('paused by either side and resumed; cancelled, it leaves nothing', async () => {
    const file = await folder.write('paused.bin', fittingBytes(150 * megabyte, 50 * megabyte));
    const before = (await kept(b)).length;
    await chooseFiles(a, 'Send files', file.path);
    await clickButton(b, `Accept ${file.name}`);
    await untilFile(b, file.name, /MB of/);
    await clickButton(b, `Pause ${file.name}`);
    await untilFile(b, file.name, /^Paused\./);
    await untilFile(a, file.name, /Paused by Bob/);
    await clickButton(b, `Resume ${file.name}`);
    await untilFile(a, file.name, /MB of/);
    await clickButton(a, `Pause ${file.name}`);
    await untilFile(b, file.name, /Paused by Alice/);
    expect((await kept(b)).length).toBe(before + 2);
    await inspect(b, 'files-paused', [420]);
    await clickButton(a, `Resume ${file.name}`);
    await untilFile(b, file.name, /MB of/);
    await clickButton(b, `Cancel ${file.name}`);
    await untilFile(a, file.name, /Cancelled by Bob/);
    await until(async () => (await kept(b)).length === before, { what: 'the beginning to be deleted' });
  });

  test.runIf(isWhole)('two at once, and the chat goes on meanwhile', async () => {
    const size = fittingBytes(30 * megabyte, 10 * megabyte);
    const files = [await folder.write('one.bin', size), await folder.write('two.bin', size)] as const;
    await chooseFiles(a, 'Send files', ...files.map(({ path }) => path));
    for (const { name } of files) await clickButton(b, `Accept ${name}`);
    await Promise.all(files.map(({ name }) => untilFile(b, name, /MB of/)));
    await say(a, 'Are they coming?');
    await untilMessage(b, 'Are they coming?');
    const states = await Promise.all(files.map(({ name }) => fileState(b, name)));
    expect(
      states.every((state) => / of /.test(state)),
      states.join(' | '),
    ).toBe(true);
    await Promise.all(files.map(({ name }) => untilFile(b, name, /Received and checked/)));
  });

  test.runIf(isWhole)(
    'a reloaded page: in the next call the rest follows, and the whole is what was sent',
    async () => {
      const file = await folder.write('long.bin', fittingBytes(50 * megabyte, 20 * megabyte));
      await chooseFiles(a, 'Send files', file.path);
      const early = pauseEarly(b, file.name);
      await clickButton(b, `Accept ${file.name}`);
      await early;
      await untilFile(a, file.name, /Paused by Bob/);
      b.on('dialog', (dialog) => void dialog.accept());
      await reload(b);
      await waitForStatus(a, /^Call ended/);
      await pair.hangUp();

      ({ a, b } = await connect(pair.alice, pair.bob));
      await openChat(a, b);
      const left = await untilFile(b, file.name, /before the interruption/);
      expect(left).toMatch(/^[1-9]/);
      await untilFile(a, file.name, /from an earlier call/);
      await inspect(a, 'files-rest-wanted', [420]);
      const other = await folder.write('other.bin', megabyte);
      await chooseFiles(a, `Choose file ${file.name}`, other.path);
      await waitForStatus(a, /isn’t the same file as long\.bin/);
      const downloads = await folder.downloadsOf(pair.bob, b, 'bob-later');
      await chooseFiles(a, `Choose file ${file.name}`, file.path);
      await untilFile(b, file.name, /Received and checked/);
      await saves(b, file, downloads);
    },
  );

  test('after the call what came can still be saved', async () => {
    const file = await folder.write('last.bin', megabyte);
    const downloads = await folder.downloadsOf(pair.bob, b, 'bob-after');
    await chooseFiles(a, 'Send files', file.path);
    await clickButton(b, `Accept ${file.name}`);
    await untilFile(b, file.name, /Received and checked/);
    await clickButton(a, 'Leave call');
    await waitForStatus(b, /^Call ended/);
    expect(await has(b, 'button', 'Save chat')).toBe(true);
    await saves(b, file, downloads);
  });

  test('files that are dropped on the call are offered', async () => {
    await clickButton(a, 'Close chat');
    await a.evaluate(() => {
      const dragged = new DataTransfer();
      dragged.items.add(new File(['dropped'], 'dropped.txt', { type: 'text/plain' }));
      for (const type of ['dragenter', 'dragover', 'drop'])
        document
          .querySelector('main')
          ?.dispatchEvent(new DragEvent(type, { dataTransfer: dragged, bubbles: true, cancelable: true }));
    });
    await untilFile(a, 'dropped.txt', /Waiting for Bob/);
    await find(b, 'button', 'Accept dropped.txt');
  });
});
