// The blur of the system that a camera belongs to (W3C mediacapture-extensions): it costs nothing here.

type BlurCapabilities = MediaTrackCapabilities & { readonly backgroundBlur?: readonly boolean[] };
type BlurSettings = MediaTrackSettings & { readonly backgroundBlur?: boolean };

/** Firefox has no capabilities of some devices. */
export function hasNativeBlur(raw: MediaStreamTrack): boolean {
  const capabilities: BlurCapabilities = raw.getCapabilities?.() ?? {};
  return capabilities.backgroundBlur?.includes(true) ?? false;
}

/** @returns whether it is now as wanted. Does nothing where the camera has no such thing. */
export async function setNativeBlur(raw: MediaStreamTrack, isOn: boolean): Promise<boolean> {
  if (!hasNativeBlur(raw)) return false;
  const wanted: MediaTrackConstraints & { backgroundBlur: boolean } = { ...raw.getConstraints(), backgroundBlur: isOn };
  await raw.applyConstraints(wanted).catch(() => undefined);
  return (raw.getSettings() as BlurSettings).backgroundBlur === isOn;
}
