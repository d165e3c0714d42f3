// Opens one microphone or camera. Keeps nothing.
import { type CaptureWish, constraintsFor, failureOf, type Slot } from './device-slot.ts';
import type { MediaDevicesPort } from './media-ports.ts';

/** Opens the chosen device; when that one is gone, whichever the browser takes. */
export async function openDevice(
  mediaDevices: MediaDevicesPort,
  { kind, chosenId }: Slot,
  picture: CaptureWish,
): Promise<MediaStream> {
  const ask = (deviceId: string) => {
    const constraints = constraintsFor(kind, deviceId, picture);
    return mediaDevices.getUserMedia(kind === 'microphone' ? { audio: constraints } : { video: constraints });
  };
  try {
    return await ask(chosenId);
  } catch (error) {
    if (chosenId === '' || failureOf(error) !== 'missing') throw error;
    return ask('');
  }
}
