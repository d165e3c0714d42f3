// A world for scenarios: one clock, seeded relays, and the bookkeeping that tells when everything that can happen now has happened.
// Real cryptography, no sockets, no WebRTC.
import { type Bytes, toHex } from '../../../src/core/base/bytes.ts';
import type { Clock, Opener, PairKey, SealContext, Sealer, Signer } from '../../../src/core/base/ports.ts';
import { type OwnWord, parseOwnWord } from '../../../src/core/devices/own-word.ts';
import { parseSignal, type Signal } from '../../../src/core/signaling/signal.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { NodeSealer } from '../doubles/node-keys.ts';
import { seededRandom } from '../doubles/seeded-random.ts';
import { SimulatedPool } from '../doubles/simulated-pool.ts';
import {
  fairWeather,
  type SeenFrame,
  SimulatedRelay,
  type Weather,
  type WireFrame,
} from '../doubles/simulated-relay.ts';

export interface WorldChoices {
  readonly weather?: Weather;
  readonly startMs?: number;
  readonly relays?: number;
}

const relayUrls = ['wss://one.example', 'wss://two.example', 'wss://three.example'];

export class SimulatedWorld {
  readonly clock: ManualClock;
  readonly sealer: Sealer;
  readonly relays: readonly SimulatedRelay[];
  /** Everything that reached any relay, in order. */
  readonly frames: SeenFrame[] = [];
  /** Every topic that relays were asked for, with its first and last time. */
  readonly topics = new Map<string, { from: number; to: number }>();
  /** Asked for each message before the weather: true swallows it. */
  swallow: (frame: SeenFrame) => boolean = () => false;
  /** False: every copy of a message is heard, as if no pool remembered any. */
  poolsRememberCopies = true;
  readonly #random: () => number;
  /** What was sealed, by the beginning of the encapsulated key at the head of the envelope. Relays cannot know this; tests must. */
  readonly #sealed = new Map<string, string>();
  readonly #work: { readonly done: Promise<unknown>; readonly release: () => void }[] = [];
  #isReleasing = false;

  constructor(
    seed = 1,
    { weather = fairWeather, startMs = Date.UTC(2026, 10, 21, 12), relays = 1 }: WorldChoices = {},
  ) {
    this.clock = new ManualClock(startMs);
    this.#random = seededRandom(seed);
    this.sealer = this.#counted(new NodeSealer());
    this.relays = relayUrls.slice(0, relays).map(
      (url) =>
        new SimulatedRelay({
          url,
          weather,
          clock: this.clock,
          random: this.#random,
          witness: (frame) => {
            this.frames.push(frame);
            return this.swallow(frame);
          },
        }),
    );
  }

  /** The signal inside a frame, if one of the people here sealed it. */
  signalIn({ payload }: WireFrame): Signal | undefined {
    const body = this.#sealed.get(toHex(payload.slice(2, 34)));
    return body === undefined ? undefined : parseSignal(body);
  }

  /** The same, where it may be a word of own devices. */
  wordIn({ payload }: WireFrame): Signal | OwnWord | undefined {
    const body = this.#sealed.get(toHex(payload.slice(2, 34)));
    return body === undefined ? undefined : parseOwnWord(body);
  }

