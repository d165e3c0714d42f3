// Listens on the own relays: the topics of the day of both inboxes and the topics of rings under way. Opens what arrives and hands
// over authentic signals. Knows nothing of what they mean.
import { type Bytes, toHex } from '../core/bytes.ts';
import type { InboxKind, OwnInboxes } from '../core/inboxes.ts';
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
  readonly inboxes: OwnInboxes;
  readonly onSignal: (senderId: string, signal: Signal, isInbox: boolean) => void;
}

/** Envelopes opened per second and inbox at most, so that junk costs little (protocol C.7). */
const opensPerSecond = 30;
const opensAtOnce = 60;

export class InviteListener {
  readonly #parts: ListenerParts;
  /** Each its own: junk on the link's inbox does not use up what friends may send. */
  readonly #budgets: Readonly<Record<InboxKind, TokenBucket>> = {
    link: new TokenBucket(opensAtOnce, opensPerSecond),
    friends: new TokenBucket(opensAtOnce, opensPerSecond),
  };
  #inboxes: OwnInboxes;
  #inboxTopics: ReadonlyMap<string, InboxKind> = new Map();
  #ringTopics: ReadonlySet<string> = new Set();
  #cancelRotation: (() => void) | undefined;
  #closed = false;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
    this.#inboxes = parts.inboxes;
    parts.pool.onMessage((topicHex, payload) => void this.#receive(topicHex, new Uint8Array(payload)));
  }

  /** Subscribes to the inboxes and keeps their topics up to date as the days change. */
  async start(): Promise<void> {
    const { clock } = this.#parts;
    const now = clock.now();
    const { link, friends } = this.#inboxes;
    const topics = await Promise.all([
      this.#topicsOf('friends', friends, now),
      link ? this.#topicsOf('link', link, now) : [],
    ]);
    if (this.#closed) return;
    this.#inboxTopics = new Map(topics.flat());
    this.#cancelRotation?.();
    this.#cancelRotation = clock.after(nextTopicChange(now), () => void this.start());
    this.#subscribe();
  }

  /** A new link was made, or calls by link were switched on or off. */
  async setInboxes(inboxes: OwnInboxes): Promise<void> {
    this.#inboxes = inboxes;
    await this.start();
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
    if (!this.#closed) this.#parts.pool.setTopics(new Set([...this.#inboxTopics.keys(), ...this.#ringTopics]));
  }

  async #topicsOf(kind: InboxKind, secret: Bytes, nowMs: number): Promise<readonly [string, InboxKind][]> {
    const { sealer, ownEd25519 } = this.#parts;
    const topics = await inboxTopicsAround(sealer, secret, ownEd25519, nowMs);
    return topics.map((topic) => [topic, kind]);
  }

  async #receive(topicHex: string, message: Bytes): Promise<void> {
    const inbox = this.#inboxTopics.get(topicHex);
    if (!inbox && !this.#ringTopics.has(topicHex)) return;
    if (inbox && !this.#budgets[inbox].take(this.#parts.clock.now())) return;
    const { sealer, opener, ownEd25519 } = this.#parts;
    const opened = await openSignal({ sealer, opener, ownEd25519, topicHex, message });
    if (!opened || this.#closed || toHex(ownEd25519) === opened.senderId) return;
    this.#parts.onSignal(opened.senderId, opened.signal, inbox !== undefined);
  }
}
