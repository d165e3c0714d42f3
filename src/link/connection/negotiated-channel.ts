// One data channel that both sides make by its number, with no word about it in a description (docs/decisions/0009). What comes before the
// link is proven waits, within bounds, and is read only afterwards. Knows nothing of what is said.

import type { Bytes } from '../../core/base/bytes.ts';

/** The numbers are part of the protocol: both sides open the same. 0 and 1 belong to the control channel, which the browser numbers. */
export const channelNumbers = { chat: 16, files: 18, 'file-bytes': 20, mesh: 22, room: 24, own: 26 } as const;
export type ChannelName = keyof typeof channelNumbers;

/** What may wait for the proof; what is more is dropped, and said again after the next interruption. */
const maxHeld = 64;
const maxHeldLength = 262_144;

/** The part of a connection that channels need. */
export interface ChannelMaker {
  createDataChannel(label: string, options: RTCDataChannelInit): RTCDataChannel;
}

export interface ChannelEvents {
  readonly onMessage: (message: string | ArrayBuffer) => void;
  /** Open and proven: from now on words get through. */
  readonly onUp: () => void;
  readonly onDown: () => void;
  /** There is room again, where `low` was given. */
  readonly onRoom?: () => void;
}

export class NegotiatedChannel {
  readonly #channel: RTCDataChannel;
  readonly #events: ChannelEvents;
  readonly #most: number;
  #isProven = false;
  #isUp = false;
  #isClosed = false;
  #held: (string | ArrayBuffer)[] = [];
  #heldLength = 0;

  /**
   * @param low bytes that still wait to be sent when `onRoom` is called.
   * @param most bytes that may wait to be sent: what is more is not taken. Only for words whose sender says them again.
   */
  constructor(
    connection: ChannelMaker,
    name: ChannelName,
    events: ChannelEvents,
    low = 0,
    most = Number.POSITIVE_INFINITY,
  ) {
    this.#events = events;
    this.#most = most;
    const channel = connection.createDataChannel(name, { negotiated: true, id: channelNumbers[name] });
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = low;
    channel.addEventListener('open', () => this.#settle());
    channel.addEventListener('close', () => this.close());
    channel.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => this.#received(data));
    channel.addEventListener('bufferedamountlow', () => {
      if (this.#isUp) events.onRoom?.();
    });
  }

  /** The link is known to be theirs: what waited is read, in order. */
  prove(): void {
    if (this.#isProven || this.#isClosed) return;
    this.#isProven = true;
    this.#settle();
    for (const message of this.#held.splice(0)) if (!this.#isClosed) this.#events.onMessage(message);
  }

  /** False when it did not get through: not up, or more waits than may, or than the browser takes. */
  send(message: string | Bytes): boolean {
    if (!this.#isUp || this.#channel.bufferedAmount + message.length > this.#most) return false;
    try {
      if (typeof message === 'string') this.#channel.send(message);
      else this.#channel.send(message);
      return true;
    } catch {
      return false;
    }
  }

  /** Bytes that wait to be sent. */
  get waiting(): number {
    return this.#channel.bufferedAmount;
  }

  /** Tells of it once, whoever closes. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#held = [];
    this.#channel.close();
    if (this.#isUp) this.#events.onDown();
    this.#isUp = false;
  }

  #settle(): void {
    if (this.#isUp || this.#isClosed || !this.#isProven || this.#channel.readyState !== 'open') return;
    this.#isUp = true;
    this.#events.onUp();
  }

  #received(message: string | ArrayBuffer): void {
    if (this.#isClosed) return;
    if (this.#isProven) {
      this.#events.onMessage(message);
      return;
    }
    this.#heldLength += typeof message === 'string' ? message.length : message.byteLength;
    if (this.#held.length < maxHeld && this.#heldLength <= maxHeldLength) this.#held.push(message);
  }
}
