// How much a recording has written, and how long the disk lasts at that pace.
import { spareLength } from '../../platform/store/disk-room.ts';

const lookMs = 10_000;
const tellMs = 2_000;

export class DiskWatch {
  readonly #onSize: (bytes: number, minutesLeft: number | undefined) => void;
  readonly #onFull: () => void;
  #bytes = 0;
  #sinceMs = 0;
  #free: number | undefined;

  constructor(onSize: (bytes: number, minutesLeft: number | undefined) => void, onFull: () => void) {
    this.#onSize = onSize;
    this.#onFull = onFull;
  }

  wrote(bytes: number): void {
    this.#bytes += bytes;
  }

  /** @returns a function that ends it. */
  start(): () => void {
    this.#sinceMs = performance.now();
    const timers = [setInterval(() => void this.#look(), lookMs), setInterval(() => this.#tell(), tellMs)];
    return () => {
      for (const timer of timers) clearInterval(timer);
    };
  }

  async #look(): Promise<void> {
    const { quota, usage } = await navigator.storage.estimate().catch(() => ({ quota: undefined, usage: undefined }));
    this.#free = quota === undefined || usage === undefined ? undefined : quota - usage - spareLength;
    if (this.#free !== undefined && this.#free <= 0) this.#onFull();
  }

  #tell(): void {
    const minutes = (performance.now() - this.#sinceMs) / 60_000;
    const left = this.#free === undefined || this.#bytes === 0 ? undefined : (this.#free * minutes) / this.#bytes;
    this.#onSize(this.#bytes, left === undefined ? undefined : Math.floor(left));
  }
}
