// The ringtone of the background: starts and stops in order, whatever becomes of each.
import { TaskQueue } from '../core/base/task-queue.ts';
import { type BackgroundSound, type RingSound, ringtoneSound } from '../platform/extension/background-sound.ts';

export class Ringtone {
  readonly #sound: BackgroundSound = ringtoneSound();
  readonly #turns = new TaskQueue();

  start(ring: RingSound): Promise<void> {
    return this.#inTurn(() => this.#sound.start(ring));
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#sound.stop());
  }

  /** Starting twice and stopping what does not play both reject, as does a browser that refuses sound: neither matters. */
  #inTurn(run: () => Promise<void>): Promise<void> {
    return this.#turns.run(run).catch(() => undefined);
  }
}
