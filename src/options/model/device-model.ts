// Which cameras, microphones and speakers this page may see, and asking for them. Knows no settings.
import { signal } from '@preact/signals';
import { hasDevices } from '../../ui/call-abilities.ts';

export type DevicePermissionState = 'unknown' | 'granted' | 'prompt' | 'denied';
/** What came of asking. */
export type DeviceAnswer = 'allowed' | 'only-microphone' | 'denied' | 'missing' | 'failed';

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

  /** Asks the browser, which asks the person. The devices are let go at once. */
  async ask(): Promise<DeviceAnswer> {
    const both = await tryDevices({ audio: true, video: true });
    const answer: DeviceAnswer =
      both === 'allowed' ? both : (await tryDevices({ audio: true })) === 'allowed' ? 'only-microphone' : both;
    await this.refresh();
    return answer;
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

async function tryDevices(wanted: MediaStreamConstraints): Promise<Exclude<DeviceAnswer, 'only-microphone'>> {
  if (!hasDevices()) return 'missing';
  try {
    const stream = await navigator.mediaDevices.getUserMedia(wanted);
    for (const track of stream.getTracks()) track.stop();
    return 'allowed';
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError') return 'denied';
    return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'failed';
  }
}
