// One person's Chromium with the built extension in it: start, pages, the real popup, the worker and its death, restart.
// It drives the browser only; what a person does on a page is in page-actions.ts.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer, { type Browser, type Page, type Target, type WebWorker } from 'puppeteer-core';
import { requireChromium } from '../../../tools/machine/chromium.mjs';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { until } from '../runner/condition.ts';
import { type MediaSpec, writeMedia } from '../samples/generated-media.ts';
import { chromiumArguments, chromiumEnvironment, type Permissions } from './chromium-arguments.ts';
import { type DrivenBrowser, type FakeDevices, firstPagePath } from './driven-browser.ts';
import { copyExtension, popupPathOf } from './extension-copy.ts';
import type { NotificationDaemon } from './notification-daemon.ts';
import { clickButton } from './page-actions.ts';

export type ProfileOptions = {
  readonly name: string;
  /** The unpacked build, `dist/chrome` as a rule. It is copied; the original is not touched. */
  readonly extensionDir: string;
  /** A folder to keep. Without it the profile lives in a temp folder and goes with `close()`. */
  readonly profileDir?: string;
  /** The private desktop to notify; 'desktop' = this machine's own; without it there is none. */
  readonly notifications?: NotificationDaemon | 'desktop';
  /** Colour and tone of camera and microphone. Without it: Chromium's own test picture. */
  readonly media?: MediaSpec;
  /** 'granted' answers the camera question with yes, 'denied' with no; 'none' leaves it to the browser's own dialog. */
  readonly permissions?: Permissions;
  readonly args?: readonly string[];
  /** A file that starts Chromium, in another network for instance; without it this machine's Chromium itself. */
  readonly executable?: string;
  readonly headless?: boolean;
};

/** A running profile. `browser` and `extensionId` are current after a restart, too. */
export class ExtensionBrowser implements DrivenBrowser {
  readonly kind = 'Chromium';
  readonly name: string;
  readonly dir: string;
  readonly #options: ProfileOptions;
  #browser: Browser | undefined;
  #extensionId = '';

  private constructor(options: ProfileOptions, dir: string) {
    this.name = options.name;
    this.dir = dir;
    this.#options = options;
  }

  /** Makes the folders and the copy of the extension, and starts Chromium. */
  static async launch(options: ProfileOptions): Promise<ExtensionBrowser> {
    const dir = options.profileDir
      ? resolve(options.profileDir)
      : await mkdtemp(join(tmpdir(), `ffc-${options.name.toLowerCase()}-`));
    const profile = new ExtensionBrowser(options, dir);
    await mkdir(join(dir, 'home'), { recursive: true });
    await profile.updateExtension(options.extensionDir);
    await profile.#start();
    // Its own first page, which Chromium puts into whatever blank tab is in front: into one that a test has just opened, if it comes late.
    if (!options.profileDir) await profile.waitForPage((url) => url === profile.url(firstPagePath));
    return profile;
  }

