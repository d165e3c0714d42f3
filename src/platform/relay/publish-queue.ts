// Messages on their way to one relay: kept until it takes or refuses them or their time is over. Sent again over a new connection when
// the old one broke before the answer, and after a pause when the relay does not take them just now. Knows no dialect and no pool.
//
//   flowing --refused for now--> paused --pause over--> careful, one at a time --all taken--> flowing
//                                   ^------refused for now------|
import type { Bytes } from '../../core/base/bytes.ts';
import { type Clock, PublishError, type PublishFailure, passingFailures } from '../../core/base/ports.ts';
import type { Publication, RelayTransport } from './relay-transport.ts';

interface Entry {
  readonly topicHex: string;
  readonly payload: Bytes;
  /** The connection it was sent over and is not yet answered on. */
  sentOver: RelayTransport | undefined;
  /** Why the relay has not taken it yet. */
  refusal: PublishFailure | undefined;
  /** Settles the promise. */
  readonly finish: (result: Publication | { readonly failed: PublishFailure }) => void;
}

const maxEntries = 256;
/** After a refusal for now; doubled by each further one until a message is taken. */
const firstPauseMs = 1_000;
const longestPauseMs = 15_000;

/** The outbox of one relay. */
export class PublishQueue {
  readonly #clock: Clock;
  readonly #onPassingRefusal: (failure: Exclude<PublishFailure, 'down'>) => void;
  readonly #entries = new Set<Entry>();
  #transport: RelayTransport | undefined;
  #flow: 'flowing' | 'paused' | 'careful' = 'flowing';
  #pauseMs = firstPauseMs;

  /** @param onPassingRefusal the relay does not take a message just now; it is offered again. */
  constructor(clock: Clock, onPassingRefusal: (failure: Exclude<PublishFailure, 'down'>) => void) {
    this.#clock = clock;
    this.#onPassingRefusal = onPassingRefusal;
  }

  /**
   * Adds a message. Resolves when the relay took it, as far as it tells; rejects with PublishError: the relay's refusal, or, when `ttlMs`
   * passed, the last refusal for now, or 'down'; 'down' at once when 256 messages wait already.
   */
  add(topicHex: string, payload: Bytes, ttlMs: number): Promise<Publication> {
    if (this.#entries.size >= maxEntries) return Promise.reject(new PublishError('down'));
    return new Promise((resolve, reject) => {
      const cancelTimer = this.#clock.after(ttlMs, () => entry.finish({ failed: entry.refusal ?? 'down' }));
      const entry: Entry = {
        topicHex,
        payload,
        sentOver: undefined,
        refusal: undefined,
        finish: (result) => {
          if (!this.#entries.delete(entry)) return;
          cancelTimer();
          if (typeof result === 'object') reject(new PublishError(result.failed));
          else resolve(result);
          this.#flush();
        },
      };
      this.#entries.add(entry);
    });
  }

  /** Sends what has not been sent over this connection, as the relay's refusals allow. */
  sendOver(transport: RelayTransport): void {
    this.#transport = transport;
    this.#flush();
  }

  /** Rejects everything that waits. */
  refuseAll(failure: PublishFailure): void {
    for (const entry of [...this.#entries]) entry.finish({ failed: failure });
  }

  #flush(): void {
    const transport = this.#transport;
    if (!transport || this.#flow === 'paused') return;
    const unsent = [...this.#entries].filter(({ sentOver }) => sentOver !== transport);
    if (this.#flow === 'flowing') {
      for (const entry of unsent) this.#send(entry, transport);
      return;
    }
    const [next] = unsent;
    if (!next) this.#flow = 'flowing';
    else if (unsent.length === this.#entries.size) this.#send(next, transport);
  }

  #send(entry: Entry, transport: RelayTransport): void {
    entry.sentOver = transport;
    const onRefused = (failure: PublishFailure): void => {
      entry.refusal = failure;
    };
    transport.publish(entry.topicHex, entry.payload, onRefused).then(
      (publication) => {
        this.#pauseMs = firstPauseMs;
        entry.finish(publication);
      },
      (error: unknown) => {
        // 'down' is the connection's fate, not the message's.
        if (entry.sentOver !== transport || !(error instanceof PublishError) || error.code === 'down') return;
        if (!passingFailures.has(error.code)) {
          entry.finish({ failed: error.code });
          return;
        }
        entry.sentOver = undefined;
        entry.refusal = error.code;
        if (this.#entries.has(entry)) this.#onPassingRefusal(error.code);
        this.#pause();
      },
    );
  }

  #pause(): void {
    if (this.#flow === 'paused') return;
    this.#flow = 'paused';
    this.#clock.after(this.#pauseMs, () => {
      this.#flow = 'careful';
      this.#flush();
    });
    this.#pauseMs = Math.min(longestPauseMs, 2 * this.#pauseMs);
  }
}
