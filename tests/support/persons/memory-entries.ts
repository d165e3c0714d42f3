// What is the same on all devices of a person in a scenario: names of things and one value each, kept as platform/store/devices/own-entry-store.ts keeps them.
import {
  type Growth,
  goneSince,
  type KeptEntry,
  lookedEntry,
  mergedEntry,
  textOf,
} from '../../../src/core/devices/kept-entry.ts';

const growth: Growth = { grows: () => false, join: (_, one) => one };

export class MemoryEntries {
  /** What the stores hold. */
  readonly values = new Map<string, string>();
  readonly kept: Map<string, KeptEntry> = new Map();
  readonly #by: string;

  constructor(by: string) {
    this.#by = by;
  }

  async look(now: number): Promise<boolean> {
    let changed = false;
    for (const key of new Set([...this.values.keys(), ...this.kept.keys()])) {
      const value = this.values.get(key);
      const parts = { by: this.#by, at: () => now, isKnown: () => true, grows: growth.grows };
      const looked = lookedEntry(this.kept.get(key), value === undefined ? undefined : { '': value }, parts);
      if (!looked) continue;
      changed = true;
      this.kept.set(key, looked);
    }
    return changed;
  }

  async all(): Promise<ReadonlyMap<string, KeptEntry>> {
    return new Map(this.kept);
  }

  async take(given: readonly { readonly key: string; readonly entry: KeptEntry }[], now: number): Promise<boolean> {
    await this.look(now);
    let changed = false;
    for (const { key, entry } of given) {
      const merged = mergedEntry(this.kept.get(key), entry, growth);
      if (textOf(merged as never) === textOf(this.kept.get(key) as never)) continue;
      changed = true;
      this.kept.set(key, merged);
      if (goneSince(merged) === undefined) this.values.set(key, String(merged['']?.value));
      else this.values.delete(key);
    }
    return changed;
  }
}
