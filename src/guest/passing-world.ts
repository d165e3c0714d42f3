// The world of a guest's call: keys and stores in memory, the relays of the invitation, no background, no contacts, no settings page.
import type { CallCarriers, CallWorld, OwnPerson } from '../call/page/call-world.ts';
import { ownPorts } from '../platform/crypto/own-ports.ts';
import { WebCryptoSealer } from '../platform/crypto/web-crypto-sealer.ts';
import type { Logger } from '../platform/logger.ts';
import { systemClock } from '../platform/system-clock.ts';
import { TonePlayer } from '../ui/sound/tone-player.ts';
import { passingIdentity } from './passing-identity.ts';
import { noContacts, type PassingSettings } from './passing-stores.ts';

/** Rejects when it cannot be loaded. */
export const loadCarriers = () =>
  Promise.all([import('../call/page/browser-links.ts'), import('../platform/relay/browser-sockets.ts')]);

async function carriers(settings: PassingSettings): Promise<CallCarriers> {
  const [{ browserLinks }, { openPool, openPoolOf, socketDeps }] = await loadCarriers();
  return {
    ...browserLinks,
    ownRelays: (urls) => openPool(urls, socketDeps(settings)),
    relaysOf: (somebody, own) => openPoolOf(somebody, own, socketDeps(settings)),
  };
}

export interface GuestParts {
  /** What the others are told, as it is when it is asked for. */
  readonly name: () => string;
  readonly settings: PassingSettings;
  readonly logger: Logger;
  /** After the call, to ask once more. */
  readonly onAgain: () => void;
}

/** One world for one visit: all knocks of it are by the same keys. */
export function passingWorld({ name, settings, logger, onAgain }: GuestParts): CallWorld {
  const identity = passingIdentity('', systemClock.now());
  return {
    async own(): Promise<OwnPerson> {
      const made = await identity;
      return { name: name(), dev: made.dev, ...ownPorts(made), contactLink: async () => '' };
    },
    contacts: noContacts,
    settings,
    onStored: () => undefined,
    sealer: new WebCryptoSealer(),
    clock: systemClock,
    makeTones: () => new TonePlayer(),
    logger,
    carriers: () => carriers(settings),
    page: { close: () => window.close() },
    callAgain: async () => onAgain(),
  };
}
