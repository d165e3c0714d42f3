// One set of relay connections for several uses of a page: each has topics of its own, and hears of no others.
import type { Bytes } from '../../core/base/bytes.ts';
import { PublishError, type RelayPool, type RelayState } from '../../core/base/ports.ts';

export class SharedRelays {
  readonly #open: () => readonly RelayPool[];
  readonly #users = new Set<RelaysOfOne>();
  #pools: readonly RelayPool[] = [];
  #isClosed = false;

  /** @param open connects: to the own relays, and to those of others. */
  constructor(open: () => readonly RelayPool[]) {
    this.#open = open;
    this.renew();
  }

  /** For one use, until it closes it. */
  forOne(): RelayPool {
    const user = new RelaysOfOne({
      pools: () => this.#pools,
      retopic: () => this.#retopic(),
      ready: (withinMs) => this.ready(withinMs),
      leave: () => {
        this.#users.delete(user);
        this.#retopic();
      },
    });
    this.#users.add(user);
    return user;
  }

  /** Over new sockets from now on: after a change of network old ones may be dead without knowing it. */
  renew(): void {
    if (this.#isClosed) return;
    for (const pool of this.#pools) pool.close();
    this.#pools = this.#open();
    for (const pool of this.#pools) {
      pool.onMessage((topic, payload) => {
        for (const user of [...this.#users]) user.hear(topic, payload);
      });
      pool.onState(() => {
        for (const user of [...this.#users]) user.tellState();
      });
    }
    this.#retopic();
  }

  /** Resolves when one relay is up, or after `withinMs` with false. */
  async ready(withinMs: number): Promise<boolean> {
    const up = this.#pools.map(async (pool) => {
      if (!(await pool.ready(withinMs))) throw new PublishError('down');
    });
    return Promise.any(up).then(
      () => true,
      () => false,
    );
  }

  close(): void {
    this.#isClosed = true;
    for (const pool of this.#pools) pool.close();
    this.#pools = [];
  }

  #retopic(): void {
    const topics = new Set([...this.#users].flatMap((user) => [...user.topics]));
    for (const pool of this.#pools) pool.setTopics(topics);
  }
}

interface UseOfPools {
  readonly pools: () => readonly RelayPool[];
  readonly retopic: () => void;
  readonly ready: (withinMs: number) => Promise<boolean>;
  readonly leave: () => void;
}

class RelaysOfOne implements RelayPool {
  readonly #use: UseOfPools;
  readonly #hearers: ((topicHex: string, payload: Bytes) => void)[] = [];
  readonly #watchers: ((states: readonly RelayState[]) => void)[] = [];
  topics: ReadonlySet<string> = new Set();

  constructor(use: UseOfPools) {
    this.#use = use;
  }

  hear(topic: string, payload: Bytes): void {
    if (this.topics.has(topic)) for (const hear of this.#hearers) hear(topic, payload);
  }

  tellState(): void {
    for (const tell of this.#watchers) tell(this.states());
  }

  setTopics(topics: ReadonlySet<string>): void {
    this.topics = new Set(topics);
    this.#use.retopic();
  }

  async publish(topicHex: string, payload: Bytes, ttlSec: number): Promise<void> {
    const attempts = this.#use.pools().map((pool) => pool.publish(topicHex, payload, ttlSec));
    await Promise.any(attempts).catch((error: unknown) => {
      const failures = error instanceof AggregateError ? error.errors : [];
      const known = failures.find((failure) => failure instanceof PublishError);
      throw new PublishError(known instanceof PublishError ? known.code : 'down', error);
    });
  }

  onMessage(listener: (topicHex: string, payload: Bytes) => void): void {
    this.#hearers.push(listener);
  }

  onState(listener: (states: readonly RelayState[]) => void): void {
    this.#watchers.push(listener);
  }

  states(): readonly RelayState[] {
    return this.#use.pools().flatMap((pool) => pool.states());
  }

  /** Where everybody is connected to is not one user's to say. */
  setUrls(): void {}

  ready(withinMs: number): Promise<boolean> {
    return this.#use.ready(withinMs);
  }

  retryNow(): void {
    for (const pool of this.#use.pools()) pool.retryNow();
  }

  close(): void {
    this.#hearers.length = 0;
    this.#watchers.length = 0;
    this.#use.leave();
  }
}
