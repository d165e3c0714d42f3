// Everything that runs while there is an identity: the pool on the own relays, the listener on the inbox, the runner of rings.
// Built anew when the identity changes; follows the relays of the settings while running.
import { equalBytes, fromBase64url, fromHex, toBase64url } from '../core/base/bytes.ts';
import { cleanDisplayName } from '../core/base/display-name.ts';
import type { RelayPool, Sealer } from '../core/base/ports.ts';
import type { CallOutcome } from '../core/call/end-reason.ts';
import type { RingView } from '../core/call/requests.ts';
import type { RingCall, RingOutcome } from '../core/call/ring-machine.ts';
import type { HistoryEntry } from '../core/data/history-entry.ts';
import type { Settings } from '../core/data/settings.ts';
import type { CallMedia, Contact } from '../core/identity/contact.ts';
import { parseContactLink } from '../core/identity/contact-link.ts';
import type { OwnInboxes } from '../core/identity/inboxes.ts';
import { type Recipient, sealSignal } from '../core/signaling/mail.ts';
import type { Signal, SignalOf } from '../core/signaling/signal.ts';
import type { OwnIdentity } from '../platform/crypto/own-identity.ts';
import { ownInboxes } from '../platform/crypto/own-link.ts';
import { ownPorts } from '../platform/crypto/own-ports.ts';
import { writeView } from '../platform/extension/session-view.ts';
import type { Logger } from '../platform/logger.ts';
import { openRelaysOf } from '../platform/relay/open-relay-pool.ts';
import type { ContactStore } from '../platform/store/contact-store.ts';
import type { HistoryStore } from '../platform/store/history-store.ts';
import type { NoteStore } from '../platform/store/note-store.ts';
import type { ReceiptStore } from '../platform/store/receipt-store.ts';
import type { RingStore } from '../platform/store/ring-store.ts';
import type { SettingsStore } from '../platform/store/settings-store.ts';
import { systemClock } from '../platform/system-clock.ts';
import { heldCall, openRingWindow, showRing } from './call-tabs.ts';
import { GuestKnocks } from './guest-knocks.ts';
import { InboxListener } from './inbox-listener.ts';
import { MissedNotes } from './missed-notes.ts';
import { Outbox } from './outbox.ts';
import { clearRingNotification, showMissedNotification, showRingNotification } from './ring-notification.ts';
import { RingRunner } from './ring-runner.ts';
import type { Ringtone } from './ringtone.ts';

export interface Stores {
  readonly contacts: ContactStore;
  readonly settings: SettingsStore;
  readonly history: HistoryStore;
  readonly rings: RingStore;
  readonly notes: NoteStore;
  readonly receipts: ReceiptStore;
}

/** How long a relay may take to accept a message of ours before it is given up, in seconds. */
const mailTtlSec = 30;

const historyOutcome: Readonly<Record<RingOutcome, CallOutcome>> = {
  missed: 'missed',
  declined: 'declined',
  'caller-cancelled': 'missed',
  'answered-elsewhere': 'answered-elsewhere',
  'declined-elsewhere': 'declined',
};

/** What a listener is built from. */
export interface ListeningParts {
  readonly identity: OwnIdentity;
  readonly settings: Settings;
  readonly inboxes: OwnInboxes;
  readonly stores: Stores;
  readonly sealer: Sealer;
  readonly ringtone: Pick<Ringtone, 'start' | 'stop'>;
  readonly logger: Logger;
  /** Connects to relays, at once and for as long as it is open. */
  readonly openPool: (urls: readonly string[]) => RelayPool;
}

export class Listening {
  readonly runner: RingRunner;
  readonly outbox: Outbox;
  readonly #identity: OwnIdentity;
  readonly #sealer: Sealer;
  readonly #pool: RelayPool;
  readonly #listener: InboxListener;
  readonly #stores: Stores;
  readonly #notes: MissedNotes;

