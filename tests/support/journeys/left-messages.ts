// Messages that were left, as they lie in a browser: read past the screens and opened with the product's own means, for ffmpeg to look at.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { LeftMessage } from '../../../src/core/messages/left-message.ts';
import { openMessage } from '../../../src/link/messages/sealed-message.ts';
import { afterThisTest } from '../runner/cleanups.ts';

/** Those that are known in this browser. @param page any page of the extension. */
export const knownMessages = (page: Page): Promise<readonly LeftMessage[]> =>
  page.evaluate(
    () =>
      new Promise<LeftMessage[]>((resolve, reject) => {
        const opening = indexedDB.open('freeflow-connect');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('messages').objectStore('messages').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result as LeftMessage[]);
          };
        };
      }),
  );

/** Names of the files that messages have here. */
export const messageFiles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('messages').catch(() => undefined);
    const names: string[] = [];
    for await (const name of folder?.keys() ?? []) names.push(name);
    return names;
  });

/** The path of a copy of it, as it is played, that stays for this test. @param ownId of whoever got it. */
export async function openedMessage(page: Page, message: LeftMessage, ownId: string): Promise<string> {
  const base64 = await page.evaluate(async (m) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('messages');
    const file = await (await folder.getFileHandle(`${m}.bytes`)).getFile();
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
    return btoa(text);
  }, message.m);
  const opened = await openMessage(new Blob([Buffer.from(base64, 'base64')]), message, ownId);
  if (!opened) throw new Error('the message does not open');
  const folder = await mkdtemp(join(tmpdir(), 'ffc-message-'));
  afterThisTest(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'message.webm');
  await writeFile(path, Buffer.from(await opened.arrayBuffer()));
  return path;
}
