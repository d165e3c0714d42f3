// The other devices of the person in the settings: which were heard, what they are called, and asking for them by hand.
import { signal } from '@preact/signals';
import { cleanDisplayName } from '../../core/base/display-name.ts';
import type { OwnDevice } from '../../core/devices/own-device.ts';
import { watchView } from '../../platform/extension/session-view.ts';
import { onStoreChanged } from '../../platform/store/database.ts';
import type { OwnDeviceStore } from '../../platform/store/own-device-store.ts';
import { announce } from '../../ui/live-region.tsx';
import { lookForDevices } from '../../ui/look-for-devices.ts';
import { text } from '../../ui/texts/text.ts';

export class OwnDevicesModel {
  readonly all = signal<readonly OwnDevice[]>([]);
  /** Those that are in a call, as they have said since somebody looked here last. */
  readonly inCall = signal<ReadonlySet<string>>(new Set());
  readonly #store: OwnDeviceStore;

  constructor(store: OwnDeviceStore) {
    this.#store = store;
    void this.#read();
    onStoreChanged((changed) => void (changed === 'ownDevices' && this.#read()));
    watchView('callsElsewhere', (calls) => {
      this.inCall.value = new Set(calls?.map(({ dev }) => dev));
    });
  }

  async #read(): Promise<void> {
    this.all.value = await this.#store.all(Date.now());
  }

  async rename(device: OwnDevice, typed: string): Promise<void> {
    const name = cleanDisplayName(typed);
    if (name === (device.name ?? '')) return;
    await this.#store.rename(device.dev, name);
    await this.#read();
    announce(text('optionsDeviceNamed', deviceName({ ...device, name })));
  }

  async forget(device: OwnDevice): Promise<void> {
    await this.#store.forget(device.dev);
    await this.#read();
    announce(text('optionsDeviceForgotten', deviceName(device)));
  }

  async look(): Promise<void> {
    await lookForDevices(true);
    announce(text('optionsDevicesAsked'));
  }
}

/** What a device is called that has no name yet: it gives none away. */
export function deviceName({ name, dev }: Pick<OwnDevice, 'name' | 'dev'>): string {
  return name || text('optionsDeviceUnnamed', dev.slice(0, 4));
}
