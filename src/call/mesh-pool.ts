// The way of one pair's signals where both are in a call with others: first through the people, and through relays as well where there
// are some. A relay pool to whoever uses it.
import type { Bytes } from '../core/bytes.ts';
import { PublishError, type RelayPool, type RelayState } from '../core/ports.ts';

/** What the pool needs of the people: to hand over, to hear, and to know of changes. */
export interface People {
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

export class MeshPool implements RelayPool {
  readonly #people: People;
  readonly #to: string;
  readonly #relays: RelayPool | undefined;
  readonly #hearers: ((topicHex: string, payload: Bytes) => void)[] = [];
  readonly #ends = new Map<string, () => void>();
  readonly #waits = new Set<() => void>();

  /** @param to the other one of the pair; @param relays the second way. */
  constructor(people: People, to: string, relays: RelayPool | undefined) {
    this.#people = people;
    this.#to = to;
    this.#relays = relays;
    relays?.onMessage((topicHex, payload) => this.#hear(topicHex, payload));
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
      const stop = (): void => settle(false);
      const late = setTimeout(stop, withinMs);
      const settle = (isReady: boolean): void => {
        clearTimeout(late);
        unwatch();
        this.#waits.delete(stop);
        resolve(isReady);
      };
      this.#waits.add(stop);
      void this.#relays?.ready(withinMs).then((isUp) => isUp && settle(true));
    });
  }

  retryNow(): void {
    this.#relays?.retryNow();
  }

  close(): void {
    for (const end of this.#ends.values()) end();
    this.#ends.clear();
    for (const stop of [...this.#waits]) stop();
    this.#relays?.close();
  }

  #hear(topicHex: string, payload: Bytes): void {
    for (const hear of this.#hearers) hear(topicHex, payload);
  }
}
