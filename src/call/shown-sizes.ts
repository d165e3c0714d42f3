// At which size each participant is shown, if at all. The same person may be seen in two places (stage and small window): the larger
// counts. Tells only what changes.
import type { ShownSize } from './group-model.ts';

export type ShownPlace = 'stage' | 'mini';

export class ShownSizes {
  readonly #report: (id: string, size: ShownSize) => void;
  readonly #places = new Map<string, Map<ShownPlace, ShownSize>>();
  readonly #told = new Map<string, ShownSize>();

  constructor(report: (id: string, size: ShownSize) => void) {
    this.#report = report;
  }

  /** Told of everybody at least once, also of those who are not shown. */
  tell(place: ShownPlace, id: string, size: ShownSize): void {
    const places = this.#places.get(id) ?? new Map<ShownPlace, ShownSize>();
    this.#places.set(id, places.set(place, size));
    const largest = [...places.values()].reduce(larger, undefined);
    if (this.#told.has(id) && isSame(this.#told.get(id), largest)) return;
    this.#told.set(id, largest);
    this.#report(id, largest);
  }
}

function larger(one: ShownSize, other: ShownSize): ShownSize {
  const area = (size: ShownSize) => (size ? size.width * size.height : 0);
  return area(other) > area(one) ? other : one;
}

function isSame(one: ShownSize, other: ShownSize): boolean {
  return one?.width === other?.width && one?.height === other?.height;
}
