// What a ring says to its caller: sealed to the key of this call, counted, and stored before it leaves.
import { fromBase64url } from '../../core/base/bytes.ts';
import type { RingRecord } from '../../core/call/ring-machine.ts';
import type { Signal, SignalBody } from '../../core/signaling/signal.ts';
import type { RingBook } from './ring-book.ts';
import type { RingParts } from './ring-parts.ts';

type Parts = Pick<RingParts, 'contact' | 'ownDev' | 'clock' | 'mail' | 'log'>;

export class RingMail {
  readonly #parts: Parts;
  readonly #book: RingBook;

  constructor(parts: Parts, book: RingBook) {
    this.#parts = parts;
    this.#book = book;
  }

  /** @param keep a ring that is not in the book yet is entered, in the same write. */
  async send(record: RingRecord, body: SignalBody, keep?: 'keep'): Promise<void> {
    const { parts, call } = { parts: this.#parts, call: record.call };
    const [contact, topics] = await Promise.all([parts.contact(call.contactId), this.#book.topicsOf(call)]);
    const x25519 = fromBase64url(call.ek);
    if (!contact || !x25519) return;
    const stored = this.#book.get(record.callId);
    const n = (stored ?? record).nextN;
    const signal = { ...body, v: 1, id: call.callId, dev: parts.ownDev, n, ts: parts.clock.now() } as Signal;
    if (stored ?? keep) await this.#book.put({ ...(stored ?? record), nextN: n + 1 });
    // Not awaited: a relay that hangs must not hold up the next event.
    void parts
      .mail(topics.b2a, { ed25519: contact.ed25519, x25519 }, signal)
      .catch(() => parts.log('mail failed', { t: body.t }));
  }
}
