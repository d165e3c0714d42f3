// Sealed envelopes from one person of the call to another, by way of those between them. Whoever hands on for others does it for people who
// are in the call, by at most two ways, and so much in a second: nothing grows on its way.
import { type Bytes, fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import { type MeshMessage, maxHops, type Pass } from '../../core/group/mesh-message.ts';
import { inboxTopicsAround } from '../../core/identity/topics.ts';
import type { MeshBudget } from './mesh-budget.ts';

export interface PassingParts {
  readonly sealer: Pick<Sealer, 'randomBytes' | 'hkdfSha256'>;
  readonly clock: Clock;
  readonly self: { readonly id: string; readonly ed25519: Bytes };
  /** The key of this page. */
  readonly ek: Promise<Bytes>;
  /** False when it did not get through. */
  readonly say: (id: string, word: MeshMessage) => boolean;
  /** Of the links that carry words now, without `except`, those that lead on to somebody in the call; none if there is no way. */
  readonly ways: (to: string, except: string | undefined) => readonly string[];
  /** An envelope on a topic of this page's own inbox that nobody listens to: the first word of a new link. */
  readonly onEnvelope: (topicHex: string, body: Bytes) => void;
}

/** Ways by which a word of somebody else is handed on: one of the two next may be dishonest. */
const maxWays = 2;
/** Words that are remembered, so that they do not come twice or go in circles. */
const maxSeen = 512;
const maxSeenCharacters = 2_097_152;

export class Passing {
  readonly #parts: PassingParts;
  readonly #listeners = new Map<string, Set<(body: Bytes) => void>>();
  /** The whole words: of two with one id both are handed on, or whoever hands over first could choose what arrives. */
  readonly #seen = new Set<string>();
  #seenCharacters = 0;

  constructor(parts: PassingParts) {
    this.#parts = parts;
  }

  /** Hands an envelope to somebody through those who can. @returns whether anybody took it. */
  pass(to: string, topicHex: string, body: Bytes): boolean {
    const id = toBase64url(this.#parts.sealer.randomBytes(8));
    const word: Pass = { t: 'pass', id, to, topic: topicHex, body: toBase64url(body), hops: maxHops };
    this.#isNew(word);
    return this.#handOn(word, this.#parts.ways(to, undefined));
  }

  /** Hears what is handed over for a topic. @returns a function that ends this. */
  listen(topicHex: string, hear: (body: Bytes) => void): () => void {
    const listeners = this.#listeners.get(topicHex) ?? new Set();
    this.#listeners.set(topicHex, listeners.add(hear));
    return () => {
      listeners.delete(hear);
      if (listeners.size === 0 && this.#listeners.get(topicHex) === listeners) this.#listeners.delete(topicHex);
    };
  }

  heard(from: string, word: Pass, budget: MeshBudget): void {
    const { clock, self, ways } = this.#parts;
    if (word.to === self.id) {
      if (budget.envelopes.take(clock.now()) && this.#isNew(word)) this.#take(word);
      return;
    }
    const on = word.hops > 0 ? ways(word.to, from).slice(0, maxWays) : [];
    if (on.length === 0 || !budget.handOn(clock.now(), word.body.length) || !this.#isNew(word)) return;
    this.#handOn({ ...word, hops: word.hops - 1 }, on);
  }

  close(): void {
    this.#listeners.clear();
  }

  #take(word: Pass): void {
    const body = fromBase64url(word.body);
    if (!body) return;
    const listeners = this.#listeners.get(word.topic);
    if (listeners) for (const hear of [...listeners]) hear(body);
    else void this.#open(word.topic, body).catch(() => undefined);
  }

  /** The inbox is one of this page alone: what was sealed for another call lies on another topic. */
  async #open(topicHex: string, body: Bytes): Promise<void> {
    const { sealer, clock, self, ek, onEnvelope } = this.#parts;
    const topics = await inboxTopicsAround(sealer, pageInbox(await ek), self.ed25519, clock.now());
    if (topics.includes(topicHex)) onEnvelope(topicHex, body);
  }

  #handOn(word: Pass, ways: readonly string[]): boolean {
    let isTaken = false;
    for (const id of ways) isTaken = this.#parts.say(id, word) || isTaken;
    return isTaken;
  }

  #isNew({ id, to, topic, body }: Pass): boolean {
    const key = `${id} ${to} ${topic} ${body}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    this.#seenCharacters += key.length;
    for (const oldest of this.#seen) {
      if (this.#seen.size <= maxSeen && this.#seenCharacters <= maxSeenCharacters) break;
      this.#seen.delete(oldest);
      this.#seenCharacters -= oldest.length;
    }
    return true;
  }
}

/** Inbox secret, 16 bytes, for first words that people hand over to the page with this key. */
export function pageInbox(ek: Bytes): Bytes {
  return ek.slice(0, 16);
}
