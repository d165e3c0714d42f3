// The browsers that a journey runs in: which there are, the pairs of them, and how a person gets one. Knows nothing of journeys.
import { extensionDir, firefoxExtensionDir } from './built-extension.ts';
import type { Permissions } from './chromium-arguments.ts';
import type { BrowserKind, DrivenBrowser } from './driven-browser.ts';
import { ExtensionBrowser } from './extension-browser.ts';
import { FirefoxBrowser } from './firefox-browser.ts';
import type { MediaSpec } from './generated-media.ts';
import type { NotificationDaemon } from './notification-daemon.ts';

export const browserKinds: readonly BrowserKind[] = ['Chromium', 'Firefox'];

/** Who calls, and who is called. */
export type Kinds = readonly [BrowserKind, BrowserKind];

/** Every way in which two people can have these browsers. */
export const everyPair: readonly Kinds[] = [
  ['Chromium', 'Chromium'],
  ['Firefox', 'Firefox'],
  ['Chromium', 'Firefox'],
  ['Firefox', 'Chromium'],
];

/** The pairs that a journey of two runs with: these, or with FFC_EVERY_PAIR=1 every one. */
export const pairsFor = (...pairs: readonly Kinds[]): readonly Kinds[] =>
  process.env['FFC_EVERY_PAIR'] ? everyPair : pairs;

export type PersonOptions = {
  readonly name: string;
  readonly media?: MediaSpec;
  readonly notifications?: NotificationDaemon;
  /** 'granted' and 'denied' answer the camera question for good; 'none' leaves it to the browser's own dialog. */
  readonly permissions?: Permissions;
};

/** A person's browser of that kind with the built extension in it. */
export function launchBrowser(kind: BrowserKind, options: PersonOptions): Promise<DrivenBrowser> {
  if (kind === 'Chromium') return ExtensionBrowser.launch({ ...options, extensionDir });
  const { media, ...others } = options;
  const toneHz = media ? { toneHz: media.toneHz } : {};
  return FirefoxBrowser.launch({ ...others, ...toneHz, extensionDir: firefoxExtensionDir });
}
