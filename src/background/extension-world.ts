// The background's world in a browser: stores, notifications, pages and relays of the extension.
import { equalBytes, fromBase64url, toBase64url } from '../core/base/bytes.ts';
import type { RelayPool, Sealer } from '../core/base/ports.ts';
import type { RingView } from '../core/call/requests.ts';
import type { OwnInboxes } from '../core/identity/inboxes.ts';
import type { OwnIdentity } from '../platform/crypto/own-identity.ts';
import { ownInboxes, ownLink } from '../platform/crypto/own-link.ts';
import { ownPorts } from '../platform/crypto/own-ports.ts';
import { xWing } from '../platform/crypto/x-wing.ts';
import { readView, writeView } from '../platform/extension/session-view.ts';
import type { Logger } from '../platform/logger.ts';
import type { MessageStore } from '../platform/messages/message-store.ts';
import { openRelaysOf } from '../platform/relay/open-relay-pool.ts';
import type { ContactStore } from '../platform/store/contact-store.ts';
import type { OwnEntryStore } from '../platform/store/devices/own-entry-store.ts';
import type { DoorStore } from '../platform/store/door-store.ts';
import type { HistoryStore } from '../platform/store/history-store.ts';
import type { NoteStore } from '../platform/store/note-store.ts';
import type { OwnDeviceStore } from '../platform/store/own-device-store.ts';
import type { ReceiptStore } from '../platform/store/receipt-store.ts';
import type { RingStore } from '../platform/store/ring-store.ts';
import type { SettingsStore } from '../platform/store/settings-store.ts';
import { systemClock } from '../platform/system-clock.ts';
import { CallRecords } from './call-records.ts';
import { heldCalls, isLookedAt, openRingWindow, showRing } from './call-tabs.ts';
import type { DoorBell } from './doors/door-bell.ts';
import type { BackgroundWorld } from './listening.ts';
import {
  clearRingNotification,
  showLeftNotification,
  showMissedNotification,
  showRequestNotification,
  showRingNotification,
} from './ring-notification.ts';
import type { Ringtone } from './ringtone.ts';

export interface Stores {
  readonly contacts: ContactStore;
  readonly settings: SettingsStore;
  readonly history: HistoryStore;
  readonly rings: RingStore;
  readonly notes: NoteStore;
  readonly receipts: ReceiptStore;
  readonly doors: DoorStore;
  readonly devices: OwnDeviceStore;
  /** @param dev of this device, base64url. */
  readonly entriesOf: (dev: string) => OwnEntryStore;
  readonly messages: MessageStore;
}

export interface ExtensionWorldParts {
  readonly identity: OwnIdentity;
  readonly stores: Stores;
  readonly sealer: Sealer;
  readonly ringtone: Pick<Ringtone, 'start' | 'stop'>;
  readonly logger: Logger;
  /** Connects to relays, at once and for as long as it is open. */
  readonly openPool: (urls: readonly string[]) => RelayPool;
  readonly bell: Pick<DoorBell, 'inboxes' | 'look'>;
}

/** The world of this identity. */
export function extensionWorld(parts: ExtensionWorldParts): BackgroundWorld {
  const { identity, stores, sealer, ringtone, logger, openPool, bell } = parts;
  const { contacts, history, rings, notes, receipts, devices, messages } = stores;
  const settings = () => stores.settings.read();
  return {
    ...ownPorts(identity, async () => xWing),
    sealer,
    clock: systemClock,
    ownDev: toBase64url(identity.dev),
    ownEd25519: identity.keys.ed25519Public,
    rings,
    notes,
    receipts,
    devices,
    mayHaveOthers: identity.fromWords === true,
    entries: stores.entriesOf(toBase64url(identity.dev)),
    callsElsewhere: {
      read: () => readView('callsElsewhere'),
      write: (calls) => writeView('callsElsewhere', calls),
    },
    messages,
    contact: (id) => contacts.get(id),
    settings,
    relays: async () => (await settings()).relays,
    inboxes: () => inboxesOf(parts),
    ownLink: async () => ownLink(identity, await settings(), sealer),
    openPool: async () => openPool((await settings()).relays),
    openPoolOf: async (contact) => openRelaysOf(contact, (await settings()).relays, stores.settings),
    heldCalls,
    alerts: {
      start: (view) => startAlerts(view, parts),
      stop: async (callId) => {
        await Promise.all([ringtone.stop(), clearRingNotification(callId)]);
      },
      missed: ({ contactId, contactName }) => showMissedNotification(contactId, contactName),
    },
    records: new CallRecords({
      sealer,
      clock: systemClock,
      settings,
      history,
      requests: contacts,
      contacts: () => contacts.all(),
      ownName: identity.name,
      showMissed: showMissedNotification,
      showLeft: showLeftNotification,
      showRequest: showRequestNotification,
    }),
    show: {
      ring: (view) => writeView('ring', view),
      knocks: async (list) => {
        await writeView('knocks', list);
        // Not awaited: what it does may change the list once more.
        void bell.look().catch((error: unknown) => logger.fault('knock', error));
      },
      relayStates: (states) => writeView('relayStates', states),
    },
    openCall: async (view) => {
      await writeView('ring', view);
      await showRing(view.callId);
    },
    askedMove: (asked) => writeView('askedMove', asked),
    crossOver: (outgoingId, call) => writeView('crossover', { outgoingId, call }),
    log: (event, facts) => logger.info(event, facts),
    fault: (what, error) => logger.fault(what, error),
  };
}

async function inboxesOf({ identity, stores, sealer, bell }: ExtensionWorldParts): Promise<OwnInboxes> {
  // Whoever knocks at a call that is on hold waits until it goes on.
  const atPage = fromBase64url((await readView('heldCall'))?.guestSecret ?? '');
  const kept = await bell.inboxes();
  const own = await ownInboxes(identity, await stores.settings.read(), await stores.contacts.all(), sealer);
  const isNew = atPage?.length === 16 && !kept.some((one) => equalBytes(one, atPage));
  return { ...own, guests: isNew ? [atPage, ...kept] : kept };
}

/** Everything at once, the quickest sign first; only the notification is waited for, so that it can be taken back in order. */
async function startAlerts(view: RingView, { stores, ringtone }: ExtensionWorldParts): Promise<void> {
  if (view.beside) return tellBeside(view);
  const notified = showRingNotification(view);
  const settings = await stores.settings.read();
  if (settings.ringWindow) void openRingWindow(view.callId).catch(() => undefined);
  if (settings.ringtone) {
    const contact = await stores.contacts.get(view.contactId);
    const { ringTone, ringVolume: volume, ringSpeakerId: speakerId } = settings;
    void ringtone.start({ tone: contact?.ringTone ?? ringTone, volume, speakerId });
  }
  await notified;
}

/** The page of the call that is up tells of it, with a soft tone; who does not look at that page is shown it as well. */
async function tellBeside(view: RingView): Promise<void> {
  const pages = await heldCalls();
  const looked = await Promise.all(pages.map(({ tabId }) => isLookedAt(tabId)));
  if (!looked.includes(true)) await showRingNotification(view);
}
