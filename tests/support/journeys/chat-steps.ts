// What people do in the chat of a call, and files for them to send.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElementHandle, Page } from 'puppeteer-core';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { isFirefox } from '../drivers/color-scheme.ts';
import type { DrivenBrowser } from '../drivers/driven-browser.ts';
import { clickButton, fill, find, has, lookAt } from '../drivers/page-actions.ts';
import { until } from '../runner/condition.ts';

export async function openChat(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    if (!(await has(page, 'textbox', 'Message'))) await clickButton(page, 'Chat');
    await find(page, 'textbox', 'Message');
  }
}

export async function say(page: Page, text: string): Promise<void> {
  await fill(page, 'Message', text);
  await clickButton(page, 'Send');
}

/** The messages that are shown, as their text reads; an empty line is as good as a new one. */
export function messagesOn(page: Page): Promise<string[]> {
  return page.$$eval('.chat-text', (all) =>
    all.map((one) => {
      // biome-ignore lint/performance/useDomNodeTextContent: as people see it.
      const { innerText } = one as HTMLElement;
      return innerText.trim().replace(/\n+/g, '\n');
    }),
  );
}

export async function untilMessage(page: Page, text: string): Promise<void> {
  await until(async () => (await messagesOn(page)).includes(text), { what: `the message ${JSON.stringify(text)}` });
}

/** What the row of a file says. */
export async function fileState(page: Page, name: string): Promise<string> {
  return page.$$eval(
    '.file-row',
    (rows, wanted) => {
      const row = rows.findLast((one) => one.querySelector('.file-name')?.textContent?.startsWith(`${wanted} `));
      return row?.querySelector('.file-state')?.textContent ?? '';
    },
    name,
  );
}

export async function untilFile(page: Page, name: string, fits: RegExp, withinMs = 60_000): Promise<string> {
  let state = '';
  try {
    return await until(
      async () => {
        state = await fileState(page, name);
        return fits.test(state) ? state : undefined;
      },
      { withinMs, what: `${name} to say ${fits}` },
    );
  } catch (cause) {
    throw new Error(`Waited ${limitMs(withinMs)} ms for ${name} to say ${fits}; it says ${JSON.stringify(state)}`, {
      cause,
    });
  }
}

/** Presses Pause from within the page, the moment that a first megabyte is there: a mouse may come when all is. */
export async function pauseEarly(page: Page, name: string): Promise<void> {
  await page.evaluate(
    (wanted) =>
      new Promise<void>((done) => {
        const press = () => {
          const button = document.querySelector<HTMLButtonElement>(`button[aria-label="Pause ${wanted}"]`);
          const state = button?.closest('.file-row')?.querySelector('.file-state');
          if (!button || !/MB of/.test(state?.textContent ?? '')) return;
          observer.disconnect();
          button.click();
          done();
        };
        const observer = new MutationObserver(press);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        press();
      }),
    name,
  );
}

/**
 * Presses a button that opens the system's file chooser, and chooses there. In Firefox, whose chooser WebDriver does not see for pages of
 * an extension, the files are given to the field behind the button.
 */
export async function chooseFiles(page: Page, name: string, ...paths: readonly string[]): Promise<void> {
  await lookAt(page);
  if (await isFirefox(page.browser())) {
    const button = await find(page, 'button', name);
    const field = await button.evaluateHandle((one) => one.parentElement?.querySelector('input[type="file"]'));
    await (field as ElementHandle<HTMLInputElement>).uploadFile(...paths);
    return;
  }
  const [chooser] = await Promise.all([page.waitForFileChooser({ timeout: limitMs(10_000) }), clickButton(page, name)]);
  await chooser.accept([...paths]);
}

export interface FileOnDisk {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
}

/** A folder for one test file, with files of random bytes in it. */
export class FileFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<FileFolder> {
    return new FileFolder(await mkdtemp(join(tmpdir(), 'ffc-files-')));
  }

  async write(name: string, bytes: number): Promise<FileOnDisk> {
    const path = join(this.path, name);
    await writeFile(path, randomBytes(bytes));
    return { path, name, sha256: await sha256Of(path) };
  }

  /** Where a page's downloads go from now on; saving goes by download there, as in browsers without the other way. */
  async downloadsOf(profile: DrivenBrowser, page: Page, name: string): Promise<string> {
    const folder = join(this.path, name);
    await mkdir(folder, { recursive: true });
    await profile.saveDownloadsIn(folder);
    await page.evaluate(() => {
      (globalThis as { showSaveFilePicker?: unknown }).showSaveFilePicker = undefined;
    });
    return folder;
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Waits for a download to be whole: browsers write beside it, and Firefox keeps its place with an empty file. */
export async function downloaded(folder: string, fits: RegExp): Promise<string> {
  return until(
    async () => {
      const names = await readdir(folder);
      const name = names.find((one) => fits.test(one));
      if (name === undefined || names.some((one) => /\.(?:crdownload|part)$/.test(one))) return undefined;
      const path = join(folder, name);
      return (await stat(path)).size > 0 ? path : undefined;
    },
    { withinMs: 20_000, what: `a download like ${fits}` },
  );
}