  get browser(): Browser {
    if (!this.#browser) throw new Error(`${this.name}'s browser is not running`);
    return this.#browser;
  }

  /** The private desktop this profile notifies, if it has one. */
  get notifications(): NotificationDaemon | undefined {
    return this.#options.notifications === 'desktop' ? undefined : this.#options.notifications;
  }

  get devices(): FakeDevices {
    const { colour = 'green', toneHz = 0 } = this.#options.media ?? {};
    return { picture: colour, toneHz };
  }

  get extensionId(): string {
    return this.#extensionId;
  }

  /** Puts another build into the profile; the next start loads it. */
  async updateExtension(from: string): Promise<void> {
    await copyExtension(from, join(this.dir, 'extension'));
  }

  async #start(): Promise<void> {
    const { media, notifications, permissions = 'granted', args = [], executable, headless = true } = this.#options;
    const files = media ? await writeMedia(this.dir, media) : undefined;
    const bus = notifications === 'desktop' ? undefined : (notifications?.address ?? 'disabled:');
    const browser = await puppeteer.launch({
      executablePath: executable ?? requireChromium(),
      pipe: true,
      timeout: limitMs(30_000),
      protocolTimeout: limitMs(180_000),
      headless,
      enableExtensions: true,
      userDataDir: join(this.dir, 'chromium'),
      env: chromiumEnvironment(join(this.dir, 'home'), bus),
      defaultViewport: null,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: [...chromiumArguments(permissions, files), ...args],
    });
    if (process.env['FFC_LOG']) browser.on('targetcreated', (target) => void this.#followLog(target));
    this.#browser = browser;
    // Not left to launch(): that does not wait until the extension is there.
    this.#extensionId = await browser.installExtension(join(this.dir, 'extension'));
    if (permissions === 'denied') await this.#denyCameraAndMicrophone();
  }

  /** With FFC_LOG=1 what pages and workers log is printed, to look into a failing test. */
  async #followLog(target: Target): Promise<void> {
    const source = target.type() === 'service_worker' ? await target.worker() : await target.page().catch(() => null);
    source?.on('console', (message) => console.log(new Date().toISOString().slice(17), this.name, message.text()));
  }

