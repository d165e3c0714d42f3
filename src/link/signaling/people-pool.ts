// The way of one pair's signals where both are in a call with others: first through the people, and through relays as well where there
// are some. A relay pool to whoever uses it.
import type { Bytes } from '../../core/base/bytes.ts';
import { PublishError, type RelayPool, type RelayState } from '../../core/base/ports.ts';

/** What the pool needs of the people: to hand over, to hear, and to know of changes. */
export interface People {
  /** What people were to hand over has come to nothing before: relays are asked at once. */
  needsRelays(id: string): boolean;
  pass(to: string, topicHex: string, body: Bytes): boolean;
  listen(topicHex: string, hear: (body: Bytes) => void): () => void;
  canReach(id: string): boolean;
  /** How many are in the call or called into it, without this one. */
  countBeside(id: string): number;
  /** Who has been in the call, by name, without this one. */
  namesBeside(id: string): readonly string[];
  /** Calls back when ways between people appear or go. @returns a function that ends this. */
  onChange(tell: () => void): () => void;
}

/** Somebody waits until there is a way. */
interface Wait {
  readonly stop: () => void;
  readonly follow: (relays: RelayPool) => void;
}

/** A new link that people help to make is helped by relays, too, when it takes longer than this. */
export const secondWayMs = 2_000;

export class PeoplePool implements RelayPool {
  readonly #people: People;
  readonly #to: string;
  #relays: RelayPool | undefined;
  #topics: ReadonlySet<string> = new Set();
  readonly #watchers: ((states: readonly RelayState[]) => void)[] = [];
  #isClosed = false;
  readonly #hearers: ((topicHex: string, payload: Bytes) => void)[] = [];
  readonly #ends = new Map<string, () => void>();
  readonly #waits = new Set<Wait>();

  /** @param to the other one of the pair; @param relays the second way. */
  constructor(people: People, to: string, relays?: RelayPool) {
    this.#people = people;
    this.#to = to;
    if (relays) this.widen(relays);
  }

  /** Goes over these relays as well from now on; they are closed with the pool. */
  widen(relays: RelayPool): void {
    this.#relays = relays;
    relays.onMessage((topicHex, payload) => this.#hear(topicHex, payload));
    relays.setTopics(this.#topics);
    for (const tell of this.#watchers) relays.onState(tell);
    for (const wait of [...this.#waits]) wait.follow(relays);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  setTopics(topics: ReadonlySet<string>): void {
    for (const [topic, end] of this.#ends)
      if (!topics.has(topic)) {
        end();
        this.#ends.delete(topic);
      }
    for (const topic of topics)
      if (!this.#ends.has(topic))
        this.#ends.set(
          topic,
          this.#people.listen(topic, (body) => this.#hear(topic, body)),
        );
    this.#topics = topics;
    this.#relays?.setTopics(topics);
  }

  async publish(topicHex: string, payload: Bytes, ttlSec: number): Promise<void> {
    const taken = this.#people.pass(this.#to, topicHex, payload);
    const published = this.#relays?.publish(topicHex, payload, ttlSec);
    if (!taken) return published ?? Promise.reject(new PublishError('down'));
    published?.catch(() => undefined);
  }

  onMessage(listener: (topicHex: string, payload: Bytes) => void): void {
    this.#hearers.push(listener);
  }

  onState(listener: (states: readonly RelayState[]) => void): void {
    this.#watchers.push(listener);
    this.#relays?.onState(listener);
  }

  states(): readonly RelayState[] {
    return this.#relays?.states() ?? [];
  }

  setUrls(urls: readonly string[]): void {
    this.#relays?.setUrls(urls);
  }

  /** Whichever way opens first. */
  ready(withinMs: number): Promise<boolean> {
    if (this.#people.canReach(this.#to)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const unwatch = this.#people.onChange(() => {
        if (this.#people.canReach(this.#to)) settle(true);
      });
      const wait: Wait = {
        stop: () => settle(false),
        follow: (relays) => void relays.ready(withinMs).then((isUp) => isUp && settle(true)),
      };
      const late = setTimeout(wait.stop, withinMs);
      const settle = (isReady: boolean): void => {
        clearTimeout(late);
        unwatch();
        this.#waits.delete(wait);
        resolve(isReady);
      };
      this.#waits.add(wait);
      if (this.#relays) wait.follow(this.#relays);
    });
  }

  retryNow(): void {
    this.#relays?.retryNow();
  }

  close(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
    for (const { stop } of [...this.#waits]) stop();
    this.#isClosed = true;
    this.#relays?.close();
  }

  #hear(topicHex: string, payload: Bytes): void {
    for (const hear of this.#hearers) hear(topicHex, payload);
  }
}
