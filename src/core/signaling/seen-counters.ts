// Lets each message of a call take effect once, whatever relays double or reorder (docs/protocol.md#signals, docs/hostile-cases.md#e23,
// #e32).

/** Counters seen per sending device. Bounded: a device that counts past the bound is not heard any more. */
export class SeenCounters {
  readonly #seen = new Map<string, Set<number>>();
  readonly #maxPerDevice: number;

  constructor(maxPerDevice = 512) {
    this.#maxPerDevice = maxPerDevice;
  }

  /** True the first time that this device uses this counter. */
  isNew(dev: string, n: number): boolean {
    const ofDevice = this.#seen.get(dev) ?? new Set<number>();
    if (ofDevice.has(n) || ofDevice.size >= this.#maxPerDevice || (!this.#seen.has(dev) && this.#seen.size >= 16))
      return false;
    ofDevice.add(n);
    this.#seen.set(dev, ofDevice);
    return true;
  }
}
