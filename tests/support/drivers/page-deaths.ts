// The ways in which a page ends or stops without a word, in real browsers: it crashes, is discarded or is frozen, and its tab stays.
import type { Page } from 'puppeteer-core';
import { until } from '../runner/condition.ts';
import type { DrivenBrowser } from './driven-browser.ts';
import { ExtensionBrowser } from './extension-browser.ts';
import { FirefoxBrowser } from './firefox-browser.ts';

/** The process of this page ends, and with it every page of the extension and its background: they share one. */
export async function crash(profile: DrivenBrowser, page: Page): Promise<void> {
  if (profile instanceof FirefoxBrowser) return crashExtensionProcess(profile);
  if (profile instanceof ExtensionBrowser) {
    // A worker that died under a debugger waits for it when it starts again.
    await (await profile.worker()).client.detach();
    const crashed = new Promise((resolve) => page.once('error', resolve));
    const session = await page.createCDPSession();
    // Never answered.
    void session.send('Page.crash').catch(() => undefined);
    await crashed;
  }
}

async function crashExtensionProcess({ remote }: FirefoxBrowser): Promise<void> {
  const find = async (): Promise<unknown> =>
    remote.inBrowserWindow(`const { children } = await ChromeUtils.requestProcInfo();
      return children.find(({ type }) => type === 'extension')?.pid;`);
  const pid = await find();
  if (typeof pid !== 'number') throw new Error('The extension has no process of its own');
  process.kill(pid, 'SIGKILL');
  await until(async () => (await find()) !== pid, { what: 'the process of the extension to be gone' });
}

/** The browser puts the tabs whose address begins so away, to save memory: they load anew when somebody looks at them. */
export async function discard(profile: DrivenBrowser, address: string): Promise<void> {
  await profile.askExtension(`chrome.tabs.query({ url: ${JSON.stringify(`${address}*`)} })
    .then((tabs) => Promise.all(tabs.map(({ id }) => chrome.tabs.discard(id))))`);
}

/** The browser stops this page as it is. Chromium only. */
export async function freeze(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  // Never answered: what would answer is frozen.
  void session.send('Page.setWebLifecycleState', { state: 'frozen' }).catch(() => undefined);
}