  constructor({ identity, settings, inboxes, stores, sealer, ringtone, logger, openPool }: ListeningParts) {
    const { signer, opener } = ownPorts(identity);
    const ownDev = toBase64url(identity.dev);
    this.#identity = identity;
    this.#sealer = sealer;
    this.#stores = stores;
    this.#pool = openPool(settings.relays);
    const mail = async (topicHex: string, to: Recipient, signal: Signal): Promise<void> =>
      this.#pool.publish(topicHex, await sealSignal({ sealer, signer, to, topicHex, signal }), mailTtlSec);
    this.#pool.onState((states) => void writeView('relayStates', states));
    this.runner = new RingRunner({
      sealer,
      clock: systemClock,
      ownDev,
      rings: stores.rings,
      contact: (id) => stores.contacts.get(id),
      settings: () => stores.settings.read(),
      heldCall,
      alerts: {
        start: (view) => this.#startAlerts(view, ringtone),
        stop: async (callId) => {
          await Promise.all([ringtone.stop(), clearRingNotification(callId)]);
        },
        missed: (call) => showMissedNotification(call.contactId, call.contactName),
      },
      record: (call, outcome) => this.#record(call, outcome),
      strangerCalled: (senderId, invite) => this.#strangerCalled(senderId, invite, sealer),
      showView: (view) => writeView('ring', view),
      openCall: async (view) => {
        await writeView('ring', view);
        await showRing(view.callId);
      },
      crossOver: async (outgoingId, call) => writeView('crossover', { outgoingId, call }),
      mail,
      topicsChanged: (topics) => this.#listener.setRingTopics(topics),
      log: (event, facts) => logger.info(event, facts),
    });
    const notes = new MissedNotes({
      sealer,
      clock: systemClock,
      ownDev,
      contact: (id) => stores.contacts.get(id),
      settings: () => stores.settings.read(),
      rings: stores.rings,
      receipts: stores.receipts,
      missed: (from, callId, { media }, at) => this.#missedWhileAway(from, callId, media, at),
      mail,
    });
    this.#notes = notes;
    const knocks = new GuestKnocks({
      clock: systemClock,
      isBlocked: async (id) => (await stores.contacts.get(id))?.blocked ?? false,
      show: (list) => writeView('knocks', list),
    });
    this.outbox = new Outbox({
      sealer,
      signer,
      opener,
      clock: systemClock,
      ownDev,
      notes: stores.notes,
      contact: (id) => stores.contacts.get(id),
      openPool: async (contact) => openRelaysOf(contact, (await stores.settings.read()).relays, stores.settings),
    });
    this.#listener = new InboxListener({
      sealer,
      clock: systemClock,
      pool: this.#pool,
      opener,
      ownEd25519: identity.keys.ed25519Public,
      inboxes,
      onSignal: (senderId, signal, inbox) => {
        const heard =
          signal.t === 'missed'
            ? inbox !== undefined && notes.receive(senderId, signal)
            : inbox === 'guests'
              ? knocks.receive(senderId, signal)
              : this.runner.receive(senderId, signal, inbox !== undefined);
        Promise.resolve(heard).catch((error: unknown) => logger.fault('signal', error));
      },
    });
  }

  async start(): Promise<void> {
    await this.followInboxes();
    await this.runner.restore();
  }

  /** Relays were edited (kept ones stay connected), or the inboxes changed. */
  async followSettings(): Promise<void> {
    const settings = await this.#stores.settings.read();
    this.#pool.setUrls(settings.relays);
    await this.#listener.setInboxes(await this.#inboxes(settings));
    await writeView('relayStates', this.#pool.states());
  }

  /** The held call is open to guests or is not any more, or contacts have changed. */
  async followInboxes(): Promise<void> {
    await this.#listener.setInboxes(await this.#inboxes(await this.#stores.settings.read()));
  }

  /** Nothing is sent while all are connected: no relay learns when somebody looks. */
  retryRelays(): void {
    if (this.#pool.states().some(({ phase }) => phase === 'down')) this.#pool.retryNow();
  }

  /** Time has passed: rings end, notes are told, receipts go out. */
  async tick(): Promise<void> {
    await Promise.all([this.runner.tick(), this.#notes.tick(), this.outbox.tick()]);
  }

  close(): void {
    this.#listener.close();
  }

  async #inboxes(settings: Settings): Promise<OwnInboxes> {
    const guests = fromBase64url((await heldCall())?.guestSecret ?? '');
    const contacts = await this.#stores.contacts.all();
    const own = await ownInboxes(this.#identity, settings, contacts, this.#sealer);
    return guests?.length === 16 ? { ...own, guests } : own;
  }

  /** Everything at once, the quickest sign first; only the notification is waited for, so that it can be taken back in order. */
  async #startAlerts(view: RingView, ringtone: Pick<Ringtone, 'start'>): Promise<void> {
    const notified = showRingNotification(view);
    const settings = await this.#stores.settings.read();
    if (settings.ringWindow) void openRingWindow(view.callId).catch(() => undefined);
    if (settings.ringtone) void ringtone.start();
    await notified;
  }

  async #record(call: RingCall, outcome: RingOutcome): Promise<void> {
    const { callId, contactId, contactName, media, invitedAt: at } = call;
    await this.#keep({ callId, contactId, contactName, media, at, outcome: historyOutcome[outcome] });
  }

  /** An incoming call that was not taken here, for the history, if one is kept. */
  async #keep(call: Omit<HistoryEntry, 'direction' | 'durationMs' | 'seen'>): Promise<void> {
    if (!(await this.#stores.settings.read()).keepHistory) return;
    const seen = call.outcome !== 'missed';
    await this.#stores.history.put({ ...call, direction: 'incoming', durationMs: 0, seen });
  }

  /** A contact called while this browser was off. */
  async #missedWhileAway({ id, name }: Contact, callId: string, media: CallMedia, at: number): Promise<void> {
    await this.#keep({ callId, contactId: id, contactName: name, media, at, outcome: 'missed' });
    if (!(await this.#stores.settings.read()).doNotDisturb) await showMissedNotification(id, name);
  }

  /** A stranger's invite never rings and is never answered: it waits in a bounded list, if its link is the sender's own. */
  async #strangerCalled(senderId: string, invite: SignalOf<'invite'>, sealer: Sealer): Promise<void> {
    const parsed = await parseContactLink(invite.link, sealer);
    if ('refused' in parsed) return;
    const { link } = parsed;
    if (!equalBytes(link.ed25519, fromHex(senderId) ?? new Uint8Array())) return;
    await this.#stores.contacts.addRequest({
      id: senderId,
      name: cleanDisplayName(link.name),
      link: invite.link,
      lastAt: systemClock.now(),
    });
  }
}
