// What the browser says of the permission for each kind of device: asked once, then followed.
import type { Slot } from './device-slot.ts';
import type { PermissionsPort } from './media-ports.ts';

export class DevicePermissions {
  readonly #port: PermissionsPort;
  readonly #unwatch: (() => void)[] = [];
  #isStopped = false;

  constructor(port: PermissionsPort) {
    this.#port = port;
  }

  /** @param onAllowed a kind that was refused is allowed now. */
  async watch(slot: Slot, onAllowed: () => void): Promise<void> {
    // A browser without this permission's name simply never tells.
    const permission = await this.#port.query({ name: slot.kind }).catch(() => undefined);
    if (permission === undefined || this.#isStopped || slot.permission !== undefined) return;
    slot.permission = permission;
    const changed = () => {
      if (permission.state === 'granted' && slot.wanted && slot.state === 'denied') onAllowed();
    };
    permission.addEventListener('change', changed);
    this.#unwatch.push(() => permission.removeEventListener('change', changed));
  }

  stop(): void {
    this.#isStopped = true;
    for (const unwatch of this.#unwatch) unwatch();
  }
}
