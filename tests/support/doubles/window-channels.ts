// A double for BroadcastChannel: all that are made by one of these hear each other, none hears itself, and every word is a copy.
import type { WindowChannel } from '../../../src/trial/channel-pool.ts';

export class WindowChannels {
  readonly #all = new Set<WindowChannel>();
  /** Words that were posted. */
  readonly posted: unknown[] = [];

  open(): WindowChannel {
    const own: WindowChannel = {
      onmessage: null,
      postMessage: (word) => {
        this.posted.push(word);
        for (const other of this.#all)
          if (other !== own) other.onmessage?.({ data: structuredClone(word) } as MessageEvent);
      },
      close: () => this.#all.delete(own),
    };
    this.#all.add(own);
    return own;
  }
}
