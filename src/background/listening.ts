// Everything that runs while there is an identity: the pool on the own relays, the listener on the inbox, the runner of rings.
// Built anew when the identity changes; follows the relays of the settings while running.
import { equalBytes, fromHex, toBase64url } from '../core/bytes.ts';
import { parseContactLink } from '../core/contact-link.ts';
import { cleanDisplayName } from '../core/display-name.ts';
import type { CallOutcome } from '../core/end-reason.ts';
import { sealSignal } from '../core/mail.ts';
import type { RelayPool, Sealer } from '../core/ports.ts';
import type { RingView } from '../core/requests.ts';
import type { RingCall, RingOutcome } from '../core/ring-machine.ts';
import type { SignalOf } from '../core/signal.ts';
import type { ContactStore } from '../platform/contact-store.ts';
import type { OwnIdentity } from '../platform/database.ts';
import type { HistoryStore } from '../platform/history-store.ts';
import type { Logger } from '../platform/logger.ts';
import { openRelayPool } from '../platform/open-relay-pool.ts';
import { ownPorts } from '../platform/own-ports.ts';
import type { RingStore } from '../platform/ring-store.ts';
import { writeView } from '../platform/session-view.ts';
import type { SettingsStore } from '../platform/settings-store.ts';
import { systemClock } from '../platform/system-clock.ts';
import { heldCall, openRingWindow, showRing } from './call-tabs.ts';
import { InviteListener } from './invite-listener.ts';
import { clearRingNotification, showMissedNotification, showRingNotification } from './ring-notification.ts';
import { RingRunner } from './ring-runner.ts';
import type { Ringtone } from './ringtone.ts';

export interface Stores {
  readonly contacts: ContactStore;
  readonly settings: SettingsStore;
  readonly history: HistoryStore;
  readonly rings: RingStore;
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

export class Listening {
  readonly runner: RingRunner;
  readonly #pool: RelayPool;
  readonly #listener: InviteListener;
  readonly #stores: Stores;

  constructor(
    identity: OwnIdentity,
    relays: readonly string[],
    stores: Stores,
    sealer: Sealer,
    ringtone: Ringtone,
    logger: Logger,
  ) {
    const { signer, opener } = ownPorts(identity);
    this.#stores = stores;
    this.#pool = openRelayPool(relays, stores.settings);
    this.#pool.onState((states) => void writeView('relayStates', states));
    this.runner = new RingRunner({
      sealer,
      clock: systemClock,
      ownDev: toBase64url(identity.dev),
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
      mail: async (topicHex, to, signal) =>
        this.#pool.publish(topicHex, await sealSignal({ sealer, signer, to, topicHex, signal }), mailTtlSec),
      topicsChanged: (topics) => this.#listener.setRingTopics(topics),
      log: (event, facts) => logger.info(event, facts),
    });
    this.#listener = new InviteListener({
      sealer,
      clock: systemClock,
      pool: this.#pool,
      opener,
      ownEd25519: identity.keys.ed25519Public,
      inboxSecret: identity.keys.inboxSecret,
      onSignal: (_key, senderId, signal, isInbox) => {
        this.runner.receive(senderId, signal, isInbox).catch((error: unknown) => logger.fault('signal', error));
      },
    });
  }

  async start(): Promise<void> {
    await this.#listener.start();
    await this.runner.restore();
  }

  /** Relays were edited: kept ones stay connected. */
  async followSettings(): Promise<void> {
    this.#pool.setUrls((await this.#stores.settings.read()).relays);
    await writeView('relayStates', this.#pool.states());
  }

  close(): void {
    this.#listener.close();
  }

  /** Everything at once, the quickest sign first; only the notification is waited for, so that it can be taken back in order. */
  async #startAlerts(view: RingView, ringtone: Ringtone): Promise<void> {
    const settings = await this.#stores.settings.read();
    const notified = showRingNotification(view);
    if (settings.ringWindow) void openRingWindow(view.callId).catch(() => undefined);
    if (settings.ringtone) void ringtone.start();
    await notified;
  }

  async #record(call: RingCall, outcome: RingOutcome): Promise<void> {
    if (!(await this.#stores.settings.read()).keepHistory) return;
    const missed = historyOutcome[outcome] === 'missed';
    await this.#stores.history.put({
      callId: call.callId,
      contactId: call.contactId,
      contactName: call.contactName,
      direction: 'incoming',
      media: call.media,
      outcome: historyOutcome[outcome],
      at: call.invitedAt,
      durationMs: 0,
      seen: !missed,
    });
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
