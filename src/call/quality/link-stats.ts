// Watches the statistics of the connection in use and tells a sample about once a second. Follows the connection that replaces another
// one; what it counted on the old one is forgotten. Judges nothing.
import type { LinkCounters } from '../../core/media/link-counters.ts';
import { type LinkSample, sampleBetween } from '../../core/media/link-sample.ts';
import { readCounters, type StatsReport } from './stats-report.ts';

/** The part of a connection that is watched. */
export interface StatsSource {
  getStats(): Promise<StatsReport>;
}

interface Options {
  readonly onSample: (sample: LinkSample) => void;
  /** Time between two readings; 1 s unless given. */
  readonly intervalMs?: number;
  /** A clock that never goes back, in ms. */
  readonly now?: () => number;
}

export class LinkStats {
  readonly #onSample: (sample: LinkSample) => void;
  readonly #intervalMs: number;
  readonly #now: () => number;
  #source: StatsSource | undefined;
  #before: LinkCounters | undefined;
  #earlier: LinkSample | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isReading = false;

  constructor({ onSample, intervalMs = 1_000, now = () => performance.now() }: Options) {
    this.#onSample = onSample;
    this.#intervalMs = intervalMs;
    this.#now = now;
  }

  /** From now on this connection is watched, or none. */
  follow(source: StatsSource | undefined): void {
    if (source === this.#source) return;
    this.#source = source;
    this.#before = undefined;
    this.#earlier = undefined;
    clearInterval(this.#timer);
    this.#timer = source && setInterval(() => void this.read(), this.#intervalMs);
    if (source) void this.read();
  }

  /** Reads once, outside the rhythm. A reading that is slow lets the next one out. */
  async read(): Promise<void> {
    const source = this.#source;
    if (!source || this.#isReading) return;
    this.#isReading = true;
    try {
      const now = readCounters(await source.getStats(), this.#now());
      if (source === this.#source) this.#took(now);
    } catch {
      // A connection that was closed meanwhile: there is nothing to tell.
    } finally {
      this.#isReading = false;
    }
  }

  #took(now: LinkCounters): void {
    const before = this.#before;
    this.#before = now;
    if (!before) return;
    const sample = sampleBetween(before, now, this.#earlier);
    this.#earlier = sample;
    this.#onSample(sample);
  }
}
