// One channel of the mesh for each person of the call, which outlives their connections.
import type { MeshMessage } from '../../core/group/mesh-message.ts';
import type { ChannelMaker } from '../../link/connection/negotiated-channel.ts';
import { MeshChannel } from './mesh-channel.ts';

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
