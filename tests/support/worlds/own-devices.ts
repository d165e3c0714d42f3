// The own devices over fake ones: what is plugged in, and what was sent of it.
import { vi } from 'vitest';
import { LocalMedia } from '../../../src/call/devices/local-media.ts';
import type { DeviceKind } from '../../../src/call/devices/media-ports.ts';
import { FakeMediaDevices } from '../doubles/fake-media-devices.ts';

export const nothingChosen = { microphoneId: '', cameraId: '', speakerId: '' };
export const both = { microphone: true, camera: true, chosen: nothingChosen };

export function setUp(
  plugged: { readonly microphones?: readonly string[]; readonly cameras?: readonly string[] } = {},
) {
  const fake = new FakeMediaDevices();
  for (const id of plugged.microphones ?? ['headset']) fake.plugIn('audioinput', id);
  for (const id of plugged.cameras ?? ['webcam']) fake.plugIn('videoinput', id);
  const sent: Record<DeviceKind, (string | null)[]> = { microphone: [], camera: [] };
  const onChange = vi.fn();
  const media = new LocalMedia({
    onChange,
    onTrackChange: (kind, track) => sent[kind].push(track?.getSettings().deviceId ?? null),
    mediaDevices: fake,
    permissions: fake.permissions,
  });
  return { fake, media, sent, onChange };
}

/** Everything that is under way with the fakes, which answer in microtasks. */
export const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
