// Which blocks of the product's code have run since the last look, and how often: V8's own counters, over its inspector.
import { type Profiler, Session } from 'node:inspector';

export interface Look {
  /** Blocks that have run, each by a name of its own. */
  readonly blocks: ReadonlySet<string>;
  /** How often the busiest of them has run: a measure of work that does not depend on the machine. */
  readonly most: number;
}

export class PreciseCoverage {
  readonly #session = new Session();
  readonly #isWatched: (url: string) => boolean;

  /** @param isWatched tells by its address whether a script is looked at. */
  constructor(isWatched: (url: string) => boolean) {
    this.#isWatched = isWatched;
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Sets all counters back. */
  look(): Look {
    const blocks = new Set<string>();
    let most = 0;
    for (const script of this.#take()) {
      if (!this.#isWatched(script.url)) continue;
      for (const { ranges } of script.functions)
        for (const { startOffset, endOffset, count } of ranges) {
          if (count === 0) continue;
          blocks.add(`${script.scriptId}:${startOffset}-${endOffset}`);
          most = Math.max(most, count);
        }
    }
    return { blocks, most };
  }

  close(): void {
    this.#session.post('Profiler.stopPreciseCoverage');
    this.#session.disconnect();
  }

  #take(): readonly Profiler.ScriptCoverage[] {
    let taken: readonly Profiler.ScriptCoverage[] = [];
    // The session is in this thread: its answer comes before `post` returns.
    this.#session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (!error) taken = result;
    });
    return taken;
  }
}
