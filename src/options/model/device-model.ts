// Which cameras, microphones and speakers this page may see. Knows no settings.
import { signal } from '@preact/signals';
import { hasDevices } from '../../ui/abilities/call-abilities.ts';

export type DevicePermissionState = 'unknown' | 'granted' | 'prompt' | 'denied';
export interface Device {
  readonly id: string;
  readonly label: string;
}

export class DeviceModel {
  readonly camera = signal<DevicePermissionState>('unknown');
  readonly microphone = signal<DevicePermissionState>('unknown');
  readonly cameras = signal<readonly Device[]>([]);
  readonly microphones = signal<readonly Device[]>([]);
  readonly speakers = signal<readonly Device[]>([]);

  async refresh(): Promise<void> {
    this.camera.value = await permissionOf('camera');
    this.microphone.value = await permissionOf('microphone');
    const all = hasDevices() ? await navigator.mediaDevices.enumerateDevices() : [];
    const named = (kind: MediaDeviceKind): readonly Device[] =>
      all
        .filter((device) => device.kind === kind && device.deviceId !== '' && device.label !== '')
        .map((device) => ({ id: device.deviceId, label: device.label }));
    this.cameras.value = named('videoinput');
    this.microphones.value = named('audioinput');
    this.speakers.value = named('audiooutput');
  }

  /** Calls back when devices come and go. Returns a function that stops it. */
  watch(): () => void {
    if (!hasDevices()) return () => undefined;
    const onChange = () => void this.refresh();
    navigator.mediaDevices.addEventListener('devicechange', onChange);
    void this.refresh();
    return () => navigator.mediaDevices.removeEventListener('devicechange', onChange);
  }

  /** Firefox shows speakers only one by one, after its own question. */
  get canAskForSpeaker(): boolean {
    return hasDevices() && 'selectAudioOutput' in navigator.mediaDevices;
  }

  async askForSpeaker(): Promise<string | undefined> {
    const devices = navigator.mediaDevices as MediaDevices & { selectAudioOutput?: () => Promise<MediaDeviceInfo> };
    try {
      const device = await devices.selectAudioOutput?.();
      await this.refresh();
      return device?.deviceId;
    } catch {
      return undefined;
    }
  }
}

async function permissionOf(name: 'camera' | 'microphone'): Promise<DevicePermissionState> {
  try {
    return (await navigator.permissions.query({ name: name as PermissionName })).state;
  } catch {
    return 'unknown';
  }
}
