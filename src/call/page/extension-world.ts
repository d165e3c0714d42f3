// The extension as the world of a call page: its stores, its background, its tabs and their permits. The only file of src/call that knows
// the extension's own API.
import browser from 'webextension-polyfill';
import { toHex } from '../../core/base/bytes.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import { MessageWays, type OpenExchange } from '../../link/messages/message-ways.ts';
import { lateXWing } from '../../platform/crypto/late-x-wing.ts';
import { ownLink } from '../../platform/crypto/own-link.ts';
import { ownPorts } from '../../platform/crypto/own-ports.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { browserTexts } from '../../platform/extension/browser-texts.ts';
import { request } from '../../platform/extension/messenger.ts';
import { busySign, liveAs } from '../../platform/extension/page-life.ts';
import { givePermit, usePermit } from '../../platform/extension/page-permit.ts';
import { readView, watchView } from '../../platform/extension/session-view.ts';
import type { Logger } from '../../platform/logger.ts';
import { ContactStore } from '../../platform/store/contact-store.ts';
import { type Database, NewerDatabaseError, onStoreChanged, openDatabase } from '../../platform/store/database.ts';
import { HistoryStore } from '../../platform/store/history-store.ts';
import { IdentityStore } from '../../platform/store/identity-store.ts';
import { OfferedFiles } from '../../platform/store/offered-files.ts';
import { SettingsStore } from '../../platform/store/settings-store.ts';
import { systemClock } from '../../platform/system-clock.ts';
import { TonePlayer } from '../../ui/sound/tone-player.ts';
import type { PageActions } from '../model/person-model.ts';
import type { CallCarriers, CallRooms, CallWorld, OwnPerson } from './call-world.ts';
import { liveUnfrozen } from './frozen-page.ts';
import type { OwnPortraits } from './own-portraits.ts';
import type { UsePermit } from './page-start.ts';

const page: PageActions = {
  close() {
    void browser.tabs
      .getCurrent()
      .then((tab) => (tab?.id === undefined ? window.close() : browser.tabs.remove(tab.id)));
  },
  async isAlone() {
    const own = await browser.tabs.getCurrent();
    const windows = await browser.windows.getAll({ populate: true, windowTypes: ['normal'] });
    const tabs = windows.flatMap((one) => one.tabs ?? []);
    return tabs.length === 1 && tabs[0]?.id === own?.id;
  },
  openSettings(part) {
    if (part === undefined) void browser.runtime.openOptionsPage();
    else void browser.tabs.create({ url: browser.runtime.getURL(`src/options/index.html#${part}`) });
  },
  openRecordings(putInto) {
    const into = putInto === undefined ? '' : `#put=${putInto}`;
    void browser.tabs.create({ url: browser.runtime.getURL(`src/recordings/index.html${into}`) });
  },
  leaveMessage(call) {
    location.assign(`${browser.runtime.getURL('src/messages/index.html')}?${new URLSearchParams(call)}`);
  },
};

/** The tab of this page, and what it may do by itself in it. */
export interface OwnTab {
  readonly id: number;
  readonly usePermit: UsePermit;
}

/** What is at hand of the extension before anything of it was read. */
export const extension = {
  page,
  texts: browserTexts,
  request,
  watch: watchView,
  read: readView,
  busySign,
  offeredFiles: (): OfferedFiles => new OfferedFiles(() => systemClock.now()),
  /** @param query the page's address from the question mark on, without it. */
  async ownTab(query: string): Promise<OwnTab> {
    const id = (await browser.tabs.getCurrent())?.id ?? browser.tabs.TAB_ID_NONE;
    return { id, usePermit: (onPermit) => usePermit(id, query, onPermit) };
  },
  /** Whether this is the fault of data that a later version has written. */
  isNewerData: (error: unknown): boolean => error instanceof NewerDatabaseError,
};

/** Rejects when it cannot be loaded. */
export const loadCarriers = () =>
  Promise.all([import('./browser-links.ts'), import('../../platform/relay/open-relay-pool.ts')]);

async function carriers(settings: SettingsStore): Promise<CallCarriers> {
  const [{ browserLinks }, { openRelayPool, openRelaysOf }] = await loadCarriers();
  return {
    ...browserLinks,
    ownRelays: (urls) => openRelayPool(urls, settings),
    relaysOf: (somebody, own) => openRelaysOf(somebody, own, settings),
  };
}

async function loadRooms(
  identities: IdentityStore,
  contacts: ContactStore,
  logger: Logger,
  onMeeting: Parameters<NonNullable<CallWorld['rooms']>>[0],
): Promise<CallRooms> {
  const [{ openOwnMeetings }, read] = await Promise.all([
    import('../../link/rooms/own-meetings.ts'),
    identities.read(),
  ]);
  if (read.state !== 'present') throw new Error('no identity');
  const isContact = async (id: string) => (await contacts.get(id))?.blocked === false;
  return openOwnMeetings(read.identity, isContact, onMeeting, (what, error) => logger.fault(what, error));
}

