// What is said about the call of several people, over one data channel for each of them. A channel outlives its connections; after an
// interruption everything that matters is said anew.
import { formatMeshMessage, type MeshMessage, parseMeshMessage } from '../../core/group/mesh-message.ts';
import { type ChannelMaker, NegotiatedChannel } from '../../link/connection/negotiated-channel.ts';

/** Bytes that wait for a slow network: entries are owed until there is room (gossip.ts), other words come to nothing. */
const mostWaiting = 1_048_576;

interface MeshChannelEvents {
  readonly onWord: (word: MeshMessage) => void;
  /** Words get through from now on. */
  readonly onUp: () => void;
  readonly onDown: () => void;
}

class MeshChannel {
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

export interface MeshChannelsEvents {
  readonly onWord: (id: string, word: MeshMessage) => void;
  /** Words to this person get through from now on. */
  readonly onUp: (id: string) => void;
  readonly onDown: (id: string) => void;
}

export class MeshChannels {
  readonly #events: MeshChannelsEvents;
  readonly #channels = new Map<string, MeshChannel>();
  readonly #open = new Set<string>();

  constructor(events: MeshChannelsEvents) {
    this.#events = events;
  }

  /** This connection carries the words to this person from now on. Before its first description. */
  attach(id: string, connection: ChannelMaker): void {
    const channel = this.#channels.get(id) ?? this.#make(id);
    this.#channels.set(id, channel);
    channel.attach(connection);
  }

  /** The connection to this person is proven to be theirs. */
  prove(id: string): void {
    this.#channels.get(id)?.prove();
  }

  isOpen(id: string): boolean {
    return this.#open.has(id);
  }

  /** False when it did not get through. */
  say(id: string, word: MeshMessage): boolean {
    return this.#channels.get(id)?.say(word) ?? false;
  }

  close(id: string): void {
    this.#channels.get(id)?.close();
    this.#channels.delete(id);
    this.#open.delete(id);
  }

  #make(id: string): MeshChannel {
    return new MeshChannel({
      onWord: (word) => this.#events.onWord(id, word),
      onUp: () => {
        this.#open.add(id);
        this.#events.onUp(id);
      },
      onDown: () => {
        this.#open.delete(id);
        this.#events.onDown(id);
      },
    });
  }
}
