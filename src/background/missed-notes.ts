// The callee's side of a call that came while this browser was off: a contact's note becomes a missed call, once, and is answered.
// Strangers and blocked people get silence, as if nobody were there.
import { fromBase64url } from '../core/bytes.ts';
import type { Contact } from '../core/contact.ts';
import { isCredibleMoment } from '../core/missed-note.ts';
import type { Clock, Sealer } from '../core/ports.ts';
import type { Signal, SignalOf } from '../core/signal.ts';
import { TokenBucket } from '../core/token-bucket.ts';
import { callTopics } from '../core/topics.ts';

export interface MissedNotesParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly ownDev: string;
  readonly contact: (id: string) => Promise<Contact | undefined>;
  /** Calls that are over, for a day. */
  readonly rings: {
    isFinished(callId: string): Promise<boolean>;
    finish(callId: string, now: number): Promise<void>;
  };
  /** Puts a missed call into the history and shows it. */
  readonly missed: (contact: Contact, callId: string, note: SignalOf<'missed'>, at: number) => Promise<void>;
  readonly mail: (topicHex: string, to: Contact, signal: Signal) => Promise<void>;
}

/** Notes of one person: twenty at once, then one in ten seconds. */
const notesAtOnce = 20;
const notesPerSecond = 0.1;

export class MissedNotes {
  readonly #parts: MissedNotesParts;
  readonly #budgets = new Map<string, TokenBucket>();
  #answered = 0;

  constructor(parts: MissedNotesParts) {
    this.#parts = parts;
  }

  async receive(senderId: string, note: SignalOf<'missed'>): Promise<void> {
    const { sealer, clock, ownDev, contact, rings, missed, mail } = this.#parts;
    const now = clock.now();
    const from = await contact(senderId);
    if (!from || from.blocked || !isCredibleMoment(note.at, now) || !this.#budgetOf(senderId).take(now)) return;
    if (!(await rings.isFinished(note.id))) {
      await rings.finish(note.id, now);
      await missed(from, note.id, note, Math.min(note.at, now));
    }
    const { b2a } = await callTopics(sealer, fromBase64url(note.st) ?? new Uint8Array(32));
    const n = this.#answered++;
    await mail(b2a, from, { v: 1, id: note.id, dev: ownDev, n, ts: now, t: 'noted' });
  }

  #budgetOf(senderId: string): TokenBucket {
    const bucket = this.#budgets.get(senderId) ?? new TokenBucket(notesAtOnce, notesPerSecond);
    this.#budgets.set(senderId, bucket);
    return bucket;
  }
}
