// The other devices of a person in a scenario, as platform/store/own-device-store.ts keeps them.
import type { CallElsewhere } from '../../../src/core/call/requests.ts';
import { heardDevice, keptDevices, type OwnDevice } from '../../../src/core/devices/own-device.ts';

export class MemoryDevices {
  /** Calls that they are in, as they have said. */
  callsElsewhere: readonly CallElsewhere[] = [];
  /** The identity came out of its words on this device. */
  readonly mayHaveOthers: boolean;
  kept: readonly OwnDevice[] = [];

  constructor(mayHaveOthers: boolean) {
    this.mayHaveOthers = mayHaveOthers;
  }

  async all(now: number): Promise<readonly OwnDevice[]> {
    return keptDevices(this.kept, now);
  }

  async heard(dev: string, n: number, now: number): Promise<boolean> {
    const known = (await this.all(now)).find((one) => one.dev === dev);
    this.kept = keptDevices([...this.kept.filter((one) => one.dev !== dev), heardDevice(known, dev, n, now)], now);
    return known === undefined;
  }
}
