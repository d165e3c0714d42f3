// One relay of a simulated world: carries what it is given as its weather has it, hangs, crashes and comes back. Knows no message.
import type { Bytes } from '../../../src/core/base/bytes.ts';
import { PublishError } from '../../../src/core/base/ports.ts';
import type { ManualClock } from './manual-clock.ts';

/** What a relay does to each message, by chance. */
export interface Weather {
  readonly lose: number;
  readonly double: number;
  readonly maxDelayMs: number;
  /** One bit turned round. */
  readonly flip?: number;
  /** Cut short. */
  readonly truncate?: number;
  /** An older message comes once more beside it. */
  readonly replay?: number;
  /** Waits up to eight seconds. */
  readonly stall?: number;
}

export const fairWeather: Weather = { lose: 0, double: 0, maxDelayMs: 20 };

const longestStallMs = 8_000;

export interface WireFrame {
  readonly topicHex: string;
  readonly payload: Bytes;
}

/** A frame as a relay saw it. */
export interface SeenFrame extends WireFrame {
  readonly relay: SimulatedRelay;
  readonly at: number;
}

/** Somebody's connection, as the relay sees it. */
export interface Subscriber {
  wants(topicHex: string): boolean;
  receive(topicHex: string, payload: Bytes): void;
}

interface RelayParts {
  readonly url: string;
  readonly clock: ManualClock;
  readonly random: () => number;
  readonly weather: Weather;
  /** Sees every message that is handed over; true swallows it. */
  readonly witness: (frame: SeenFrame) => boolean;
}

export class SimulatedRelay {
  readonly url: string;
  weather: Weather;
  /** Takes everything and delivers nothing, as behind a connection that is dead on one side. */
  isHalfOpen = false;
  /** Serves what came within this time once more to whoever subscribes, as some relays do with ephemeral events. */
  holdsMs = 0;
  /** Keeps everything until this time and then lets go of all of it at once. */
  heldUntil = 0;
  readonly frames: SeenFrame[] = [];
  readonly #parts: RelayParts;
  readonly #subscribers = new Set<Subscriber>();
  readonly #waiting = new Set<() => void>();
  #isUp = true;
  /** Messages under way die with the life in which they were taken. */
  #life = 0;

  constructor(parts: RelayParts) {
    this.#parts = parts;
    this.url = parts.url;
    this.weather = parts.weather;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  set isUp(up: boolean) {
    if (up === this.#isUp) return;
    this.#isUp = up;
    this.#life++;
    if (up) for (const retry of [...this.#waiting]) retry();
  }

  /** Whether anybody listens on this topic. */
  isWanted(topicHex: string): boolean {
    return [...this.#subscribers].some((subscriber) => subscriber.wants(topicHex));
  }

  /** Down for a while. */
  crash(forMs: number): void {
    this.isUp = false;
    this.#parts.clock.after(forMs, () => {
      this.isUp = true;
    });
  }

  /** Silent for a while. */
  hang(forMs: number): void {
    this.isHalfOpen = true;
    this.#parts.clock.after(forMs, () => {
      this.isHalfOpen = false;
    });
  }

  join(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
  }

  leave(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  /** Serves a new subscription with what is held. */
  serveHeld(subscriber: Subscriber, topicHex: string): void {
    const { clock } = this.#parts;
    for (const frame of this.frames)
      if (frame.topicHex === topicHex && clock.now() - frame.at < this.holdsMs)
        clock.after(1, () => subscriber.receive(topicHex, frame.payload));
  }

  /** Resolves when the relay has taken the message, which says nothing about its delivery. Rejects when it stays down. */
  publish(from: Subscriber, frame: WireFrame, ttlMs: number): Promise<void> {
    if (this.#isUp) {
      this.#take(frame);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const retry = (): void => {
        this.#waiting.delete(retry);
        cancel();
        if (this.#subscribers.has(from)) this.#take(frame);
        resolve();
      };
      const cancel = this.#parts.clock.after(ttlMs, () => {
        this.#waiting.delete(retry);
        reject(new PublishError('down'));
      });
      this.#waiting.add(retry);
    });
  }

  /** Gives a message to whoever wants it, now and whatever the weather, as a relay that replays would. */
  deliver({ topicHex, payload }: WireFrame): void {
    for (const subscriber of [...this.#subscribers])
      if (subscriber.wants(topicHex)) subscriber.receive(topicHex, payload);
  }

  #take({ topicHex, payload }: WireFrame): void {
    const { clock, random, witness } = this.#parts;
    const seen: SeenFrame = { relay: this, at: clock.now(), topicHex, payload };
    this.frames.push(seen);
    if (witness(seen) || this.isHalfOpen) return;
    const { lose, double, replay = 0 } = this.weather;
    const happens = (chance: number): boolean => chance > 0 && random() < chance;
    if (happens(replay)) this.#send(this.frames[Math.floor(random() * this.frames.length)] ?? seen);
    if (happens(lose)) return;
    this.#send({ topicHex, payload: this.#damaged(payload, happens) });
    if (happens(double)) this.#send(seen);
  }

  #damaged(payload: Bytes, happens: (chance: number) => boolean): Bytes {
    const { flip = 0, truncate = 0 } = this.weather;
    const at = (limit: number): number => Math.floor(this.#parts.random() * limit);
    if (happens(truncate)) return payload.slice(0, at(payload.length));
    if (!happens(flip)) return payload;
    const flipped = payload.slice();
    const place = at(flipped.length);
    flipped[place] = (flipped[place] ?? 0) ^ (1 << at(8));
    return flipped;
  }

  #send(frame: WireFrame): void {
    const { clock, random } = this.#parts;
    const { maxDelayMs, stall = 0 } = this.weather;
    const life = this.#life;
    const delayMs = 1 + Math.floor(random() * maxDelayMs);
    const stalledMs = stall > 0 && random() < stall ? Math.floor(random() * longestStallMs) : 0;
    clock.after(Math.max(delayMs + stalledMs, this.heldUntil - clock.now()), () => {
      if (life === this.#life) this.deliver(frame);
    });
  }
}
