// A RelayPool over simulated relays: publishes to all of them, and hears each message once, whichever brings it.
import type { Bytes } from '../../../src/core/base/bytes.ts';
import { PublishError, type RelayPool, type RelayState } from '../../../src/core/base/ports.ts';
import type { SimulatedRelay, Subscriber } from './simulated-relay.ts';

export class SimulatedPool implements RelayPool, Subscriber {
  /** False: every copy is heard, as if the memory for copies were full. */
  remembersCopies = true;
  readonly #relays: readonly SimulatedRelay[];
  readonly #onTopics: (topics: Iterable<string>) => void;
  readonly #listeners: ((topicHex: string, payload: Bytes) => void)[] = [];
  readonly #seen = new Set<string>();
  #topics: ReadonlySet<string> = new Set();
  #isClosed = false;

  /** @param onTopics hears which topics the relays see at each change: those that end and those that go on. */
  constructor(relays: readonly SimulatedRelay[], onTopics: (topics: Iterable<string>) => void) {
    this.#relays = relays;
    this.#onTopics = onTopics;
    for (const relay of relays) relay.join(this);
  }

  wants(topicHex: string): boolean {
    return this.#topics.has(topicHex);
  }

  receive(topicHex: string, payload: Bytes): void {
    if (this.#isClosed || !this.wants(topicHex)) return;
    const key = topicHex + Buffer.from(payload).toString('latin1');
    if (this.remembersCopies && this.#seen.has(key)) return;
    this.#seen.add(key);
    for (const listener of this.#listeners) listener(topicHex, payload);
  }

  setTopics(topics: ReadonlySet<string>): void {
    const added = [...topics].filter((topic) => !this.#topics.has(topic));
    this.#onTopics([...this.#topics, ...added]);
    this.#topics = new Set(topics);
    for (const relay of this.#relays) for (const topic of added) relay.serveHeld(this, topic);
  }

  async publish(topicHex: string, payload: Bytes, ttlSec: number): Promise<void> {
    if (this.#isClosed) throw new PublishError('down');
    const attempts = this.#relays.map((relay) => relay.publish(this, { topicHex, payload }, ttlSec * 1000));
    await Promise.any(attempts).catch((cause: unknown) => {
      throw new PublishError('down', cause);
    });
  }

  onMessage(listener: (topicHex: string, payload: Bytes) => void): void {
    this.#listeners.push(listener);
  }

  onState(): void {}
  setUrls(): void {}
  retryNow(): void {}

  states(): readonly RelayState[] {
    return [];
  }

  async ready(): Promise<boolean> {
    return this.#relays.some(({ isUp }) => isUp);
  }

  close(): void {
    this.setTopics(new Set());
    this.#isClosed = true;
    for (const relay of this.#relays) relay.leave(this);
  }
}
