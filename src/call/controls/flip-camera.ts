// The other camera, as phones have one on each side.
import type { OwnModel } from '../model/own-model.ts';

/** Whether fingers are what this is used with: a phone or a tablet. */
export const isTouched = (): boolean => matchMedia('(pointer: coarse)').matches;

/** The camera after the one that is used, in the browser's order; undefined where there is no other. */
export function nextCamera({ devices, chosen }: Pick<OwnModel, 'devices' | 'chosen'>): string | undefined {
  const { cameras } = devices.value;
  if (cameras.length < 2) return undefined;
  // What is in use stands there: a picture with an effect does not say of which camera it is.
  return cameras[(cameras.findIndex(({ id }) => id === chosen.value.cameraId) + 1) % cameras.length]?.id;
}
