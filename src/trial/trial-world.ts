// The world of a trial call: one other person, no relay, no server, no background, nothing kept. The devices are those of the settings.
import type { CallCarriers, CallWorld, OwnPerson } from '../call/page/call-world.ts';
import type { Settings } from '../core/data/settings.ts';
import type { Contact } from '../core/identity/contact.ts';
import { ownPorts } from '../platform/crypto/own-ports.ts';
import { WebCryptoSealer } from '../platform/crypto/web-crypto-sealer.ts';
import type { Logger } from '../platform/logger.ts';
import type { SettingsStore } from '../platform/store/settings-store.ts';
import { systemClock } from '../platform/system-clock.ts';
import { TonePlayer } from '../ui/sound/tone-player.ts';
import type { ChannelPool } from './channel-pool.ts';
import type { TrialPerson } from './trial-people.ts';

export interface TrialWorldParts {
  readonly self: TrialPerson;
  readonly other: Contact;
  readonly settings: Pick<SettingsStore, 'read' | 'change'>;
  /** The way to the other window. */
  readonly openPool: () => ChannelPool;
  readonly logger: Logger;
  readonly page: CallWorld['page'];
  readonly onAgain: () => void;
}

/** Nobody is asked, nobody learns an address, and no entry is left. */
const trialSettings: Partial<Settings> = {
  relays: [],
  iceServers: [],
  hideAddress: false,
  keepHistory: false,
  closesAfterCall: false,
};

/** Rejects when it cannot be loaded. */
export const loadCarriers = () => import('../call/page/browser-links.ts');

export function ownPerson({ keys, dev, name }: TrialPerson): OwnPerson {
  return { name, dev, ...ownPorts({ keys }), contactLink: async () => '' };
}

export function trialWorld({ self, other, settings, openPool, logger, page, onAgain }: TrialWorldParts): CallWorld {
  return {
    own: async () => ownPerson(self),
    contacts: {
      all: async () => [],
      get: async (id) => (id === other.id ? other : undefined),
      add: async () => {
        throw new Error('a trial makes no contacts');
      },
      change: async () => undefined,
      takeLink: async () => false,
      inboxTaken: async () => undefined,
    },
    settings: {
      read: async () => ({ ...(await settings.read()), ...trialSettings }),
      // The devices that somebody chooses while trying are those of the next call, too.
      change: (change) => settings.change(change),
    },
    onStored: () => undefined,
    sealer: new WebCryptoSealer(),
    clock: systemClock,
    makeTones: () => new TonePlayer(),
    logger,
    carriers: async (): Promise<CallCarriers> => {
      const { browserLinks } = await loadCarriers();
      return { ...browserLinks, ownRelays: openPool, relaysOf: openPool };
    },
    page,
    callAgain: async () => onAgain(),
  };
}
