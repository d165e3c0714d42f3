// What a person wants of a device, apart from whether it works.
import type { DeviceState } from './own-model.ts';

/** Switched on, even if the browser or the system lets nothing through: that stands in a notice. */
export function isSwitchedOn(state: DeviceState): boolean {
  return state === 'on' || state === 'starting' || state === 'silenced';
}