  async #denyCameraAndMicrophone(): Promise<void> {
    const session = await this.browser.target().createCDPSession();
    for (const name of ['camera', 'microphone'])
      await session.send('Browser.setPermission', { permission: { name }, setting: 'denied' });
    await session.detach();
  }

  /** The address of a page of the extension, e.g. `url('src/options/index.html')`. */
  url(path: string): string {
    return new URL(path, `chrome-extension://${this.#extensionId}/`).href;
  }

  /** Opens a page of the extension in a new tab. */
  async page(path: string): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(this.url(path), { timeout: limitMs(30_000) });
    return page;
  }

  /** The tab or window whose address fits, as soon as there is one (a call tab the worker opened, for instance). */
  async waitForPage(fits: (url: string) => boolean, withinMs = 15_000): Promise<Page> {
    const target = await this.#waitForTarget((one) => one.type() === 'page' && fits(one.url()), 'a page', withinMs);
    return pageOf(target);
  }

  async closePages(fits: (url: string) => boolean): Promise<void> {
    const open = (): Target[] => this.browser.targets().filter((one) => one.type() === 'page' && fits(one.url()));
    for (const target of open()) {
      // A page may be closing by itself at this moment: what counts is that it is gone.
      const page = await target.page().catch(() => null);
      await page?.close({ runBeforeUnload: false }).catch(() => undefined);
    }
    await until(() => open().length === 0, { what: `${this.name}'s pages to be gone` });
  }

  async showOrdinaryPage(): Promise<void> {
    const blank = (await this.browser.pages()).find((page) => page.url() === 'about:blank');
    await (blank ?? (await this.browser.newPage())).bringToFront();
  }

  /** The REAL popup of the toolbar icon; the worker opens it, or the toolbar itself when the worker is dead. */
  async popup(): Promise<Page> {
    const isPopup = (one: Target): boolean =>
      this.#isOurs(one) && one.url() === this.url(this.#popupPath) && one.type() === 'page' && !known.has(one);
    const known = new Set(this.browser.targets());
    await this.#readPopupPath();
    if (this.#workerTarget()) {
      const worker = await this.worker();
      await until(
        async () => {
          await worker.evaluate('chrome.action.openPopup()');
          return true;
        },
        { what: 'chrome.action.openPopup() to be allowed' },
      );
    } else await this.clickToolbarIcon();
    return pageOf(await this.#waitForTarget(isPopup, 'the popup', 10_000));
  }

  async clickInToolbarPopup(button: string): Promise<void> {
    await clickButton(await this.popup(), button);
  }

  async isToolbarPopupOpen(): Promise<boolean> {
    await this.#readPopupPath();
    return this.browser.targets().some((one) => one.url() === this.url(this.#popupPath));
  }

  async leavePopup(): Promise<void> {
    // It closed itself.
  }

  /** What a click on the toolbar icon does, with no help of the worker. */
  async clickToolbarIcon(): Promise<void> {
    const extension = (await this.browser.extensions()).get(this.#extensionId);
    const page = (await this.browser.pages()).at(-1) ?? (await this.browser.newPage());
    if (!extension) throw new Error('The extension is not loaded');
    await page.triggerExtensionAction(extension);
  }

  #popupPath = '';

  async #readPopupPath(): Promise<void> {
    this.#popupPath = await popupPathOf(join(this.dir, 'extension'));
  }

  /** The living worker; waits until there is one. It does not wake a dead one: send an event for that. */
  async worker(withinMs = 10_000): Promise<WebWorker> {
    const found = await until(() => this.#workerTarget(), { withinMs, what: `${this.name}'s worker to run` });
    const worker = await found.worker();
    if (!worker) throw new Error('The worker ended just now');
    await until(() => worker.evaluate('typeof chrome.runtime.id === "string"'), { what: 'the worker to have started' });
    return worker;
  }

  /** Ends the worker as Chromium does when it is idle, and waits until it is gone. True if there was one. */
  async killWorker(): Promise<boolean> {
    const target = this.#workerTarget();
    if (!target) return false;
    const worker = await target.worker();
    // Asked again while it lives: a worker that is just at work does not always hear it, and one that is gone cannot be let go of.
    await until(
      async () => {
        if (this.browser.targets().includes(target)) await worker?.close().catch(() => undefined);
        return !this.browser.targets().includes(target);
      },
      { what: `${this.name}'s worker to be gone`, everyMs: 250 },
    );
    return true;
  }

  killBackground(): Promise<boolean> {
    return this.killWorker();
  }

  /** The offscreen document plays for as long as it is open, what its address says. */
  async listenForRingtone(): Promise<() => Promise<boolean>> {
    const document = this.url('src/offscreen/index.html');
    return async () => this.browser.targets().some((one) => one.url().startsWith(`${document}?`));
  }

  async saveDownloadsIn(folder: string): Promise<void> {
    // The session stays: what it asked for ends with it.
    const session = await this.browser.target().createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  }

  async askExtension<Result>(expression: string): Promise<Result> {
    return (await (await this.worker()).evaluate(expression)) as Result;
  }

  /** Ends Chromium; profile and storage stay for `start`. */
  async stop(): Promise<void> {
    await this.browser.close();
    this.#browser = undefined;
  }

  /** Starts Chromium again with the same profile, extension id and storage. */
  async start(): Promise<void> {
    await this.#start();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Ends Chromium; removes the folder unless it was given. */
  async close(): Promise<void> {
    await this.#browser?.close();
    this.#browser = undefined;
    if (this.#options.profileDir === undefined)
      await rm(this.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #isOurs(target: Target): boolean {
    return target.url().startsWith(`chrome-extension://${this.#extensionId}/`);
  }

  #workerTarget(): Target | undefined {
    return this.browser.targets().find((one) => one.type() === 'service_worker' && this.#isOurs(one));
  }

  async #waitForTarget(fits: (target: Target) => boolean, what: string, withinMs: number): Promise<Target> {
    const open = (): string => JSON.stringify(this.browser.targets().map((one) => [one.type(), one.url()]));
    const timeout = limitMs(withinMs);
    return this.browser.waitForTarget(fits, { timeout }).catch((cause: unknown) => {
      throw new Error(`${this.name}: waited ${timeout} ms for ${what}; open are ${open()}`, { cause });
    });
  }
}

/** Of a target with an address: it has the address before its first document, which is blank, makes room for what lives there. */
async function pageOf(target: Target): Promise<Page> {
  const page = (await target.page()) ?? (await target.asPage());
  await until(() => page.evaluate(() => location.href !== 'about:blank'), { what: `${target.url()} to be there` });
  return page;
}

/** Starts one person's browser with the extension. */
export const launchProfile = (options: ProfileOptions): Promise<ExtensionBrowser> => ExtensionBrowser.launch(options);
