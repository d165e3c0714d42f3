// The way between the two windows of a trial call: a relay pool to whoever uses it, over a BroadcastChannel. It asks no host, and nothing of it
// leaves the browser.
import type { Bytes } from '../core/base/bytes.ts';
import { type Clock, PublishError, type RelayPool, type RelayState } from '../core/base/ports.ts';

/** What of a BroadcastChannel is used. */
export interface WindowChannel {
  postMessage(word: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
  close(): void;
}

interface Mail {
  readonly t: 'mail';
  readonly topicHex: string;
  readonly payload: Bytes;
}

/** The other window may have opened after a message was sent: it asks for what waits under its topics. */
interface Wanted {
  readonly t: 'wanted';
  readonly topics: readonly string[];
}

const isWord = (word: unknown): word is Mail | Wanted =>
  typeof word === 'object' && word !== null && 't' in word && (word.t === 'mail' || word.t === 'wanted');

/** Both windows are there for as long as the channel is: it is always up. */
const up: readonly RelayState[] = [{ url: 'channel', phase: 'up' }];

export class ChannelPool implements RelayPool {
  readonly #channel: WindowChannel;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #listeners: ((topicHex: string, payload: Bytes) => void)[] = [];
  #kept: readonly (Mail & { readonly until: number })[] = [];
  #topics: ReadonlySet<string> = new Set();
  #isClosed = false;

  /** @param channel of this pool alone, under the name that both windows know. */
  constructor(channel: WindowChannel, clock: Pick<Clock, 'now'>) {
    this.#channel = channel;
    this.#clock = clock;
    channel.onmessage = ({ data }) => this.#hear(data);
  }

  setTopics(topics: ReadonlySet<string>): void {
    const added = [...topics].filter((topic) => !this.#topics.has(topic));
    this.#topics = new Set(topics);
    if (added.length > 0 && !this.#isClosed) this.#post({ t: 'wanted', topics: added });
  }

  async publish(topicHex: string, payload: Bytes, ttlSec: number): Promise<void> {
    if (this.#isClosed) throw new PublishError('down');
    const now = this.#clock.now();
    const mail = { t: 'mail', topicHex, payload } as const;
    this.#kept = [...this.#kept.filter(({ until }) => until > now), { ...mail, until: now + ttlSec * 1000 }];
    this.#post(mail);
  }

  onMessage(listener: (topicHex: string, payload: Bytes) => void): void {
    this.#listeners.push(listener);
  }

  onState(listener: (states: readonly RelayState[]) => void): void {
    listener(this.states());
  }

  states(): readonly RelayState[] {
    return this.#isClosed ? [] : up;
  }

  async ready(): Promise<boolean> {
    return !this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
    this.#kept = [];
    this.#channel.close();
  }

  // There is one channel, and no network that could come back.
  setUrls(): void {}
  retryNow(): void {}

  #hear(word: unknown): void {
    if (!isWord(word) || this.#isClosed) return;
    if (word.t === 'mail') {
      if (this.#topics.has(word.topicHex))
        for (const listener of this.#listeners) listener(word.topicHex, word.payload);
      return;
    }
    const now = this.#clock.now();
    for (const { until, ...mail } of this.#kept)
      if (until > now && word.topics.includes(mail.topicHex)) this.#post(mail);
  }

  #post(word: Mail | Wanted): void {
    this.#channel.postMessage(word);
  }
}
