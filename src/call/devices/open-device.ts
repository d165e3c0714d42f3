// Opens one microphone or camera. Keeps nothing.
import { type CaptureWish, constraintsFor, deviceLists, failureOf, listOf, type Slot } from './device-slot.ts';
import type { MediaDevicesPort } from './media-ports.ts';

export interface OpenedDevice {
  readonly stream: MediaStream;
  /** Not the one that was wanted. */
  readonly isSubstitute: boolean;
}

/** Opens the chosen device; when that one is gone, whichever the browser takes; when another program has it, any other that works. */
export async function openDevice(
  mediaDevices: MediaDevicesPort,
  slot: Slot,
  picture: CaptureWish,
): Promise<OpenedDevice> {
  const { kind, chosenId } = slot;
  const ask = (deviceId: string) => {
    const constraints = constraintsFor(kind, deviceId, picture);
    return mediaDevices.getUserMedia(kind === 'microphone' ? { audio: constraints } : { video: constraints });
  };
  try {
    return { stream: await ask(chosenId), isSubstitute: false };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === 'missing' && chosenId !== '') return { stream: await ask(''), isSubstitute: true };
    // While another one works, a choice that does not is no reason to go to a third.
    if (failure !== 'in-use' || slot.track !== undefined) throw error;
    const all = await mediaDevices.enumerateDevices().catch((): MediaDeviceInfo[] => []);
    for (const { id } of listOf(slot, deviceLists(all))) {
      const stream = id === '' || id === chosenId ? undefined : await ask(id).catch(() => undefined);
      if (stream) return { stream, isSubstitute: true };
    }
    throw error;
  }
}
