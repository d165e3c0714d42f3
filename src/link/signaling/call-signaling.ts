// The call's way over relays: seals and sends our signals, opens and orders theirs. Knows no call state and no media.
import { type Bytes, equalBytes } from '../../core/base/bytes.ts';
import type { Clock, Opener, RelayPool, Sealer, Signer } from '../../core/base/ports.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { epochDay, inboxTopic } from '../../core/identity/topics.ts';
import { openSignal, sealSignal } from '../../core/signaling/mail.ts';
import { SeenCounters } from '../../core/signaling/seen-counters.ts';
import type { Signal, SignalBody } from '../../core/signaling/signal.ts';
import type { RelayWay } from '../proven/lasting-link.ts';

export interface SignalingParts {
  readonly sealer: Sealer;
  readonly signer: Signer;
  readonly clock: Clock;
  /** Connects to the relays of this call. */
  readonly openPool: () => RelayPool;
  readonly contact: Contact;
  readonly callId: string;
  /** Own device, base64url. */
  readonly dev: string;
  readonly firstN: number;
  /** Keys that the other side may have sealed to, the likeliest first. */
  readonly openers: readonly Opener[];
  readonly listenTopic: string;
  readonly sendTopic: string;
  readonly onSignal: (signal: Signal) => void;
  /** A relay listens for us again, after `join`. */
  readonly onUp: () => void;
  /** The other side's clock is so many ms ahead of ours (or behind); told when it is more than 90 s. */
  readonly onClockSkew: (ms: number) => void;
}

/** Relays may hold a message for a moment; more than this is a wrong clock. */
const notableSkewMs = 90_000;
/** Longer than any interruption is borne. */
const longestJoinMs = 60_000;
const linkTtlSec = 6;

export class CallSignaling {
  readonly #parts: SignalingParts;
  readonly #seen = new SeenCounters();
  readonly #invited = new Set<Bytes>();
  #invites = 0;
  #nextN: number;
  #pool: RelayPool | undefined;

  constructor(parts: SignalingParts) {
    this.#parts = parts;
    this.#nextN = parts.firstN;
    this.#pool = this.#listen();
  }

  /**
   * Comes back to relays that were left; `onUp` tells when one listens.
   * @param fresh over new sockets even if they were not: after a change of address old ones may be dead without knowing it.
   */
  join(fresh: boolean): void {
    if (this.#pool && !fresh) return;
    this.#pool?.close();
    const pool = this.#listen();
    this.#pool = pool;
    void pool.ready(longestJoinMs).then((isUp) => {
      if (isUp && this.#pool === pool) this.#parts.onUp();
    });
  }

  /**
   * Sends on the call's own topic, sealed to one of their keys. Resolves once it is handed to the relays; `taken` rejects with
   * PublishError when none of them takes it in `ttlSec`.
   */
  async sendToCall(body: SignalBody, recipientX25519: Bytes, ttlSec = 20): Promise<{ taken: Promise<void> }> {
    return this.#send(body, this.#parts.sendTopic, recipientX25519, ttlSec);
  }

  /** The way of a link's own messages, sealed to one of their keys. What is not there in a moment is overtaken by the next try. */
  wayTo(recipientX25519: Bytes): RelayWay {
    return {
      say: (message) => {
        void this.sendToCall(message, recipientX25519, linkTtlSec).then(({ taken }) => taken.catch(() => undefined));
      },
      join: (fresh) => this.join(fresh),
      leave: () => this.leave(),
    };
  }

  /**
   * Sends an invite to their inbox, sealed to their static key: to the one that they keep for us, and from the second time on by turns to the one
   * of their link. Another device of theirs may not know of ours, or they may have cut us off there and taken us up again.
   */
  async invite(body: SignalBody, ttlSec: number): Promise<void> {
    const { theirInbox, inboxSecret } = this.#parts.contact;
    const secret = theirInbox && this.#invites++ % 2 === 0 ? theirInbox : inboxSecret;
    this.#invited.add(secret);
    await this.#sendToInbox(secret, body, ttlSec);
  }

  /** Sends wherever an invite went. */
  async sendToInboxes(body: SignalBody): Promise<void> {
    await Promise.all([...this.#invited].map((secret) => this.#sendToInbox(secret, body, 20)));
  }

  async #sendToInbox(secret: Bytes, body: SignalBody, ttlSec: number): Promise<void> {
    const { sealer, contact, clock } = this.#parts;
    const topic = await inboxTopic(sealer, secret, contact.ed25519, epochDay(clock.now()));
    const { taken } = await this.#send(body, topic, contact.x25519, ttlSec);
    await taken;
  }

  /** Whether anything that is sent now goes out. */
  get isJoined(): boolean {
    return this.#pool !== undefined;
  }

  /** Nothing is sent or heard any more, until `join`; what was handed to a relay already goes out. */
  leave(): void {
    this.#pool?.close();
    this.#pool = undefined;
  }

  #listen(): RelayPool {
    const pool = this.#parts.openPool();
    pool.onMessage((topicHex, payload) => void this.#receive(topicHex, new Uint8Array(payload), pool));
    pool.setTopics(new Set([this.#parts.listenTopic]));
    return pool;
  }

  async #send(
    body: SignalBody,
    topicHex: string,
    recipientX25519: Bytes,
    ttlSec: number,
  ): Promise<{ taken: Promise<void> }> {
    if (!this.#pool) return { taken: Promise.resolve() };
    const { sealer, signer, contact, clock, callId, dev } = this.#parts;
    const signal = { ...body, v: 1, id: callId, dev, n: this.#nextN++, ts: clock.now() } as Signal;
    // To the lasting key nothing goes without its second half, once that is known (docs/hostile-cases.md#e120).
    const quantumKey = equalBytes(recipientX25519, contact.x25519) ? contact.quantumKey : undefined;
    const message = await sealSignal({
      sealer,
      signer,
      to: { ed25519: contact.ed25519, x25519: recipientX25519, quantumKey },
      topicHex,
      signal,
    });
    return { taken: this.#pool?.publish(topicHex, message, ttlSec) ?? Promise.resolve() };
  }

  async #receive(topicHex: string, message: Bytes, pool: RelayPool): Promise<void> {
    const { sealer, openers, contact, callId, signer, listenTopic, onSignal } = this.#parts;
    if (topicHex !== listenTopic) return;
    for (const opener of openers) {
      const opened = await openSignal({ sealer, opener, ownEd25519: signer.publicKey, topicHex, message });
      if (!opened) continue;
      const authentic = equalBytes(opened.senderEd25519, contact.ed25519) && opened.signal.id === callId;
      if (!authentic || this.#pool !== pool || !this.#seen.isNew(opened.signal.dev, opened.signal.n)) return;
      const skewMs = opened.signal.ts - this.#parts.clock.now();
      if (Math.abs(skewMs) > notableSkewMs) this.#parts.onClockSkew(skewMs);
      onSignal(opened.signal);
      return;
    }
  }
}
