// JSON publish/subscribe over text frames, in the form of y-webrtc's signaling server and in that of Trystero's ws-relay: every
// message carries the fields of both, and each server reads its own. Neither answers, but both hand a publication to everybody who
// listens, its sender too: that echo is the proof of everything. Knows one open connection; retry and queue are elsewhere.
import { type Bytes, fromUtf8, toHex } from '../../core/base/bytes.ts';
import { PublishError } from '../../core/base/ports.ts';
import { parseSmallJson } from '../../core/base/safe-json.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { PendingAnswers } from './pending-answers.ts';
import {
  type Dialect,
  type Frame,
  maxFrameBytes,
  maxPayloadBytes,
  type Publication,
  type RelayTransport,
  type TransportContext,
} from './relay-transport.ts';

/** y-webrtc reads `topics`, ws-relay reads `topic`; each ignores what it does not know. */
function subscription(type: 'subscribe' | 'unsubscribe', topic: string): string {
  return JSON.stringify({ type, topic, topics: [topic] });
}

function publication(topic: string, payload: string): string {
  return JSON.stringify({ type: 'publish', topic, payload });
}

function textOf(frame: Frame): string | undefined {
  return typeof frame === 'string' ? frame : fromUtf8(frame);
}

/** Words of a server that takes nothing just now: neither of the two has any, proxies and descendants of theirs do. */
function isRefusal(text: string): boolean {
  const message = parseSmallJson(text, 2, { maxLength: 4096, maxTokens: 64 });
  if (typeof message !== 'object' || message === null) return false;
  const { type, error } = message as { type?: unknown; error?: unknown };
  return type === 'error' || error !== undefined;
}

/** A publication that came in: y-webrtc keeps `type` and adds `clients`, ws-relay sends topic and payload alone. */
function parsePublication(text: string): { readonly topic: string; readonly payload: string } | undefined {
  if (!text.startsWith('{')) return undefined;
  const message = parseSmallJson(text, 2, { maxLength: maxFrameBytes, maxTokens: 64 });
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, topic, payload } = message as { type?: unknown; topic?: unknown; payload?: unknown };
  if (type !== undefined && type !== 'publish') return undefined;
  return typeof topic === 'string' && typeof payload === 'string' ? { topic, payload } : undefined;
}

/** What tells one publication from another. Topics of ours have a fixed length, so the two cannot be confused. */
const keyOf = (topic: string, payload: string): string => topic + payload;

class JsonTransport implements RelayTransport {
  readonly #context: TransportContext;
  readonly #echoes = new PendingAnswers<string>();
  /** How many publications of ours are awaited on a topic: both servers hand on only to those who listen. */
  readonly #listening = new Map<string, number>();
  /** The echoes of publications, not of probes. */
  readonly #published = new Set<string>();
  readonly #probeTopic: string;
  #topics: ReadonlySet<string> = new Set();

  constructor(context: TransportContext) {
    this.#context = context;
    this.#probeTopic = toHex(context.randomBytes(32));
  }

  open(): Promise<void> {
    this.#context.send(subscription('subscribe', this.#probeTopic));
    return this.probe();
  }

  async setTopics(topics: ReadonlySet<string>): Promise<void> {
    const earlier = this.#topics;
    this.#topics = new Set(topics);
    for (const topic of topics)
      if (!earlier.has(topic) && !this.#listening.has(topic)) this.#context.send(subscription('subscribe', topic));
    for (const topic of earlier) this.#leaveUnlessWanted(topic);
    // The server reads in order: when it has echoed what came after the subscriptions, it has read them.
    await this.probe();
  }

  async publish(topicHex: string, payload: Bytes): Promise<Publication> {
    if (payload.length > maxPayloadBytes) throw new PublishError('too-large');
    const text = toBase64(payload);
    const listening = this.#listening.get(topicHex) ?? 0;
    if (listening === 0 && !this.#topics.has(topicHex)) this.#context.send(subscription('subscribe', topicHex));
    this.#listening.set(topicHex, listening + 1);
    const key = keyOf(topicHex, text);
    const echo = this.#echoes.wait(key);
    this.#published.add(key);
    this.#context.send(publication(topicHex, text));
    try {
      await echo;
      return 'acked';
    } finally {
      this.#published.delete(key);
      const left = (this.#listening.get(topicHex) ?? 1) - 1;
      if (left > 0) this.#listening.set(topicHex, left);
      else this.#listening.delete(topicHex);
      this.#leaveUnlessWanted(topicHex);
    }
  }

  probe(): Promise<void> {
    const nonce = toHex(this.#context.randomBytes(16));
    const echo = this.#echoes.wait(keyOf(this.#probeTopic, nonce));
    this.#context.send(publication(this.#probeTopic, nonce));
    return echo;
  }

  receive(frame: Frame): void {
    const text = textOf(frame);
    if (text === undefined) return;
    const found = parsePublication(text);
    if (!found) {
      if (text.startsWith('{') && isRefusal(text)) this.#refuseAll();
      return;
    }
    this.#echoes.settle(keyOf(found.topic, found.payload));
    if (!this.#topics.has(found.topic)) return;
    const payload = fromBase64(found.payload, maxFrameBytes);
    if (payload) this.#context.onMessage(found.topic, payload);
  }

  close(): void {
    this.#echoes.failAll();
  }

  /** Such words do not say what they are about: whatever is open is offered again, and known to the listeners if it passed after all. */
  #refuseAll(): void {
    for (const key of this.#published) this.#echoes.fail(key, new PublishError('rate-limited'));
  }

  #leaveUnlessWanted(topic: string): void {
    if (!this.#topics.has(topic) && !this.#listening.has(topic)) this.#context.send(subscription('unsubscribe', topic));
  }
}

/** npm's y-webrtc-signaling and Trystero's ws-relay. */
export const jsonDialect: Dialect = {
  name: 'json-pubsub',
  subprotocols: [],
  greetsWith: 'text',
  livesAt: () => false,
  greeting(randomBytes) {
    const topic = toHex(randomBytes(32));
    // The ping is for servers of other JSON words: whoever answers it at all must never be shown a binary frame.
    return [
      '{"type":"ping"}',
      subscription('subscribe', topic),
      publication(topic, toHex(randomBytes(16))),
      subscription('unsubscribe', topic),
    ];
  },
  recognises({ asked, answers }) {
    const texts = answers.map(textOf);
    // A server that gives back everything as it is, is an echo or a broadcast, whatever it was asked.
    if (texts.some((text) => text !== undefined && asked.includes(text) && !parsePublication(text))) return false;
    const own = asked.map((frame) => parsePublication(textOf(frame) ?? '')).find((question) => question !== undefined);
    return texts.some((text) => {
      const found = parsePublication(text ?? '');
      return found !== undefined && found.topic === own?.topic && found.payload === own.payload;
    });
  },
  transport: (context) => new JsonTransport(context),
};
