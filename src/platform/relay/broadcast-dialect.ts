// A server that hands every frame to everybody on its address: topic (32 bytes) and payload in one binary frame, or as base64 text
// where the server does not keep binary. Nothing is ever confirmed; what is not for one of our topics is dropped after one look.
// Knows one main connection, and a witness: a second, short-lived socket that proves what a server without echo cannot.
//
//   main --up nonce--> server --> witness --down nonce--> server --> main        both directions work
import { type Bytes, concat, equalBytes, fromHex, fromUtf8, toHex } from '../../core/base/bytes.ts';
import { PublishError } from '../../core/base/ports.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { PendingAnswers } from './pending-answers.ts';
import {
  type Dialect,
  type Frame,
  maxFrameBytes,
  maxPayloadBytes,
  type Publication,
  type RelaySocket,
  type RelayTransport,
  type TransportContext,
} from './relay-transport.ts';

const topicBytes = 32;
/** Base64 digits that hold a topic and at least one byte more. */
const topicDigits = 44;
const nonceLength = 44;
/** How long a server may take to bring a binary frame that the witness sent. */
const binaryTrialMs = 3_000;

/** A nonce is JSON, so that a server which parses everything and guards nothing survives being asked. */
function nonceFrame(nonce: string): string {
  return `{"nonce":"${nonce}"}`;
}

/** Many servers send text on as binary frames. */
function nonceOf(frame: Frame): string | undefined {
  if (frame.length !== nonceLength) return undefined;
  const text = typeof frame === 'string' ? frame : fromUtf8(frame);
  return /^\{"nonce":"([0-9a-f]{32})"\}$/.exec(text ?? '')?.[1];
}

class BroadcastTransport implements RelayTransport {
  readonly #context: TransportContext;
  readonly #nonces = new PendingAnswers<string>();
  readonly #published = new PendingAnswers<string>();
  /** How many publications wait for their echo, by topic: only their frames are worth a closer look. */
  readonly #awaitedTopics = new Map<string, number>();
  readonly #witnesses = new Set<RelaySocket>();
  #topics: ReadonlySet<string> = new Set();
  /** The nonce that was last sent over this connection, and whether the server sends us our own frames. */
  #ownNonce = '';
  #echoesOwn = false;
  #trial: { readonly frame: Bytes; readonly marker: string } | undefined;
  #keepsBinary = false;

  constructor(context: TransportContext) {
    this.#context = context;
  }

  /** Both directions are proven, then the witness risks a binary frame: a server that ends such a connection ends only that one. */
  open(): Promise<void> {
    return this.#askByWitness((witness) => this.#tryBinary(witness));
  }

  async setTopics(topics: ReadonlySet<string>): Promise<void> {
    // Everything comes to everybody: subscribing is our own matter.
    this.#topics = new Set(topics);
  }

