// Do not disturb as the popup shows and changes it.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { quietNow, quietOff, quietOn } from '../core/data/quiet-times.ts';
import type { QuietLength, Settings } from '../core/data/settings.ts';
import { text } from '../ui/texts/text.ts';

/** How often the time of day is looked at. */
const lookAgainMs = 15_000;

export class QuietControl {
  readonly #settings: ReadonlySignal<Settings>;
  readonly #change: (change: Partial<Settings>, said: string) => Promise<void>;
  readonly #lookedAt = signal(Date.now());
  /** Whether calls are kept quiet, and until when. */
  readonly now = computed(() => quietNow(this.#settings.value, this.#lookedAt.value));

  /** `change` writes settings and says what was done. */
  constructor(settings: ReadonlySignal<Settings>, change: (change: Partial<Settings>, said: string) => Promise<void>) {
    this.#settings = settings;
    this.#change = change;
  }

  /** Follows the time of day for as long as the page is open. */
  watch(): void {
    setInterval(() => {
      this.#lookedAt.value = Date.now();
    }, lookAgainMs);
  }

  /** Calls do not ring from now on. */
  async begin(length: QuietLength | 'forever'): Promise<void> {
    await this.#change(quietOn(length, Date.now()), text('popupDndOn'));
  }

  async end(): Promise<void> {
    await this.#change(quietOff(this.#settings.value, Date.now()), text('popupDndOff'));
  }
}
