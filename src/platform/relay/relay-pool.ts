// Several relays as one mailbox (core's RelayPool). Knows no dialect and no socket: one RelayConnection per relay does the rest.
import { type Bytes, concat, toHex, utf8 } from '../../core/base/bytes.ts';
import { keepLatest } from '../../core/base/keep-latest.ts';
import { PublishError, type PublishFailure, type RelayPool, type RelayState } from '../../core/base/ports.ts';
import { RelayConnection } from './relay-connection.ts';
import type { RelayDeps } from './relay-transport.ts';
import { parseRelayUrl } from './relay-url.ts';

const rememberedMessages = 4096;

/** Most telling first: what a person can do something about before what passes by itself. */
const failuresByRank: readonly PublishFailure[] = [
  'too-large',
  'clock-wrong',
  'needs-login',
  'refused',
  'rate-limited',
  'in-trouble',
  'down',
];

/** The relays, and the world they live in. */
export interface RelayPoolOptions extends RelayDeps {
  readonly urls: readonly string[];
}

function keyOf(url: string): string {
  const address = parseRelayUrl(url);
  return 'refused' in address ? url : address.canonical;
}

/** Connects at once. Copies of one payload for one topic arrive once, whichever relays bring them (by SHA-256, the last 4096). */
export class WebSocketRelayPool implements RelayPool {
  readonly #deps: RelayDeps;
  readonly #connections = new Map<string, RelayConnection>();
  readonly #messageListeners: ((topicHex: string, payload: Bytes) => void)[] = [];
  readonly #stateListeners: ((states: readonly RelayState[]) => void)[] = [];
  readonly #readyWaiters = new Set<() => void>();
  /** In order of last sight. */
  readonly #seen = new Set<string>();
  #topics: ReadonlySet<string> = new Set();
  #isClosed = false;

  constructor(options: RelayPoolOptions) {
    this.#deps = options;
    this.setUrls(options.urls);
  }

  setTopics(topics: ReadonlySet<string>): void {
    if (topics.size === this.#topics.size && [...topics].every((topic) => this.#topics.has(topic))) return;
    this.#topics = new Set(topics);
    for (const connection of this.#connections.values()) connection.setTopics(this.#topics);
  }

  async publish(topicHex: string, payload: Bytes, ttlSec: number): Promise<void> {
    const attempts = [...this.#connections.values()].map((connection) =>
      connection.publish(topicHex, payload, ttlSec * 1000),
    );
    await Promise.any(attempts).catch((cause: unknown) => {
      const codes = new Set(
        cause instanceof AggregateError
          ? cause.errors.map((error: unknown) => (error instanceof PublishError ? error.code : 'down'))
          : [],
      );
      throw new PublishError(failuresByRank.find((code) => codes.has(code)) ?? 'down', cause);
    });
  }

  onMessage(listener: (topicHex: string, payload: Bytes) => void): void {
    this.#messageListeners.push(listener);
  }

  onState(listener: (states: readonly RelayState[]) => void): void {
    this.#stateListeners.push(listener);
  }

  states(): readonly RelayState[] {
    return [...this.#connections.values()].map((connection) => connection.state);
  }

  setUrls(urls: readonly string[]): void {
    if (this.#isClosed) return;
    const wanted = new Map(urls.map((url) => [keyOf(url), url]));
    for (const [key, connection] of this.#connections) {
      if (wanted.has(key)) continue;
      this.#connections.delete(key);
      connection.close();
    }
    for (const [key, url] of wanted) {
      if (this.#connections.has(key)) continue;
      const connection = new RelayConnection(url, this.#deps, {
        onMessage: (topicHex, payload) => void this.#receive(topicHex, payload),
        onChange: () => this.#announce(),
      });
      this.#connections.set(key, connection);
      connection.setTopics(this.#topics);
      connection.start();
    }
    this.#announce();
  }

  ready(withinMs: number): Promise<boolean> {
    if (this.#isReady()) return Promise.resolve(true);
    if (this.#isClosed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const finish = (): void => {
        this.#readyWaiters.delete(finish);
        cancel();
        resolve(this.#isReady());
      };
      const cancel = this.#deps.clock.after(withinMs, finish);
      this.#readyWaiters.add(finish);
    });
  }

  /** The network is back: relays that pause are tried at once, the others are probed. */
  retryNow(): void {
    for (const connection of this.#connections.values()) connection.retryNow();
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of this.#connections.values()) connection.close();
    this.#connections.clear();
    for (const finish of this.#readyWaiters) finish();
  }

  #isReady(): boolean {
    return [...this.#connections.values()].some((connection) => connection.isReady);
  }

  #announce(): void {
    const states = this.states();
    for (const listener of this.#stateListeners) listener(states);
    if (this.#isReady()) for (const finish of this.#readyWaiters) finish();
  }

  async #receive(topicHex: string, payload: Bytes): Promise<void> {
    const key = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', concat(utf8(topicHex), payload))));
    // The topic may have been left, or the pool closed, while the hash was computed.
    if (this.#isClosed || !this.#topics.has(topicHex)) return;
    const isNew = !this.#seen.delete(key);
    this.#seen.add(key);
    keepLatest(this.#seen, rememberedMessages);
    if (!isNew) return;
    for (const listener of this.#messageListeners) listener(topicHex, payload);
  }
}
