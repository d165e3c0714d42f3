// Looks now and then whether it is quiet: ends what is over, and shows it on the icon. Whether a call rings does not wait for it.

import type { Clock } from '../core/base/ports.ts';
import { TaskQueue } from '../core/base/task-queue.ts';
import { type Quiet, type QuietSettings, quietLeft, quietNow } from '../core/data/quiet-times.ts';

/** What happened that nobody has looked at yet. */
export interface News {
  /** Missed calls. */
  readonly missed: number;
  /** People who have called and are no contacts. */
  readonly requests: number;
  /** Guests who wait at a door for later. */
  readonly knocks: number;
  /** Messages that have come and were not played. */
  readonly messages: number;
}

export interface QuietWatchParts {
  readonly clock: Pick<Clock, 'now'>;
  readonly settings: () => Promise<QuietSettings>;
  /** Writes what is left of a while. */
  readonly keep: (left: Pick<QuietSettings, 'quietWhile'>) => Promise<void>;
  readonly news: () => Promise<News>;
  /** The toolbar icon: what is new, and whether it is quiet. */
  readonly show: (news: News, quiet: Quiet | undefined) => Promise<void>;
}

export class QuietWatch {
  readonly #parts: QuietWatchParts;
  /** One look after another: the last one shown is the latest. */
  readonly #looks = new TaskQueue();

  constructor(parts: QuietWatchParts) {
    this.#parts = parts;
  }

  /** After an alarm, a change of the settings, of the missed calls or of the requests. */
  look(): Promise<void> {
    return this.#looks.run(() => this.#look());
  }

  async #look(): Promise<void> {
    const { clock, settings, keep, news, show } = this.#parts;
    const [chosen, isNew] = await Promise.all([settings(), news()]);
    const now = clock.now();
    const left = quietLeft(chosen.quietWhile, now);
    if (left !== chosen.quietWhile) await keep({ quietWhile: left });
    await show(isNew, quietNow({ ...chosen, quietWhile: left }, now));
  }
}
