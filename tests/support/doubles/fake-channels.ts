// Doubles for the data channels of a connection: two ends that pass on what is sent, each message in a later task, with the buffer and
// the room that a browser's channels have. A test may hold them, and break them.
import type { ChannelMaker } from '../../../src/link/connection/negotiated-channel.ts';

type Message = string | ArrayBuffer;

class FakeChannel extends EventTarget {
  readonly label: string;
  readonly options: RTCDataChannelInit;
  binaryType = 'blob';
  bufferedAmountLowThreshold = 0;
  readyState: RTCDataChannelState = 'connecting';
  bufferedAmount = 0;
  other: FakeChannel | undefined;
  readonly #pair: FakeConnectionPair;
  readonly #queue: Message[] = [];

  constructor(label: string, options: RTCDataChannelInit, pair: FakeConnectionPair) {
    super();
    this.label = label;
    this.options = options;
    this.#pair = pair;
  }

  open(): void {
    this.readyState = 'open';
    this.dispatchEvent(new Event('open'));
  }

  send(message: string | Uint8Array<ArrayBuffer>): void {
    if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError');
    const copy = typeof message === 'string' ? message : message.slice().buffer;
    this.bufferedAmount += lengthOf(copy);
    this.#queue.push(copy);
    messagesUnderWay.count += 1;
    setImmediate(() => this.#pass());
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.#queue.length = 0;
    const { other } = this;
    setImmediate(() => other?.closed());
  }

  closed(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }

  #pass(): void {
    if (this.#pair.isHeld) {
      setImmediate(() => this.#pass());
      return;
    }
    messagesUnderWay.count -= 1;
    const message = this.#queue.shift();
    if (message === undefined) return;
    const before = this.bufferedAmount;
    this.bufferedAmount -= lengthOf(message);
    const { other, bufferedAmountLowThreshold: low } = this;
    if (before > low && this.bufferedAmount <= low) this.dispatchEvent(new Event('bufferedamountlow'));
    if (other?.readyState === 'open' && !this.#pair.swallow(message))
      other.dispatchEvent(new MessageEvent('message', { data: message }));
  }
}

/** Messages of all pairs that have not arrived yet. */
export const messagesUnderWay = { count: 0 };

const lengthOf = (message: Message): number => (typeof message === 'string' ? message.length : message.byteLength);

/** One end of a connection, as far as channels need it. */
class FakeEnd implements ChannelMaker {
  readonly channels = new Map<number, FakeChannel>();
  readonly #pair: FakeConnectionPair;

  constructor(pair: FakeConnectionPair) {
    this.#pair = pair;
  }

  createDataChannel(label: string, options: RTCDataChannelInit): RTCDataChannel {
    const channel = new FakeChannel(label, options, this.#pair);
    if (!options.negotiated || options.id === undefined || this.channels.has(options.id))
      throw new DOMException('a channel by number, and one of each', 'OperationError');
    this.channels.set(options.id, channel);
    return channel as unknown as RTCDataChannel;
  }
}

export class FakeConnectionPair {
  readonly one = new FakeEnd(this);
  readonly two = new FakeEnd(this);
  /** While held, nothing gets through. */
  isHeld = false;
  /** Asked for each message before it arrives: true swallows it. */
  swallow: (message: Message) => boolean = () => false;

  /** Both ends have made their channels: those of the same number and name find each other. */
  connect(): void {
    for (const [id, channel] of this.one.channels) {
      const other = this.two.channels.get(id);
      if (other?.label !== channel.label) continue;
      channel.other = other;
      other.other = channel;
    }
    for (const end of [this.one, this.two]) for (const channel of end.channels.values()) channel.open();
  }

  /** The connection is gone, with everything under way. */
  break(): void {
    for (const end of [this.one, this.two])
      for (const channel of end.channels.values()) {
        channel.other = undefined;
        channel.closed();
      }
  }
}
