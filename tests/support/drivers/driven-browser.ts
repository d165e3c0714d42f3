// What a test needs of a person's browser with the extension in it, whichever browser it is: extension-browser.ts drives Chromium,
// firefox-browser.ts Firefox.
import type { Browser, Page } from 'puppeteer-core';
import type { ColourName } from '../samples/generated-media.ts';
import type { NotificationDaemon } from './notification-daemon.ts';

/** Opened by the extension when it is installed. */
export const firstPagePath = 'src/options/index.html';

export type BrowserKind = 'Chromium' | 'Firefox';

/** What the others see and hear of a person: one colour, or one after another; and a tone. */
export interface FakeDevices {
  readonly picture: ColourName | 'changing';
  readonly toneHz: number;
}

export interface DrivenBrowser {
  /** The person. */
  readonly name: string;
  readonly kind: BrowserKind;
  readonly devices: FakeDevices;
  /** Current after a restart, too. */
  readonly browser: Browser;
  /** The private desktop this profile notifies, if it has one. */
  readonly notifications: NotificationDaemon | undefined;
  /** The address of a page of the extension, e.g. `url('src/options/index.html')`. */
  url(path: string): string;
  /** Opens a page of the extension in a new tab. */
  page(path: string): Promise<Page>;
  /** The tab or window whose address fits, as soon as there is one. */
  waitForPage(fits: (url: string) => boolean, withinMs?: number): Promise<Page>;
  /** Closes every tab and window whose address fits, and waits until they are gone. */
  closePages(fits: (url: string) => boolean): Promise<void>;
  /** Brings an ordinary page to the front, as a person has one open: the popup belongs to its window. */
  showOrdinaryPage(): Promise<void>;
  /** The contacts as a click on the toolbar icon shows them; in Firefox the same page in a tab, because BiDi does not reach popups. */
  popup(): Promise<Page>;
  /** The toolbar icon, and in the REAL popup the button of that name. */
  clickInToolbarPopup(button: string): Promise<void>;
  isToolbarPopupOpen(): Promise<boolean>;
  /** Puts the popup away after a choice in it: a real one has closed itself. */
  leavePopup(popup: Page): Promise<void>;
  /** Whether the background plays a ringtone that began after this was called. */
  listenForRingtone(): Promise<() => Promise<boolean>>;
  /** Files that pages save go to that folder, without a question. */
  saveDownloadsIn(folder: string): Promise<void>;
  /** Ends the background as the browser does when it is idle, and waits until it is gone. True if there was one. */
  killBackground(): Promise<boolean>;
  /** Evaluates an expression that uses extension APIs, `chrome.action.getBadgeText({})` for instance, and waits for its promise. */
  askExtension<Result>(expression: string): Promise<Result>;
  /** Ends the browser; profile and storage stay for `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Ends the browser; removes the folder unless it was given. */
  close(): Promise<void>;
}
