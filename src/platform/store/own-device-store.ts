// Keeps which other devices of the person here were heard, and what they are called.
import { heardDevice, keptDevices, type OwnDevice } from '../../core/devices/own-device.ts';
import { type Database, tellStoreChanged } from './database.ts';

export class OwnDeviceStore {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** The one that was heard last first. @param now ms since the epoch. */
  async all(now: number): Promise<readonly OwnDevice[]> {
    return keptDevices(await this.#database.getAll('ownDevices'), now);
  }

  /** @returns whether it was not known before. */
  async heard(dev: string, n: number, now: number): Promise<boolean> {
    const transaction = this.#database.transaction('ownDevices', 'readwrite');
    const all = await transaction.store.getAll();
    const known = keptDevices(all, now).find((one) => one.dev === dev);
    const device = heardDevice(known, dev, n, now);
    await transaction.store.put(device);
    const kept = new Set(keptDevices([...all.filter((one) => one.dev !== dev), device], now).map((one) => one.dev));
    for (const one of all) if (!kept.has(one.dev)) await transaction.store.delete(one.dev);
    await transaction.done;
    tellStoreChanged('ownDevices');
    return known === undefined;
  }

  /** @param name as it was typed, cleaned; '' for none. */
  async rename(dev: string, name: string): Promise<void> {
    const transaction = this.#database.transaction('ownDevices', 'readwrite');
    const device = await transaction.store.get(dev);
    if (device) {
      const { name: _, ...nameless } = device;
      await transaction.store.put(name === '' ? nameless : { ...nameless, name });
    }
    await transaction.done;
    tellStoreChanged('ownDevices');
  }

  /** It comes back when it says something again. */
  async forget(dev: string): Promise<void> {
    await this.#database.delete('ownDevices', dev);
    tellStoreChanged('ownDevices');
  }
}
