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
  /** `inbox`: where it came to; undefined for the topic of a ring. */
  readonly onSignal: (senderId: string, signal: Signal, inbox: InboxKind | undefined) => void;
}

/** Envelopes opened per second and inbox at most, so that junk costs little (docs/protocol.md#budgets). */
const opensPerSecond = 30;
const opensAtOnce = 60;
/**
 * So many messages beyond the budget of the link's inbox within ten seconds are a flood: the relays are told to stop bringing them for
 * a minute, and twice as long each time it goes on. Friends have an inbox of their own.
 */
const floodMessages = 600;
const floodWindowMs = 10_000;
const firstPauseMs = 60_000;
const longestPauseMs = 15 * 60_000;

export class InviteListener {
  readonly #parts: ListenerParts;
  /** Each its own: junk on the link's inbox does not use up what friends may send. */
  readonly #budgets: Readonly<Record<InboxKind, TokenBucket>> = {
    link: new TokenBucket(opensAtOnce, opensPerSecond),
    friends: new TokenBucket(opensAtOnce, opensPerSecond),
    guests: new TokenBucket(opensAtOnce, opensPerSecond),
  };
  readonly #flood = { since: 0, messages: 0, pauseMs: firstPauseMs, calmSince: 0 };
  #resumeLink: (() => void) | undefined;
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
    const { link, friends, guests } = this.#inboxes;
    const topics = await Promise.all([
      this.#topicsOf('friends', friends, now),
      link ? this.#topicsOf('link', link, now) : [],
      guests ? this.#topicsOf('guests', guests, now) : [],
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
    this.#resumeLink?.();
    this.#parts.pool.close();
  }

  #subscribe(): void {
    if (this.#closed) return;
    const inboxTopics = [...this.#inboxTopics].flatMap(([topic, kind]) =>
      kind === 'link' && this.#resumeLink ? [] : [topic],
    );
    this.#parts.pool.setTopics(new Set([...inboxTopics, ...this.#ringTopics]));
  }

  /** One more message than the link's inbox may bring. */
  #tooMuch(now: number): void {
    const flood = this.#flood;
    if (now - flood.since > floodWindowMs) Object.assign(flood, { since: now, messages: 0 });
    flood.messages += 1;
    if (flood.messages < floodMessages) return;
    if (now - flood.calmSince > longestPauseMs) flood.pauseMs = firstPauseMs;
    const { pauseMs } = flood;
    this.#resumeLink = this.#parts.clock.after(pauseMs, () => {
      this.#resumeLink = undefined;
      Object.assign(flood, { messages: 0, calmSince: this.#parts.clock.now() });
      this.#subscribe();
    });
    flood.pauseMs = Math.min(longestPauseMs, 2 * pauseMs);
    this.#subscribe();
  }

  async #topicsOf(kind: InboxKind, secret: Bytes, nowMs: number): Promise<readonly [string, InboxKind][]> {
    const { sealer, ownEd25519 } = this.#parts;
    const topics = await inboxTopicsAround(sealer, secret, ownEd25519, nowMs);
    return topics.map((topic) => [topic, kind]);
  }

  async #receive(topicHex: string, message: Bytes): Promise<void> {
    const inbox = this.#inboxTopics.get(topicHex);
    if (!inbox && !this.#ringTopics.has(topicHex)) return;
    if (inbox === 'link' && this.#resumeLink) return;
    const now = this.#parts.clock.now();
    if (inbox && !this.#budgets[inbox].take(now)) {
      if (inbox === 'link') this.#tooMuch(now);
      return;
    }
    const { sealer, opener, ownEd25519 } = this.#parts;
    const opened = await openSignal({ sealer, opener, ownEd25519, topicHex, message });
    if (!opened || this.#closed || toHex(ownEd25519) === opened.senderId) return;
    this.#parts.onSignal(opened.senderId, opened.signal, inbox);
  }
}
