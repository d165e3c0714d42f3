// What is kept of calls that were not taken in a page: in the history, if one is kept, and in the list of strangers who have called.
import { equalBytes, fromHex } from '../core/base/bytes.ts';
import { cleanDisplayName } from '../core/base/display-name.ts';
import { type Lookalike, lookalikeOf } from '../core/base/lookalike-name.ts';
import type { Clock, Sealer } from '../core/base/ports.ts';
import type { CallOutcome } from '../core/call/end-reason.ts';
import type { RingCall, RingOutcome } from '../core/call/ring-machine.ts';
import type { HistoryEntry } from '../core/data/history-entry.ts';
import { isQuietFor, type QuietSettings, quietNow } from '../core/data/quiet-times.ts';
import type { Settings } from '../core/data/settings.ts';
import type { CallMedia, Contact } from '../core/identity/contact.ts';
import { parseContactLink } from '../core/identity/contact-link.ts';
import type { StrangersCall } from '../core/identity/contact-request.ts';
import type { ReceivedMessage } from '../core/messages/left-message.ts';

const historyOutcome: Readonly<Record<RingOutcome, CallOutcome>> = {
  missed: 'missed',
  declined: 'declined',
  'caller-cancelled': 'missed',
  'answered-elsewhere': 'answered-elsewhere',
  'declined-elsewhere': 'declined',
};

export interface CallRecordsParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly settings: () => Promise<Pick<Settings, 'keepHistory' | 'linkGeneration'> & QuietSettings>;
  readonly contacts: () => Promise<readonly Contact[]>;
  readonly ownName: string;
  readonly history: { put(entry: HistoryEntry): Promise<void> };
  /** A bounded list. */
  readonly requests: {
    /** @returns whether a notification may tell of it. `by`: the own link, if one may tell at all. */
    addCall(call: StrangersCall, by: number | undefined, now: number): Promise<boolean>;
  };
  readonly showMissed: (contactId: string, name: string) => Promise<void>;
  readonly showLeft: (contactId: string, name: string, seconds: number) => Promise<void>;
  /** Without a sound. */
  readonly showRequest: (id: string, name: string, lookalike: Lookalike | undefined) => Promise<void>;
}

export class CallRecords {
  readonly #parts: CallRecordsParts;

  constructor(parts: CallRecordsParts) {
    this.#parts = parts;
  }

  /** A ring is over and was not answered here. */
  async ring({ callId, contactId, contactName, media, invitedAt: at }: RingCall, outcome: RingOutcome): Promise<void> {
    await this.#keep({ callId, contactId, contactName, media, at, outcome: historyOutcome[outcome] });
  }

  /** A contact called while this browser was off. */
  async missedWhileAway(
    contact: Contact,
    callId: string,
    media: CallMedia,
    at: number,
    left?: ReceivedMessage,
  ): Promise<void> {
    const { id, name } = contact;
    await this.#keep({ callId, contactId: id, contactName: name, media, at, outcome: 'missed' });
    if (left) return this.messageLeft(contact, left);
    const { clock, settings, showMissed } = this.#parts;
    if (!isQuietFor(await settings(), contact, clock.now())) await showMissed(id, name);
  }

  /** A contact has left a message. */
  async messageLeft(contact: Contact, { seconds }: ReceivedMessage): Promise<void> {
    const { clock, settings, showLeft } = this.#parts;
    if (!isQuietFor(await settings(), contact, clock.now())) await showLeft(contact.id, contact.name, seconds);
  }

  /**
   * A stranger's call never rings and is never answered: it waits in a bounded list, if its link is the sender's own, and a silent notification
   * tells of the person once. @param at when the call was, ms since the epoch.
   */
  async strangerCalled(senderId: string, callId: string, text: string, at: number): Promise<void> {
    const { sealer, clock, settings, requests, showRequest } = this.#parts;
    const parsed = await parseContactLink(text, sealer);
    if ('refused' in parsed) return;
    const { link } = parsed;
    if (!equalBytes(link.ed25519, fromHex(senderId) ?? new Uint8Array())) return;
    const name = cleanDisplayName(link.name);
    const now = clock.now();
    const chosen = await settings();
    const by = quietNow(chosen, now) ? undefined : chosen.linkGeneration;
    if (await requests.addCall({ id: senderId, name, link: text, callId, at }, by, now))
      await showRequest(senderId, name, await this.#lookalike({ id: senderId, name }));
  }

  async #lookalike(stranger: { readonly id: string; readonly name: string }): Promise<Lookalike | undefined> {
    const { contacts, ownName } = this.#parts;
    return lookalikeOf(stranger, { self: [ownName], contacts: await contacts(), participants: [] });
  }

  async #keep(call: Omit<HistoryEntry, 'direction' | 'durationMs' | 'seen'>): Promise<void> {
    if (!(await this.#parts.settings()).keepHistory) return;
    const seen = call.outcome !== 'missed';
    await this.#parts.history.put({ ...call, direction: 'incoming', durationMs: 0, seen });
  }
}
