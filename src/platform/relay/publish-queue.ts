// Messages on their way to one relay: kept until it takes or refuses them or their time is over, and sent again over a new
// connection when the old one broke before the answer. Knows no dialect and no pool.
import type { Bytes } from '../../core/bytes.ts';
import { type Clock, PublishError, type PublishFailure } from '../../core/ports.ts';
import type { Publication, RelayTransport } from './relay-transport.ts';

interface Entry {
  readonly topicHex: string;
  readonly payload: Bytes;
  /** The connection it was sent over and is not yet answered on. */
  sentOver: RelayTransport | undefined;
  /** Settles the promise. */
  readonly finish: (result: Publication | { readonly failed: PublishFailure }) => void;
}

const maxEntries = 256;

/** The outbox of one relay. */
export class PublishQueue {
  readonly #clock: Clock;
  readonly #entries = new Set<Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Adds a message. Resolves when the relay took it, as far as it tells; rejects with PublishError, 'down' when `ttlMs` passed or 256 messages wait already. */
  add(topicHex: string, payload: Bytes, ttlMs: number): Promise<Publication> {
    if (this.#entries.size >= maxEntries) return Promise.reject(new PublishError('down'));
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#clock.after(ttlMs, () => entry.finish({ failed: 'down' }));
      const entry: Entry = {
        topicHex,
        payload,
        sentOver: undefined,
        finish: (result) => {
          if (!this.#entries.delete(entry)) return;
          cancelTimer();
          if (typeof result === 'object') reject(new PublishError(result.failed));
          else resolve(result);
        },
      };
      this.#entries.add(entry);
    });
  }

  /** Sends what has not been sent over this connection. */
  sendOver(transport: RelayTransport): void {
    for (const entry of this.#entries) {
      if (entry.sentOver === transport) continue;
      entry.sentOver = transport;
      transport.publish(entry.topicHex, entry.payload).then(
        (publication) => entry.finish(publication),
        (error: unknown) => {
          // 'down' is the connection's fate, not the message's.
          const isVerdict = error instanceof PublishError && error.code !== 'down';
          if (entry.sentOver === transport && isVerdict) entry.finish({ failed: error.code });
        },
      );
    }
  }

  /** Rejects everything that waits. */
  refuseAll(failure: PublishFailure): void {
    for (const entry of this.#entries) entry.finish({ failed: failure });
  }
}