  async publish(topicHex: string, payload: Bytes): Promise<Publication> {
    if (payload.length > maxPayloadBytes) throw new PublishError('too-large');
    const frame = concat(fromHex(topicHex) ?? new Uint8Array(0), payload);
    this.#context.send(this.#keepsBinary ? frame : toBase64(frame));
    if (!this.#echoesOwn) return 'sent';
    this.#awaitedTopics.set(topicHex, (this.#awaitedTopics.get(topicHex) ?? 0) + 1);
    try {
      await this.#published.wait(topicHex + toBase64(payload));
      return 'acked';
    } finally {
      const left = (this.#awaitedTopics.get(topicHex) ?? 1) - 1;
      if (left > 0) this.#awaitedTopics.set(topicHex, left);
      else this.#awaitedTopics.delete(topicHex);
    }
  }

  probe(): Promise<void> {
    if (!this.#echoesOwn) return this.#askByWitness();
    const nonce = this.#randomNonce();
    const echo = this.#nonces.wait(nonce);
    this.#context.send(nonceFrame(nonce));
    return echo;
  }

  receive(frame: Frame): void {
    const nonce = nonceOf(frame);
    if (nonce !== undefined) {
      if (nonce === this.#ownNonce) this.#echoesOwn = true;
      this.#nonces.settle(nonce);
    } else if (typeof frame === 'string') this.#receiveText(frame);
    else if (this.#trial && equalBytes(frame, this.#trial.frame)) this.#keepsBinary = true;
    else if (!this.#receiveBytes(toHex(frame.subarray(0, topicBytes)), () => frame.slice(topicBytes)))
      this.#receiveText(this.#keepsBinary ? '' : (fromUtf8(frame) ?? ''));
  }

  close(): void {
    this.#nonces.failAll();
    this.#published.failAll();
    for (const witness of this.#witnesses) witness.close();
    this.#witnesses.clear();
  }

  #receiveText(text: string): void {
    const head = fromBase64(text.slice(0, topicDigits), topicDigits);
    if (!head || head.length < topicBytes) return;
    this.#receiveBytes(toHex(head.subarray(0, topicBytes)), () => fromBase64(text, maxFrameBytes)?.slice(topicBytes));
  }

  /** @returns whether the topic is one that somebody here cares for; only then the payload is read. */
  #receiveBytes(topicHex: string, payloadOf: () => Bytes | undefined): boolean {
    const isAwaited = this.#awaitedTopics.has(topicHex);
    if (!isAwaited && !this.#topics.has(topicHex)) return false;
    const payload = payloadOf();
    if (payload && isAwaited) this.#published.settle(topicHex + toBase64(payload));
    if (payload && this.#topics.has(topicHex)) this.#context.onMessage(topicHex, payload);
    return true;
  }

  /** Proves both directions of the main connection; `then` may use the witness before it leaves. */
  async #askByWitness(then?: (witness: RelaySocket) => Promise<void>): Promise<void> {
    const up = this.#randomNonce();
    const down = this.#randomNonce();
    const proven = this.#nonces.wait(down);
    const witness = this.#context.openSecondSocket({
      onOpen: () => {
        this.#ownNonce = up;
        this.#context.send(nonceFrame(up));
      },
      onFrame: (frame) => (nonceOf(frame) === up ? witness.send(nonceFrame(down)) : undefined),
      // Without a witness nothing is proven, and the time limit of whoever asked decides.
      onEnd: () => {
        this.#witnesses.delete(witness);
        if (this.#trial) this.#nonces.settle(this.#trial.marker);
      },
    });
    this.#witnesses.add(witness);
    try {
      await proven;
      await then?.(witness);
    } finally {
      this.#witnesses.delete(witness);
      witness.close();
    }
  }

  /** Finds out whether a binary frame comes as it was sent: a text that follows it marks the end of the waiting. */
  async #tryBinary(witness: RelaySocket): Promise<void> {
    const marker = this.#randomNonce();
    // 0xff is in no UTF-8 text, so a server that turns frames into text cannot keep it.
    const frame = concat(this.#context.randomBytes(2 * topicBytes), new Uint8Array([0xff]));
    this.#trial = { frame, marker };
    const passed = this.#nonces.wait(marker);
    const cancel = this.#context.clock.after(binaryTrialMs, () => this.#nonces.settle(marker));
    witness.send(frame);
    witness.send(nonceFrame(marker));
    try {
      await passed;
    } finally {
      cancel();
      this.#trial = undefined;
    }
  }

  #randomNonce(): string {
    return toHex(this.#context.randomBytes(16));
  }
}

/** Plain broadcast servers: everything to everybody on the address. */
export const broadcastDialect: Dialect = {
  name: 'broadcast',
  subprotocols: [],
  greetsWith: 'text',
  livesAt: () => false,
  greeting: (randomBytes) => [nonceFrame(toHex(randomBytes(16)))],
  recognises({ asked, overheard }) {
    const nonces = new Set(asked.map(nonceOf));
    return overheard.some((frame) => {
      const nonce = nonceOf(frame);
      return nonce !== undefined && nonces.has(nonce);
    });
  },
  transport: (context) => new BroadcastTransport(context),
};
