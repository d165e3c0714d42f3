// The browsers that a journey runs in: which there are, the pairs of them, and how a person gets one. Knows nothing of journeys.

import { chromiumPacketLog, firefoxPacketLog } from '../journeys/packet-log.ts';
import type { MediaSpec } from '../samples/generated-media.ts';
import { extensionDir, firefoxExtensionDir } from './built-extension.ts';
import type { Permissions } from './chromium-arguments.ts';
import type { BrowserKind, DrivenBrowser } from './driven-browser.ts';
import { ExtensionBrowser } from './extension-browser.ts';
import { FirefoxBrowser } from './firefox-browser.ts';
import type { NotificationDaemon } from './notification-daemon.ts';
import type { VirtualDisplay } from './virtual-display.ts';

export const browserKinds: readonly BrowserKind[] = ['Chromium', 'Firefox'];

/** Who calls, and who is called. */
export type Kinds = readonly [BrowserKind, BrowserKind];

/** Every way in which two people can have these browsers. */
const everyPair: readonly Kinds[] = [
  ['Chromium', 'Chromium'],
  ['Firefox', 'Firefox'],
  ['Chromium', 'Firefox'],
  ['Firefox', 'Chromium'],
];

/** The pairs that a journey of two runs with: these, or with FFC_EVERY_PAIR=1 every one. */
export const pairsFor = (...pairs: readonly Kinds[]): readonly Kinds[] =>
  process.env['FFC_EVERY_PAIR'] ? everyPair : pairs;

/** The same for what one person does alone. */
export const kindsFor = (...kinds: readonly BrowserKind[]): readonly BrowserKind[] =>
  process.env['FFC_EVERY_PAIR'] ? browserKinds : kinds;

export type PersonOptions = {
  readonly name: string;
  readonly media?: MediaSpec;
  readonly notifications?: NotificationDaemon;
  /** 'granted' and 'denied' answer the camera question for good; 'none' leaves it to the browser's own dialog. */
  readonly permissions?: Permissions;
  /** A screen, for what there is only there: Chromium's menus and shortcuts, something for Firefox to share. */
  readonly display?: VirtualDisplay | undefined;
  /** Where the browser writes down to whom it sends packets (packet-log.ts). */
  readonly packetLog?: string;
};

const argumentsOnDisplay = ({ name }: VirtualDisplay): readonly string[] => [
  `--display=${name}`,
  '--ozone-platform=x11',
  '--window-size=1100,800',
  '--window-position=0,0',
];

/** A person's browser of that kind with the built extension in it. */
export function launchBrowser(kind: BrowserKind, options: PersonOptions): Promise<DrivenBrowser> {
  const { display, packetLog, ...shared } = options;
  if (kind === 'Chromium') {
    const args = [
      ...(display ? argumentsOnDisplay(display) : []),
      ...(packetLog === undefined ? [] : chromiumPacketLog(packetLog)),
    ];
    return ExtensionBrowser.launch({ ...shared, ...(display ? { headless: false } : {}), args, extensionDir });
  }
  const { media, ...others } = shared;
  return FirefoxBrowser.launch({
    ...others,
    ...(media ? { toneHz: media.toneHz } : {}),
    ...(packetLog === undefined ? {} : { environment: firefoxPacketLog(packetLog) }),
    display,
    extensionDir: firefoxExtensionDir,
  });
}
