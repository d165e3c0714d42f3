// Looks now and then whether it is quiet: ends what is over, and shows it on the icon. Whether a call rings does not wait for it.
import type { Clock } from '../core/base/ports.ts';
import { type Quiet, type QuietSettings, quietLeft, quietNow } from '../core/data/quiet-times.ts';

export interface QuietWatchParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly settings: () => Promise<QuietSettings>;
  /** Writes what is left of a while. */
  readonly keep: (left: Pick<QuietSettings, 'quietWhile'>) => Promise<void>;
  readonly missed: () => Promise<number>;
  /** The toolbar icon: how many calls were missed, and whether it is quiet. */
  readonly show: (missed: number, quiet: Quiet | undefined) => Promise<void>;
}

export class QuietWatch {
  readonly #parts: QuietWatchParts;
  /** One look after another: the last one shown is the latest. */
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: QuietWatchParts) {
    this.#parts = parts;
  }

  /** After an alarm, a change of the settings or of the missed calls. */
  look(): Promise<void> {
    const turn = this.#turn.then(() => this.#look());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #look(): Promise<void> {
    const { clock, settings, keep, missed, show } = this.#parts;
    const [chosen, count] = await Promise.all([settings(), missed()]);
    const now = clock.now();
    const left = quietLeft(chosen.quietWhile, now);
    if (left !== chosen.quietWhile) await keep({ quietWhile: left });
    await show(count, quietNow({ ...chosen, quietWhile: left }, now));
  }
}