  /** Wraps keys so that the world knows when they are at work. */
  countSigner(signer: Signer): Signer {
    return { publicKey: signer.publicKey, sign: (message) => this.#count(signer.sign(message)) };
  }

  countOpener(opener: Opener): Opener {
    const { publicKey, quantum } = opener;
    return {
      publicKey,
      open: (...args) => this.#count(opener.open(...args)),
      ...(quantum && {
        quantum: {
          publicKey: () => this.#count(quantum.publicKey()),
          open: (...args) => this.#count(quantum.open(...args)),
        },
      }),
    };
  }

  /** A whole number from 0 to below `limit`, from the world's seed. */
  chance(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** @param urls the relays that the pool speaks to; all, if none is named. */
  pool(urls: readonly string[] = []): SimulatedPool {
    const relays = this.relays.filter(({ url }) => urls.length === 0 || urls.includes(url));
    const pool = new SimulatedPool(relays, (topics) => {
      const now = this.clock.now();
      for (const topic of topics) this.topics.set(topic, { from: this.topics.get(topic)?.from ?? now, to: now });
    });
    pool.remembersCopies = this.poolsRememberCopies;
    return pool;
  }

  /** The world's clock as someone reads it whose clock is wrong. */
  skewedClock(skewMs: number): Clock {
    return { now: () => this.clock.now() + skewMs, after: (ms, run) => this.clock.after(ms, run) };
  }

  relaysAreUp(up: boolean): void {
    for (const relay of this.relays) relay.isUp = up;
  }

  /** Puts a message on the wire whatever the weather, as relays that replay would. */
  deliver(frame: WireFrame): void {
    for (const relay of this.relays) relay.deliver(frame);
  }

  /** Waits until no key is at work and no promise is on its way. */
  async settle(): Promise<void> {
    do await promisesRun();
    while (this.#isReleasing);
  }

  /** Lets `ms` pass; all that one timer causes at its moment has happened before the next one runs. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.settle();
    while (this.clock.runNext(end)) await this.settle();
  }

  /** Lets time pass until a condition holds. @throws after `withinMs` of simulated time. */
  async until(condition: () => boolean, what: string, withinMs = 90_000): Promise<void> {
    const end = this.clock.now() + withinMs;
    await this.settle();
    while (!condition()) {
      if (!this.clock.runNext(end)) throw new Error(`${what} did not happen within ${withinMs} ms of simulated time`);
      await this.settle();
    }
  }

  /**
   * Keys work on several threads and finish in any order. Their results are handed out one after another, in the order in which they
   * were asked for, and all that follows from one has happened before the next: only so does a seed mean the same run every time.
   */
  #count<T>(work: Promise<T>): Promise<T> {
    const done = work.catch(() => undefined);
    return new Promise((resolve) => {
      this.#work.push({ done, release: () => resolve(work) });
      if (!this.#isReleasing) void this.#release();
    });
  }

  async #release(): Promise<void> {
    this.#isReleasing = true;
    for (let next = this.#work.shift(); next; next = this.#work.shift()) {
      await next.done;
      next.release();
      await promisesRun();
    }
    this.#isReleasing = false;
  }

  #countedPair(key: PairKey): PairKey {
    return {
      publicKey: key.publicKey,
      sealFor: (...args) => this.#count(key.sealFor(...args)),
      openFrom: (...args) => this.#count(key.openFrom(...args)),
    };
  }

  #counted(inner: Sealer): Sealer {
    return {
      sealTo: async (...to): Promise<SealContext> => {
        const context = await this.#count(inner.sealTo(...to));
        return {
          enc: context.enc,
          seal: (plaintext, aad) => {
            this.#sealed.set(toHex(context.enc.slice(0, 32)), bodyOf(plaintext));
            return this.#count(context.seal(plaintext, aad));
          },
        };
      },
      verify: (...args) => this.#count(inner.verify(...args)),
      generateOpener: async () => this.countOpener(await this.#count(inner.generateOpener())),
      generatePairKey: async () => this.#countedPair(await this.#count(inner.generatePairKey())),
      sha256: (bytes) => this.#count(inner.sha256(bytes)),
      hkdfSha256: (...args) => this.#count(inner.hkdfSha256(...args)),
      randomBytes: (length) => Uint8Array.from({ length }, () => Math.floor(this.#random() * 256)),
    };
  }
}

/** Everything that waits only for promises has run. */
function promisesRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The body in an envelope's plaintext (docs/protocol.md#envelope): its length at 96, its text from 100 on. */
function bodyOf(plaintext: Bytes): string {
  const length = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(96);
  return new TextDecoder().decode(plaintext.subarray(100, 100 + length));
}
