// What a person does with the browser itself instead of a page: its menu, its shortcuts, its questions. Chromium shows these only on a
// screen, where keys are pressed for real; Firefox has them without one, and its own window is driven.
import type { Page } from 'puppeteer-core';
import { until } from '../runner/condition.ts';
import type { DrivenBrowser } from './driven-browser.ts';
import { FirefoxRemote } from './firefox-remote.ts';
import type { VirtualDisplay } from './virtual-display.ts';

export interface BrowserUi {
  /** Right-clicks what the selector finds, and takes our entry from the native menu. */
  chooseOurEntry(page: Page, selector: string): Promise<void>;
  /** Presses Alt, Shift and that letter. */
  pressAltShift(letter: string): Promise<void>;
}

/** @param display the screen that a Chromium was started on. */
export const uiOf = (profile: DrivenBrowser, display: VirtualDisplay | undefined): BrowserUi =>
  display && profile.kind === 'Chromium' ? new ChromiumUi(profile, display) : new FirefoxUi(profile);

class ChromiumUi implements BrowserUi {
  readonly #profile: DrivenBrowser;
  readonly #display: VirtualDisplay;

  constructor(profile: DrivenBrowser, display: VirtualDisplay) {
    this.#profile = profile;
    this.#display = display;
  }

  /** Ours is the last entry but one, above "Inspect". */
  async chooseOurEntry(page: Page, selector: string): Promise<void> {
    const box = await (await page.$(selector))?.boundingBox();
    if (!box) throw new Error(`There is no ${selector}`);
    const windows = await this.#display.windowCount();
    // The menu holds the page until it is closed: the click is not waited for.
    const clicked = page.mouse
      .click(box.x + box.width / 2, box.y + box.height / 2, { button: 'right' })
      .catch(() => undefined);
    await until(async () => (await this.#display.windowCount()) > windows, { what: 'the menu' });
    await this.#display.settled();
    await this.#display.press('Up', 'Up', 'Return');
    await clicked;
  }

  async pressAltShift(letter: string): Promise<void> {
    // A window that opens takes the keys a moment later.
    await until(
      async () => {
        const pages = await this.#profile.browser.pages();
        const focus = await Promise.all(pages.map((page) => page.evaluate(() => document.hasFocus())));
        return focus.includes(true);
      },
      { what: 'a window to have the keyboard' },
    );
    await this.#display.press(`alt+shift+${letter.toLowerCase()}`);
  }
}

export class FirefoxUi implements BrowserUi {
  readonly #profile: DrivenBrowser;

  constructor(profile: DrivenBrowser) {
    this.#profile = profile;
  }

  async chooseOurEntry(page: Page, selector: string): Promise<void> {
    await page.click(selector, { button: 'right' });
    await this.#untilDone(
      `const menu = document.getElementById('contentAreaContextMenu');
       const item = [...menu.querySelectorAll('menuitem')].find((one) => one.label === 'Call with FreeFlow Connect');
       if (menu.state !== 'open' || !item) return false;
       menu.activateItem(item);
       return true;`,
      'our entry in the menu',
    );
  }

  /** Key events of the kind that a keyboard makes, at the browser's window. */
  async pressAltShift(letter: string): Promise<void> {
    await this.#remote().inBrowserWindow(
      `const keyboard = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
       if (!keyboard.beginInputTransactionForTests(window)) throw new Error('no keyboard');
       const keys = [
         { key: 'Alt', code: 'AltLeft', keyCode: KeyEvent.DOM_VK_ALT },
         { key: 'Shift', code: 'ShiftLeft', keyCode: KeyEvent.DOM_VK_SHIFT },
         { key: '${letter.toUpperCase()}', code: 'Key${letter.toUpperCase()}', keyCode: ${letter.toUpperCase().charCodeAt(0)} },
       ].map((key) => new KeyboardEvent('', key));
       for (const key of keys) keyboard.keydown(key);
       for (const key of keys.reverse()) keyboard.keyup(key);`,
    );
  }

  /** Firefox's question whether our page may use camera and microphone; this answer is for once. */
  async answerDevices(answer: 'Allow' | 'Block'): Promise<void> {
    const button = answer === 'Allow' ? 'button' : 'secondaryButton';
    const question = `document.getElementById('webRTC-shareDevices-notification')`;
    await this.#untilDone(
      `if (PopupNotifications.panel.state !== 'open' || !${question}) return false;
       ${question}.${button}.click();
       return true;`,
      "Firefox's question",
    );
    // A click that comes at once is taken for an accident, and counts for nothing.
    await this.#untilDone(
      `if (PopupNotifications.panel.state === 'closed') return true;
       ${question}?.${button}.click();
       return false;`,
      'the question to be answered',
    );
  }

  /** Firefox's question what to share: all of the screen. */
  async shareScreen(): Promise<void> {
    const list = `document.getElementById('webRTC-selectWindow-menulist')`;
    await this.#untilDone(
      `if (PopupNotifications.panel.state !== 'open') return false;
       const screen = [...${list}.querySelectorAll('menuitem')].find((one) => one.mediaSource === 'screen');
       if (!screen) return false;
       ${list}.selectedItem = screen;
       screen.doCommand();
       return true;`,
      "the screen in Firefox's question",
    );
    await this.answerDevices('Allow');
  }

  /** Firefox's question whether a link may be opened by us. */
  async allowLink(): Promise<void> {
    await this.#untilDone(
      `const box = gBrowser.getTabDialogBox(gBrowser.selectedBrowser);
       const question = box.getTabDialogManager()._topDialog?._frame?.contentDocument?.querySelector('dialog');
       const button = question?.getButton?.('accept');
       if (!button || button.disabled) return false;
       question.acceptDialog();
       return true;`,
      "Firefox's question",
    );
  }

  #remote(): FirefoxRemote {
    return new FirefoxRemote(this.#profile.browser);
  }

  #untilDone(script: string, what: string): Promise<unknown> {
    return until(() => this.#remote().inBrowserWindow(script), { what });
  }
}