async function loadExchanges(database: Database, logger: Logger): Promise<OpenExchange> {
  const [{ ownExchanges }, { tellNews }] = await Promise.all([
    import('../../link/messages/own-exchange.ts'),
    import('./message-news.ts'),
  ]);
  const fault = (error: unknown) => logger.fault('messages', error);
  return ownExchanges({ database, contacts: new ContactStore(database), onNews: tellNews, fault });
}

async function loadPortraits(database: Database, identities: IdentityStore): Promise<OwnPortraits> {
  const [portraits, stored, read] = await Promise.all([
    import('./own-portraits.ts'),
    import('../../platform/store/portrait-store.ts'),
    identities.read(),
  ]);
  if (read.state !== 'present') throw new Error('no identity');
  return new portraits.OwnPortraits({
    ownId: toHex(read.identity.keys.ed25519Public),
    portraits: new stored.PortraitStore(database),
    contacts: new ContactStore(database),
    settings: new SettingsStore(database),
    sealer: new WebCryptoSealer(),
  });
}

/** Loads this page anew, and there the call starts by itself: it was clicked for here. */
async function callAgain(contactIds: readonly string[], media: CallMedia): Promise<void> {
  // A meeting of a room stays one.
  const here = new URLSearchParams(location.search);
  const kept = ['room', 'meeting'].flatMap((name) => here.getAll(name).map((value) => [name, value]));
  const query = String(new URLSearchParams([...contactIds.map((id) => ['to', id]), ['media', media], ...kept]));
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await givePermit(tab.id, { does: 'start', query });
  location.assign(`${location.pathname}?${query}`);
}

/** Loads this page anew, and the call of that device comes here: it was clicked for. */
async function bringCall(dev: string): Promise<void> {
  const query = String(new URLSearchParams({ move: dev }));
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await givePermit(tab.id, { does: 'start', query });
  location.assign(`${location.pathname}?${query}`);
}

/** Whether this computer was too slow for a background, in what lasts until the browser is closed. */
const slowKey = 'tooSlowForBackgrounds';

/** @throws NewerDatabaseError (`isNewerData`), or what the browser says of a database that it cannot open. */
export async function extensionWorld(logger: Logger): Promise<CallWorld> {
  const database = await openDatabase();
  const settings = new SettingsStore(database);
  const identities = new IdentityStore(database);
  const sealer = new WebCryptoSealer(lateXWing);
  let portraits: Promise<OwnPortraits> | undefined;
  let messageExchanges: Promise<OpenExchange> | undefined;
  const doorStore = async () => new (await import('../../platform/store/door-store.ts')).DoorStore(database);
  return {
    async own(): Promise<OwnPerson | undefined> {
      const read = await identities.read();
      if (read.state !== 'present') return undefined;
      const { identity } = read;
      const { name, dev } = identity;
      const contactLink = async () => ownLink(identity, await settings.read(), sealer);
      return { name, dev, ...ownPorts(identity, lateXWing), contactLink };
    },
    contacts: new ContactStore(database),
    settings,
    history: new HistoryStore(database),
    onStored(tell) {
      onStoreChanged((store) => {
        if (store === 'contacts' || store === 'settings') tell();
      });
    },
    sealer,
    clock: systemClock,
    makeTones: () => new TonePlayer(),
    logger,
    carriers: () => carriers(settings),
    rooms: (onMeeting) => loadRooms(identities, new ContactStore(database), logger, onMeeting),
    messages: new MessageWays(
      async (contactId, way) => {
        messageExchanges ??= loadExchanges(database, logger);
        return (await messageExchanges)(contactId, way);
      },
      (error) => logger.fault('messages', error),
    ),
    portraits() {
      portraits ??= loadPortraits(database, identities);
      return portraits;
    },
    doors: {
      async get(id) {
        return (await doorStore()).get(id, systemClock.now());
      },
      async end(id) {
        await (await doorStore()).remove(id);
        await request('reload', undefined);
      },
    },
    recorder: () => import('../recording/recorder.ts'),
    effects: {
      load: async () => (await import('../effects/open-effects.ts')).effectMakers,
      // Until the browser is closed: then another computer may stand here.
      isTooSlow: async () => slowKey in (await browser.storage.session.get(slowKey)),
      rememberTooSlow: () => void browser.storage.session.set({ [slowKey]: true }).catch(() => undefined),
    },
    page,
    callAgain,
    bringCall,
    moves: () => import('./own-moves.ts'),
    request,
    watch: watchView,
    live: (name, onThaw) => liveUnfrozen(liveAs, name, onThaw),
  };
}
