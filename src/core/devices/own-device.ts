// The other devices of the person here: each has the same words, and says so itself at an inbox that nobody else can come to
// (docs/protocol.md#own-devices). What contacts say of our devices counts for nothing.
import { clockToleranceMs } from '../base/clock-tolerance.ts';

/** A device that was heard. Moments are ms since the epoch, by the clock here. */
export interface OwnDevice {
  /** Its 8 bytes, base64url. */
  readonly dev: string;
  /** As the person here calls it. */
  readonly name?: string;
  readonly firstAt: number;
  readonly seenAt: number;
  /** The greatest number that it has counted to. */
  readonly n: number;
}

/** So many are kept, those that were heard last, and none that was silent for so long. */
const mostDevices = 16;
const forgottenMs = 90 * 86_400_000;

/** Those that are kept, the one heard last first. */
export function keptDevices(devices: readonly OwnDevice[], now: number): readonly OwnDevice[] {
  return devices
    .filter(({ seenAt }) => now - seenAt < forgottenMs)
    .sort((a, b) => b.seenAt - a.seenAt)
    .slice(0, mostDevices);
}

/** What becomes of it once it was heard. @param known as it is kept, if it is. */
export function heardDevice(known: OwnDevice | undefined, dev: string, n: number, now: number): OwnDevice {
  return { ...known, dev, firstAt: known?.firstAt ?? now, seenAt: now, n: Math.max(n, known?.n ?? 0) };
}

/** Words of one device that may overtake each other. */
const width = 256;

/**
 * Lets each word of a device count once. They are numbered by the time in ms, so that what was heard before this background began, or is older
 * than two hours, is known without being kept.
 */
export class DeviceCounters {
  readonly #floors: Map<string, number>;
  readonly #seen = new Map<string, Set<number>>();

  constructor(known: readonly Pick<OwnDevice, 'dev' | 'n'>[]) {
    this.#floors = new Map(known.map(({ dev, n }) => [dev, n]));
  }

  /** @param now by the clock here, from which theirs may differ by two hours. */
  isNew({ dev, n, ts }: { readonly dev: string; readonly n: number; readonly ts: number }, now: number): boolean {
    if (Math.abs(ts - now) > clockToleranceMs || Math.abs(n - now) > clockToleranceMs) return false;
    const seen = this.#seen.get(dev) ?? new Set<number>();
    if (n <= (this.#floors.get(dev) ?? 0) || seen.has(n)) return false;
    seen.add(n);
    this.#seen.set(dev, seen);
    if (seen.size > width) {
      const lowest = Math.min(...seen);
      seen.delete(lowest);
      this.#floors.set(dev, lowest);
    }
    return true;
  }
}
