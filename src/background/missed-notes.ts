// The callee's side of a call that came while this browser was off: a contact's note becomes a missed call, once, and is answered some minutes
// later, once, unless the person wants no calls. So does a message that was left, which is fetched in the next call. Strangers and blocked people get silence, as if nobody were there; a stranger's note that brings
// their link waits among the requests.
import { fromBase64url } from '../core/base/bytes.ts';
import type { Clock, Sealer } from '../core/base/ports.ts';
import { TokenBucket } from '../core/base/token-bucket.ts';
import { type QuietSettings, quietNow } from '../core/data/quiet-times.ts';
import type { Contact } from '../core/identity/contact.ts';
import type { InboxKind } from '../core/identity/inboxes.ts';
import { callTopics } from '../core/identity/topics.ts';
import {
  isCredibleLeft,
  type LeftMessage,
  type ReceivedMessage,
  receivedMessage,
} from '../core/messages/left-message.ts';
import {
  isCredibleMoment,
  longestReceiptMs,
  type OwedReceipt,
  shortestReceiptMs,
} from '../core/signaling/missed-note.ts';
import type { Signal, SignalOf } from '../core/signaling/signal.ts';

export interface MissedNotesParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly ownDev: string;
  readonly contact: (id: string) => Promise<Contact | undefined>;
  readonly settings: () => Promise<QuietSettings>;
  /** Calls that are over, for a day. */
  readonly rings: {
    isFinished(callId: string): Promise<boolean>;
    finish(callId: string, now: number): Promise<void>;
  };
  readonly receipts: {
    owe(receipt: OwedReceipt, most: number): Promise<boolean>;
    takeDue(now: number): Promise<readonly OwedReceipt[]>;
  };
  readonly messages: {
    announced(message: ReceivedMessage, now: number): Promise<boolean>;
    get(m: string): Promise<LeftMessage | undefined>;
  };
  /** Puts a missed call into the history and shows it, with the message that was left. */
  readonly missed: (
    contact: Contact,
    note: SignalOf<'missed'>,
    at: number,
    left: ReceivedMessage | undefined,
  ) => Promise<void>;
  /** A message was left after a call that is known. */
  readonly left: (contact: Contact, message: ReceivedMessage) => Promise<void>;
  /** Somebody who is no contact has called; `link` as it came. */
  readonly strangerCalled: (senderId: string, callId: string, link: string, at: number) => Promise<void>;
  readonly mail: (topicHex: string, to: Contact, signal: Signal) => Promise<void>;
}

/** Notes of one person: twenty at once, then one in ten seconds. */
const notesAtOnce = 20;
const notesPerSecond = 0.1;
/** Of all strangers together, as their invites. */
const strangersPerSecond = 3 / 60;
/** Receipts for one person within a day: by each they learn that this browser was on within the last minutes. */
const receiptsPerDay = 12;

export class MissedNotes {
  readonly #parts: MissedNotesParts;
  readonly #budgets = new Map<string, TokenBucket>();
  readonly #strangers = new TokenBucket(notesAtOnce, strangersPerSecond);
  #answered = 0;

  constructor(parts: MissedNotesParts) {
    this.#parts = parts;
  }

  /** @param inbox where it came to: what strangers say to the guests of a call is nothing to the person here. */
  async receive(senderId: string, note: SignalOf<'missed'>, inbox: InboxKind): Promise<void> {
    const { clock, contact, rings, receipts, missed } = this.#parts;
    const now = clock.now();
    const from = await contact(senderId);
    const isOfToday = isCredibleMoment(note.at, now);
    if (from?.blocked || !(isOfToday || (note.msg && isCredibleLeft(note.at, now)))) return;
    if (!from) {
      if (note.link === undefined || inbox !== 'link' || !isOfToday || !this.#strangers.take(now)) return;
      return this.#parts.strangerCalled(senderId, note.id, note.link, Math.min(note.at, now));
    }
    if (!this.#budgetOf(senderId).take(now)) return;
    // Whatever was known before is answered no more: by asking again and again one would see when this browser is on.
    const isKnown = await rings.isFinished(note.id);
    const left = await this.#left(senderId, note, now);
    if (!left && (isKnown || !isOfToday || (note.msg && (await this.#parts.messages.get(note.msg.m))))) return;
    await rings.finish(note.id, now);
    const dueAt = now + this.#wait();
    await receipts.owe(
      {
        ...{ callId: note.id, contactId: senderId, st: note.st, at: now, dueAt, isSent: false },
        ...(left && { isOfMessage: true }),
      },
      receiptsPerDay,
    );
    clock.after(dueAt - now, () => void this.tick());
    if (isKnown && left) await this.#parts.left(from, left);
    else await missed(from, note, Math.min(note.at, now), left);
  }

  /** @returns the message that the note tells of, if it was not known and there may be one more. */
  async #left(senderId: string, note: SignalOf<'missed'>, now: number): Promise<ReceivedMessage | undefined> {
    const message = note.msg && receivedMessage(senderId, note.msg, note.id, note.at, now);
    return message && (await this.#parts.messages.announced(message, now)) ? message : undefined;
  }

  /** Sends the receipts whose time has come; in do-not-disturb they wait for its end. */
  async tick(): Promise<void> {
    const { sealer, clock, ownDev, contact, settings, receipts, mail } = this.#parts;
    if (quietNow(await settings(), clock.now())) return;
    for (const { callId, contactId, st } of await receipts.takeDue(clock.now())) {
      const to = await contact(contactId);
      if (!to || to.blocked) continue;
      const { b2a } = await callTopics(sealer, fromBase64url(st) ?? new Uint8Array(32));
      const n = this.#answered++;
      await mail(b2a, to, { v: 1, id: callId, dev: ownDev, n, ts: clock.now(), t: 'noted' }).catch(() => undefined);
    }
  }

  #wait(): number {
    const [a = 0, b = 0] = this.#parts.sealer.randomBytes(2);
    return shortestReceiptMs + Math.round(((a * 256 + b) / 65_536) * (longestReceiptMs - shortestReceiptMs));
  }

  #budgetOf(senderId: string): TokenBucket {
    const bucket = this.#budgets.get(senderId) ?? new TokenBucket(notesAtOnce, notesPerSecond);
    this.#budgets.set(senderId, bucket);
    return bucket;
  }
}
