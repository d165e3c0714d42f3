// Channels by number that are made before anybody uses them: what comes on them waits. A connection that may take the place of another one is made
// with them, so that nothing is lost whichever side begins first.
import { type ChannelName, channelNumbers } from './negotiated-channel.ts';

/** What may wait on one channel: as much as a link that is not proven yet may hold. */
const maxHeld = 64;

interface Held {
  readonly channel: RTCDataChannel;
  readonly messages: MessageEvent[];
  readonly keep: (event: MessageEvent) => void;
}

export class HeldChannels {
  readonly #held = new Map<number, Held>();

  /** @param make of the connection. */
  constructor(make: (label: string, options: RTCDataChannelInit) => RTCDataChannel) {
    for (const [label, id] of Object.entries(channelNumbers) as [ChannelName, number][]) {
      const channel = make(label, { negotiated: true, id });
      channel.binaryType = 'arraybuffer';
      const messages: MessageEvent[] = [];
      const keep = (event: MessageEvent): void => {
        if (messages.length < maxHeld) messages.push(event);
      };
      channel.addEventListener('message', keep);
      this.#held.set(id, { channel, messages, keep });
    }
  }

  /** @returns the channel of this number for whoever uses it from now on; what has come is heard in a moment. Undefined where it is used already. */
  take(id: number | undefined): RTCDataChannel | undefined {
    const held = id === undefined ? undefined : this.#held.get(id);
    if (id === undefined || !held) return undefined;
    this.#held.delete(id);
    const { channel, messages, keep } = held;
    channel.removeEventListener('message', keep);
    queueMicrotask(() => {
      for (const { data } of messages) channel.dispatchEvent(new MessageEvent('message', { data }));
    });
    return channel;
  }
}
