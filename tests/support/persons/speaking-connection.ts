// The browser's connection as a call page without a network touches it, with data channels that work: those of the same number at both ends find
// each other once the two links have met, whenever they are made. What is sent to a number that the other end has not made is lost.
import type { Bytes } from '../../../src/core/base/bytes.ts';
import { toHex } from '../../../src/core/base/bytes.ts';
import type { CallConnection } from '../../../src/link/connection/call-connection.ts';
import { HeldChannels } from '../../../src/link/connection/held-channels.ts';
import type { ManualClock } from '../doubles/manual-clock.ts';
import { silentConnection } from './silent-connection.ts';

const travelMs = 3;

class SpeakingChannel extends EventTarget {
  readonly label: string;
  readonly bufferedAmount = 0;
  binaryType = 'blob';
  bufferedAmountLowThreshold = 0;
  readyState: RTCDataChannelState = 'connecting';
  readonly #send: (message: string) => void;

  constructor(label: string, send: (message: string) => void) {
    super();
    this.label = label;
    this.#send = send;
  }

  open(): void {
    if (this.readyState !== 'connecting') return;
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  send(message: string): void {
    if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError');
    this.#send(message);
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }
}

/** All connections of a world, by certificate: the latest of each. */
export class SpeakingConnections {
  readonly #clock: ManualClock;
  readonly #ends = new Map<string, End>();
  /** Asked for each word on a channel by number: true loses it. */
  swallow: (label: string, message: string) => boolean = () => false;
  /** What arrives of a word on a channel by number. */
  alter: (label: string, message: string) => string = (_label, message) => message;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  make(fingerprint: Bytes): CallConnection {
    const end = new End(this.#clock, (label, message) =>
      this.swallow(label, message) ? undefined : this.alter(label, message),
    );
    this.#ends.set(toHex(fingerprint), end);
    const silent = silentConnection(fingerprint) as unknown as object;
    const own: Record<string | symbol, unknown> = {
      createDataChannel: (label: string, options: RTCDataChannelInit) => end.channel(label, options),
      holdChannels: () => end.hold(),
      close: () => end.close(),
    };
    return new Proxy(silent, {
      get: (of, name) => {
        if (name in own) return own[name];
        const value: unknown = Reflect.get(of, name);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    }) as unknown as CallConnection;
  }

  /** The links over the connections with these certificates are up. */
  meet(one: Bytes, two: Bytes): void {
    const [a, b] = [this.#ends.get(toHex(one)), this.#ends.get(toHex(two))];
    if (a && b) {
      a.meet(b);
      b.meet(a);
    }
  }
}

class End {
  readonly #clock: ManualClock;
  readonly #arrives: (label: string, message: string) => string | undefined;
  readonly channels = new Map<number, SpeakingChannel>();
  #other: End | undefined;
  #held: HeldChannels | undefined;
  #isClosed = false;

  constructor(clock: ManualClock, arrives: (label: string, message: string) => string | undefined) {
    this.#clock = clock;
    this.#arrives = arrives;
  }

  channel(label: string, options: RTCDataChannelInit): RTCDataChannel {
    return this.#held?.take(options.id) ?? this.#make(label, options);
  }

  hold(): void {
    this.#held = new HeldChannels((label, options) => this.#make(label, options));
  }

  meet(other: End): void {
    this.#other = other;
    for (const channel of this.channels.values()) this.#clock.after(1, () => channel.open());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const channel of this.channels.values()) channel.close();
    const other = this.#other;
    if (other) this.#clock.after(travelMs, () => other.close());
  }

  #make(label: string, { id = -1 }: RTCDataChannelInit): RTCDataChannel {
    const channel = new SpeakingChannel(label, (message) =>
      this.#clock.after(travelMs, () => {
        const there = this.#other?.channels.get(id);
        const data = there?.readyState === 'open' ? this.#arrives(label, message) : undefined;
        if (data !== undefined) there?.dispatchEvent(new MessageEvent('message', { data }));
      }),
    );
    this.channels.set(id, channel);
    if (this.#other) this.#clock.after(1, () => channel.open());
    return channel as unknown as RTCDataChannel;
  }
}
