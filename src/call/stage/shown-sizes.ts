// At which size each participant, and each shared screen, is shown, if at all. The same person may be seen in two places (stage and small
// window): the larger counts. Tells only what changes.
import type { PicturePart } from '../../core/media/shown-size.ts';
import type { ShownSize } from '../model/group-model.ts';

export type ShownPlace = 'stage' | 'mini';

export class ShownSizes {
  readonly #report: (part: PicturePart, id: string, size: ShownSize) => void;
  /** By part and person. */
  readonly #places = new Map<string, Map<ShownPlace, ShownSize>>();
  readonly #told = new Map<string, ShownSize>();

  constructor(report: (part: PicturePart, id: string, size: ShownSize) => void) {
    this.#report = report;
  }

  /** Told of everybody at least once, also of those who are not shown. */
  tell(place: ShownPlace, part: PicturePart, id: string, size: ShownSize): void {
    const key = `${part} ${id}`;
    const places = this.#places.get(key) ?? new Map<ShownPlace, ShownSize>();
    this.#places.set(key, places.set(place, size));
    const largest = [...places.values()].reduce(larger, undefined);
    if (this.#told.has(key) && isSame(this.#told.get(key), largest)) return;
    this.#told.set(key, largest);
    this.#report(part, id, largest);
  }
}

function larger(one: ShownSize, other: ShownSize): ShownSize {
  const area = (size: ShownSize) => (size ? size.width * size.height : 0);
  return area(other) > area(one) ? other : one;
}

function isSame(one: ShownSize, other: ShownSize): boolean {
  return one?.width === other?.width && one?.height === other?.height;
}
