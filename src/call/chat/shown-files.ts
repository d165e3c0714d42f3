// Transfers as signals for the views, one each, so that a moving bar paints one row. Adds what only the page knows: speed, pictures, what
// was saved.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { FileView } from '../../link/transfer/file-state.ts';
import { SpeedMeter } from '../../link/transfer/speed-meter.ts';
import type { ShownFileState } from './chat-model.ts';

/** A bar that moves is painted this often at most. */
const paintEveryMs = 500;

export class ShownFiles {
  readonly #shown = new Map<
    string,
    { readonly state: Signal<ShownFileState>; readonly meter: SpeedMeter; paintedAt: number }
  >();
  readonly #list: Signal<ReadonlyMap<string, ReadonlySignal<ShownFileState>>>;
  readonly #now: () => number;

  constructor(list: Signal<ReadonlyMap<string, ReadonlySignal<ShownFileState>>>, now: () => number) {
    this.#list = list;
    this.#now = now;
  }

  get(id: string): ShownFileState | undefined {
    return this.#shown.get(id)?.state.value;
  }

  /** @returns what was shown before; undefined for a new one. */
  show(view: FileView): FileView | undefined {
    const { id } = view.facts;
    const shown = this.#shown.get(id);
    if (!shown) {
      const state = signal<ShownFileState>({
        ...view,
        speed: 0,
        pictureUrl: undefined,
        notShown: undefined,
        saved: false,
      });
      this.#shown.set(id, { state, meter: new SpeedMeter(), paintedAt: this.#now() });
      this.#list.value = new Map(this.#list.value).set(id, state);
      return undefined;
    }
    const before = shown.state.value;
    const now = this.#now();
    const isSame = before.state === view.state;
    if (isSame && (before.done === view.done || now - shown.paintedAt < paintEveryMs)) return before;
    shown.paintedAt = now;
    if (view.state !== 'moving') shown.meter.stop();
    const speed = view.state === 'moving' ? shown.meter.add(now, view.done) : 0;
    shown.state.value = { ...before, ...view, speed };
    return before;
  }

  change(id: string, change: Partial<Pick<ShownFileState, 'pictureUrl' | 'notShown' | 'saved'>>): void {
    const shown = this.#shown.get(id);
    if (shown) shown.state.value = { ...shown.state.value, ...change };
  }
}
