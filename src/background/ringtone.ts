// The ringtone of the background: starts and stops in order, whatever becomes of each.
import { type BackgroundSound, type RingSound, ringtoneSound } from '../platform/extension/background-sound.ts';

export class Ringtone {
  readonly #sound: BackgroundSound = ringtoneSound();
  #turn: Promise<unknown> = Promise.resolve();

  start(ring: RingSound): Promise<void> {
    return this.#inTurn(() => this.#sound.start(ring));
  }

  stop(): Promise<void> {
    return this.#inTurn(() => this.#sound.stop());
  }

  /** Starting twice and stopping what does not play both reject, as does a browser that refuses sound: neither matters. */
  #inTurn(run: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(run).catch(() => undefined);
    this.#turn = turn;
    return turn;
  }
}
