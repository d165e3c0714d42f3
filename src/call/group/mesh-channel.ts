// What is said about the call of several people to one of them, over a data channel of its own. Nothing is kept: after an interruption
// everything that matters is said anew.
import { formatMeshMessage, type MeshMessage, parseMeshMessage } from '../../core/group/mesh-message.ts';
import { type ChannelMaker, NegotiatedChannel } from '../../link/connection/negotiated-channel.ts';

/** Bytes that wait for a slow network: entries are owed until there is room (gossip.ts), other words come to nothing. */
const mostWaiting = 1_048_576;

export interface MeshChannelEvents {
  readonly onWord: (word: MeshMessage) => void;
  /** Words get through from now on. */
  readonly onUp: () => void;
  readonly onDown: () => void;
}

export class MeshChannel {
  readonly #events: MeshChannelEvents;
  #channel: NegotiatedChannel | undefined;

  constructor(events: MeshChannelEvents) {
    this.#events = events;
  }

  /** This connection carries the words from now on. Before its first description, so that nothing is negotiated for it. */
  attach(connection: ChannelMaker): void {
    this.#channel?.close();
    const events = {
      onMessage: (message: string | ArrayBuffer) => {
        const word = typeof message === 'string' ? parseMeshMessage(message) : undefined;
        if (word) this.#events.onWord(word);
      },
      onUp: this.#events.onUp,
      onDown: this.#events.onDown,
    };
    this.#channel = new NegotiatedChannel(connection, 'mesh', events, 0, mostWaiting);
  }

  prove(): void {
    this.#channel?.prove();
  }

  /** False when it did not get through. */
  say(word: MeshMessage): boolean {
    return this.#channel?.send(formatMeshMessage(word)) ?? false;
  }

  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
