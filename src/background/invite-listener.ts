// Listens on the own relays: the inbox topics of the day and the topics of rings under way. Opens what arrives and hands over
// authentic signals. Knows nothing of what they mean.
import { type Bytes, toHex } from '../core/bytes.ts';
import { openSignal } from '../core/mail.ts';
import type { Clock, Opener, RelayPool, Sealer } from '../core/ports.ts';
import type { Signal } from '../core/signal.ts';
import { TokenBucket } from '../core/token-bucket.ts';
import { inboxTopicsAround, nextTopicChange } from '../core/topics.ts';

export interface ListenerParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly pool: RelayPool;
  readonly opener: Opener;
  readonly ownEd25519: Bytes;
  readonly inboxSecret: Bytes;
  readonly onSignal: (senderEd25519: Bytes, senderId: string, signal: Signal, isInbox: boolean) => void;
}

/** Envelopes opened per second at most, so that junk costs little (protocol C.7). */
const opensPerSecond = 30;
const opensAtOnce = 60;

export class InviteListener {
  readonly #parts: ListenerParts;
  readonly #inboxBudget = new TokenBucket(opensAtOnce, opensPerSecond);
  #inboxTopics: ReadonlySet<string> = new Set();
  #ringTopics: ReadonlySet<string> = new Set();
  #cancelRotation: (() => void) | undefined;
  #closed = false;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
    parts.pool.onMessage((topicHex, payload) => void this.#receive(topicHex, new Uint8Array(payload)));
  }

  /** Subscribes to the inbox and keeps its topics up to date as the days change. */
  async start(): Promise<void> {
    const { sealer, clock, inboxSecret, ownEd25519 } = this.#parts;
    const now = clock.now();
    this.#inboxTopics = new Set(await inboxTopicsAround(sealer, inboxSecret, ownEd25519, now));
    if (this.#closed) return;
    this.#cancelRotation?.();
    this.#cancelRotation = clock.after(nextTopicChange(now), () => void this.start());
    this.#subscribe();
  }

  /** Declares the topics of rings under way; replaces the earlier ones. */
  setRingTopics(topics: ReadonlySet<string>): void {
    this.#ringTopics = topics;
    this.#subscribe();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRotation?.();
    this.#parts.pool.close();
  }

  #subscribe(): void {
    if (!this.#closed) this.#parts.pool.setTopics(new Set([...this.#inboxTopics, ...this.#ringTopics]));
  }

  async #receive(topicHex: string, message: Bytes): Promise<void> {
    const isInbox = this.#inboxTopics.has(topicHex);
    if (!isInbox && !this.#ringTopics.has(topicHex)) return;
    if (isInbox && !this.#inboxBudget.take(this.#parts.clock.now())) return;
    const { sealer, opener, ownEd25519 } = this.#parts;
    const opened = await openSignal({ sealer, opener, ownEd25519, topicHex, message });
    if (!opened || this.#closed || toHex(ownEd25519) === opened.senderId) return;
    this.#parts.onSignal(opened.senderEd25519, opened.senderId, opened.signal, isInbox);
  }
}
