// One person's Firefox with the built extension in it, driven over WebDriver BiDi: start, pages, the toolbar, the event page and its
// death, restart. It drives the browser only; what a person does on a page is in page-actions.ts.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { requireFirefox } from '../../../tools/machine/firefox.mjs';
import { limitMs, lookMs } from '../../../tools/machine/limits.mjs';
import { zipFolder } from '../../../tools/package/zip-folder.mjs';
import { until } from '../runner/condition.ts';
import { chromiumEnvironment, type Permissions } from './chromium-arguments.ts';
import { type DrivenBrowser, type FakeDevices, firstPagePath } from './driven-browser.ts';
import { addOnId, firefoxPreferences, internalId, permissionScript } from './firefox-preferences.ts';
import { FirefoxRemote } from './firefox-remote.ts';
import type { NotificationDaemon } from './notification-daemon.ts';
import type { VirtualDisplay } from './virtual-display.ts';

export type FirefoxOptions = {
  readonly name: string;
  /** The unpacked build, `dist/firefox` as a rule. */
  readonly extensionDir: string;
  /** The private desktop to notify; 'desktop' = this machine's own; without it there is none. */
  readonly notifications?: NotificationDaemon | 'desktop';
  /** The tone of the fake microphone. The fake camera shows one colour after another. */
  readonly toneHz?: number;
  /** The stored answer to the camera question. */
  readonly permissions?: Permissions;
  readonly headless?: boolean;
  /** A screen that there is something on to share. */
  readonly display?: VirtualDisplay | undefined;
  /** More for its environment, what it is to log for example. */
  readonly environment?: Readonly<Record<string, string>>;
};

const popupPath = 'src/popup/index.html';

/** How long puppeteer may take to tell of a tab. */
const unknownMs = 5_000;

export class FirefoxBrowser implements DrivenBrowser {
  readonly kind = 'Firefox';
  readonly name: string;
  readonly dir: string;
  readonly #options: FirefoxOptions;
  #running: { readonly browser: Browser; readonly remote: FirefoxRemote } | undefined;

  private constructor(options: FirefoxOptions, dir: string) {
    this.name = options.name;
    this.dir = dir;
    this.#options = options;
  }

  static async launch(options: FirefoxOptions): Promise<FirefoxBrowser> {
    const dir = await mkdtemp(join(tmpdir(), `ffc-fx-${options.name.toLowerCase()}-`));
    const profile = new FirefoxBrowser(options, dir);
    try {
      await mkdir(join(dir, 'home'), { recursive: true });
      await profile.start();
      await profile.#install();
      // Its own first page: Firefox would put it into the next blank tab that a test opens.
      await profile.waitForPage((url) => url === profile.url(firstPagePath));
      return profile;
    } catch (error) {
      await profile.close();
      throw error;
    }
  }

  get browser(): Browser {
    return this.#now().browser;
  }

  get remote(): FirefoxRemote {
    return this.#now().remote;
  }

  get notifications(): NotificationDaemon | undefined {
    return this.#options.notifications === 'desktop' ? undefined : this.#options.notifications;
  }

