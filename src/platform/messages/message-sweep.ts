// Messages that were left do not stay for ever: what is too old goes, and files whose message is known no longer.
import { sweepFiles } from './message-files.ts';
import type { MessageStore } from './message-store.ts';

const sweepEveryMs = 3_600_000;

export class MessageSweep {
  readonly #store: () => Promise<Pick<MessageStore, 'all' | 'sweep'>>;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(store: () => Promise<Pick<MessageStore, 'all' | 'sweep'>>) {
    this.#store = store;
  }

  /** Once an hour, however often it is asked. */
  async tick(now: number): Promise<void> {
    if (now - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = now;
    await sweepFiles(await (await this.#store()).sweep(now));
  }

  /** Something was deleted, perhaps with its contact. */
  async files(): Promise<void> {
    await sweepFiles(await (await this.#store()).all());
  }
}
