// A world for scenarios: one clock, one seeded relay that loses, doubles and delays, and the bookkeeping that tells when everything
// that can happen now has happened. Real cryptography, no sockets, no WebRTC.
import type { Bytes } from '../../src/core/bytes.ts';
import {
  type Opener,
  PublishError,
  type RelayPool,
  type RelayState,
  type SealContext,
  type Sealer,
  type Signer,
} from '../../src/core/ports.ts';
import { WebCryptoSealer } from '../../src/platform/web-crypto-sealer.ts';
import { ManualClock } from './manual-clock.ts';

/** Small fast generator of random numbers from a seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What the relay does to each message, by chance. */
export interface Weather {
  readonly lose: number;
  readonly double: number;
  readonly maxDelayMs: number;
}

const fairWeather: Weather = { lose: 0, double: 0, maxDelayMs: 20 };

export interface WireFrame {
  readonly topicHex: string;
  readonly payload: Bytes;
}

export class SimulatedWorld {
  readonly clock: ManualClock;
  readonly sealer: Sealer;
  readonly frames: WireFrame[] = [];
  weather: Weather;
  /** Asked for each message before the weather: true swallows it. */
  swallow: (frame: WireFrame) => boolean = () => false;
  relayIsUp = true;
  readonly #random: () => number;
  readonly #pools = new Set<SimulatedPool>();
  #pending = 0;

  constructor(seed = 1, weather: Weather = fairWeather, startMs = Date.UTC(2026, 10, 21, 12)) {
    this.clock = new ManualClock(startMs);
    this.weather = weather;
    this.#random = seededRandom(seed);
    this.sealer = this.#counted(new WebCryptoSealer());
  }

  /** Wraps keys so that the world knows when they are at work. */
  countSigner(signer: Signer): Signer {
    return { publicKey: signer.publicKey, sign: (message) => this.#count(signer.sign(message)) };
  }

  countOpener(opener: Opener): Opener {
    return { publicKey: opener.publicKey, open: (...args) => this.#count(opener.open(...args)) };
  }

  /** Counts any other work that an outcome may wait for. */
  count<T>(work: Promise<T>): Promise<T> {
    return this.#count(work);
  }

  /** A whole number from 0 to below `limit`, from the world's seed. */
  chance(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pool(): RelayPool {
    const pool = new SimulatedPool(this);
    this.#pools.add(pool);
    return pool;
  }

  forget(pool: SimulatedPool): void {
    this.#pools.delete(pool);
  }

  /** Delivers a message as the weather has it. */
  carry(frame: WireFrame): void {
    this.frames.push(frame);
    if (this.swallow(frame)) return;
    const copies = this.#random() < this.weather.lose ? 0 : this.#random() < this.weather.double ? 2 : 1;
    for (let copy = 0; copy < copies; copy++)
      this.clock.after(1 + Math.floor(this.#random() * this.weather.maxDelayMs), () => this.deliver(frame));
  }

  /** Puts a message on the wire whatever the weather, as a relay that replays would. */
  deliver({ topicHex, payload }: WireFrame): void {
    for (const pool of this.#pools) pool.receive(topicHex, payload);
  }

  /** Waits until no key is at work and no promise is on its way. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; ) {
      await new Promise((resolve) => setImmediate(resolve));
      quiet = this.#pending === 0 ? quiet + 1 : 0;
    }
  }

  /** Lets `ms` pass, in steps small enough that answers come in between. */
  async pass(ms: number, stepMs = 50): Promise<void> {
    const end = this.clock.now() + ms;
    await this.settle();
    while (this.clock.now() < end) {
      await this.clock.advance(Math.min(stepMs, end - this.clock.now()));
      await this.settle();
    }
  }

  /** Lets time pass until a condition holds. @throws after `withinMs` of simulated time. */
  async until(condition: () => boolean, what: string, withinMs = 90_000): Promise<void> {
    const end = this.clock.now() + withinMs;
    await this.settle();
    while (!condition()) {
      if (this.clock.now() >= end) throw new Error(`${what} did not happen within ${withinMs} ms of simulated time`);
      await this.pass(50);
    }
  }

  #count<T>(work: Promise<T>): Promise<T> {
    this.#pending++;
    return work.finally(() => {
      this.#pending--;
    });
  }

  #counted(inner: Sealer): Sealer {
    return {
      sealTo: async (key, info): Promise<SealContext> => {
        const context = await this.#count(inner.sealTo(key, info));
        return { enc: context.enc, seal: (plaintext, aad) => this.#count(context.seal(plaintext, aad)) };
      },
      verify: (...args) => this.#count(inner.verify(...args)),
      generateOpener: async () => this.countOpener(await this.#count(inner.generateOpener())),
      sha256: (bytes) => this.#count(inner.sha256(bytes)),
      hkdfSha256: (...args) => this.#count(inner.hkdfSha256(...args)),
      randomBytes: (length) => Uint8Array.from({ length }, () => Math.floor(this.#random() * 256)),
    };
  }
}

/** One person's connection to the simulated relay. */
export class SimulatedPool implements RelayPool {
  readonly #world: SimulatedWorld;
  readonly #listeners: ((topicHex: string, payload: Bytes) => void)[] = [];
  readonly #seen = new Set<string>();
  #topics: ReadonlySet<string> = new Set();

  constructor(world: SimulatedWorld) {
    this.#world = world;
  }

  receive(topicHex: string, payload: Bytes): void {
    const key = `${topicHex}${payload.join()}`;
    if (!this.#topics.has(topicHex) || this.#seen.has(key)) return;
    this.#seen.add(key);
    for (const listener of this.#listeners) listener(topicHex, payload);
  }

  setTopics(topics: ReadonlySet<string>): void {
    this.#topics = new Set(topics);
  }

  async publish(topicHex: string, payload: Bytes): Promise<void> {
    if (!this.#world.relayIsUp) throw new PublishError('down');
    this.#world.carry({ topicHex, payload });
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
    return this.#world.relayIsUp;
  }

  close(): void {
    this.#world.forget(this);
  }
}