  get devices(): FakeDevices {
    return { picture: 'changing', toneHz: this.#options.toneHz ?? 1_000 };
  }

  async start(): Promise<void> {
    const { notifications, permissions = 'granted', display, environment } = this.#options;
    const { headless = display === undefined } = this.#options;
    const bus = notifications === 'desktop' ? undefined : (notifications?.address ?? 'disabled:');
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: requireFirefox(),
      headless,
      timeout: limitMs(30_000),
      protocolTimeout: limitMs(180_000),
      userDataDir: join(this.dir, 'firefox'),
      env: { ...chromiumEnvironment(join(this.dir, 'home'), bus), ...(display ? onlyOn(display) : {}), ...environment },
      defaultViewport: null,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // Without it BiDi may neither open pages of an extension nor touch Firefox's own windows.
      args: ['-remote-allow-system-access', '--width=1280', '--height=860'],
      extraPrefsFirefox: firefoxPreferences(this.devices.toneHz),
    });
    const remote = new FirefoxRemote(browser);
    this.#running = { browser, remote };
    await remote.inBrowserWindow(permissionScript(permissions));
  }

  /** For good, as the store's signed file is: a restart finds it there. */
  async #install(): Promise<void> {
    const path = join(this.dir, `${addOnId}.xpi`);
    await writeFile(path, await zipFolder(resolve(this.#options.extensionDir), { compress: false }));
    const extensionData = { type: 'archivePath', path };
    await this.remote.send('webExtension.install', { extensionData, 'moz:permanent': true });
  }

  url(path: string): string {
    return new URL(path, `moz-extension://${internalId}/`).href;
  }

  async page(path: string): Promise<Page> {
    const page = await this.browser.newPage();
    const context = contextOf(page);
    // Not page.goto: Firefox never tells of the end of a navigation to an extension's page.
    await this.remote.send('browsingContext.navigate', { context, url: this.url(path), wait: 'none' });
    return this.#loaded(page, (url) => url === this.url(path), 15_000);
  }

  async waitForPage(fits: (url: string) => boolean, withinMs = 15_000): Promise<Page> {
    let open: readonly string[] = [];
    let unknownSince: number | undefined;
    const page = await until(
      async () => {
        const tabs = await this.remote.tabs();
        open = tabs.map(({ url }) => url);
        const tab = tabs.find(({ url }) => fits(url));
        const page = tab && (await this.browser.pages()).find((one) => contextOf(one) === tab.context);
        if (!tab || page) return page;
        // Now and then puppeteer is not told of a tab that an extension has opened. The same address in a tab that it opens takes its place.
        unknownSince ??= performance.now();
        if (performance.now() - unknownSince < lookMs(unknownMs)) return undefined;
        await this.remote.send('browsingContext.close', { context: tab.context });
        return this.page(tab.url.slice(this.url('').length));
      },
      { withinMs, what: `${this.name}'s page` },
    ).catch((cause: unknown) => {
      throw new Error(`${this.name}: waited ${limitMs(withinMs)} ms for a page; open are ${JSON.stringify(open)}`, {
        cause,
      });
    });
    return this.#loaded(page, fits, withinMs);
  }

  async closePages(fits: (url: string) => boolean): Promise<void> {
    const fitting = async () => (await this.remote.tabs()).filter(({ url }) => fits(url));
    for (const { context } of await fitting())
      await this.remote.send('browsingContext.close', { context }).catch(() => undefined);
    await until(async () => (await fitting()).length === 0, { what: `${this.name}'s pages to be gone` });
  }

  async showOrdinaryPage(): Promise<void> {
    // Firefox's toolbar takes clicks over any page.
  }

  popup(): Promise<Page> {
    return this.page(popupPath);
  }

  async leavePopup(popup: Page): Promise<void> {
    await popup.close();
  }

  /** What a person does: the puzzle piece in the toolbar, then our entry. The REAL popup opens. */
  async openToolbarPopup(): Promise<void> {
    await this.remote.inBrowserWindow(`document.getElementById('unified-extensions-button').click();`);
    await until(
      () =>
        this.remote.inBrowserWindow(
          `const item = document.querySelector('unified-extensions-item[extension-id="${addOnId}"], [data-extensionid="${addOnId}"]');
           const button = item?.querySelector('.unified-extensions-item-action-button');
           button?.click();
           return Boolean(button);`,
        ),
      { what: 'the extension in the toolbar' },
    );
  }

  async clickInToolbarPopup(button: string): Promise<void> {
    await this.openToolbarPopup();
    const click = `(() => {
      const popup = chrome.extension.getViews({ type: 'popup' })[0];
      const buttons = [...(popup?.document.querySelectorAll('button') ?? [])];
      const button = buttons.find((one) => (one.ariaLabel ?? (one.textContent.trim() || one.title)) === ${JSON.stringify(button)});
      button?.click();
      return Boolean(button);
    })()`;
    await until(() => this.askExtension(click), { what: `"${button}" in the popup` });
  }

  async isToolbarPopupOpen(): Promise<boolean> {
    const open = `return document.querySelectorAll('.webextension-popup-browser').length > 0;`;
    return Boolean(await this.remote.inBrowserWindow(open));
  }

  /** From a page of the extension: its background cannot be reached, and may sleep. */
  async askExtension<Result>(expression: string): Promise<Result> {
    const ours = (await this.remote.tabs()).find(({ url }) => url.startsWith(this.url('')));
    const open = ours && (await this.browser.pages()).find((one) => contextOf(one) === ours.context);
    const page = open ?? (await this.page('icons/mark.svg'));
    try {
      return (await page.evaluate(expression)) as Result;
    } finally {
      if (!open) await page.close();
    }
  }

  async listenForRingtone(): Promise<() => Promise<boolean>> {
    await this.askExtension(noteSounds);
    return () => this.askExtension(isSounding);
  }

  async saveDownloadsIn(folder: string): Promise<void> {
    await this.remote.inBrowserWindow(`Services.prefs.setStringPref('browser.download.dir', ${JSON.stringify(folder)});
      Services.prefs.setIntPref('browser.download.folderList', 2);
      Services.prefs.setBoolPref('browser.download.useDownloadDir', true);`);
  }

  async killBackground(): Promise<boolean> {
    const script = `const { extension } = WebExtensionPolicy.getByID('${addOnId}');
      const wasRunning = extension.backgroundState === 'running';
      await extension.terminateBackground({ ignoreDevToolsAttached: true });
      return wasRunning;`;
    return Boolean(await this.remote.inBrowserWindow(script));
  }

  async stop(): Promise<void> {
    await this.browser.close();
    this.#running = undefined;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async close(): Promise<void> {
    await this.#running?.browser.close();
    this.#running = undefined;
    await rm(this.dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #now(): { readonly browser: Browser; readonly remote: FirefoxRemote } {
    if (!this.#running) throw new Error(`${this.name}'s browser is not running`);
    return this.#running;
  }

  async #loaded(page: Page, fits: (url: string) => boolean, withinMs: number): Promise<Page> {
    await until(
      async () => {
        const [url, state] = await page.evaluate(() => [location.href, document.readyState] as const);
        return state === 'complete' && fits(url);
      },
      { withinMs, what: `a page of ${this.name} to be loaded` },
    );
    return page;
  }
}

const onlyOn = ({ name }: VirtualDisplay) => ({ DISPLAY: name, WAYLAND_DISPLAY: undefined });

/** Notes every sound that the background page plays from now on. */
const noteSounds = `chrome.runtime.getBackgroundPage().then((background) => {
  background.sounds = [];
  const { prototype } = background.HTMLMediaElement;
  const play = prototype.play;
  prototype.play = function () {
    background.sounds.push(this);
    return play.call(this);
  };
})`;
/** The last of them plays over and over, and is past its beginning. */
const isSounding = `chrome.runtime.getBackgroundPage().then(({ sounds }) => {
  const sound = sounds.at(-1);
  return Boolean(sound && sound.loop && !sound.paused && sound.currentTime > 0.2);
})`;

/** BiDi's name of a tab. */
function contextOf(page: Page): string {
  return (page.mainFrame() as unknown as { readonly _id: string })._id;
}
