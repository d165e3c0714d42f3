// Cameras, microphones and permissions that a test plugs in, unplugs, occupies and refuses. Stands for navigator.mediaDevices and
// navigator.permissions as LocalMedia sees them.
import type {
  DeviceKind,
  MediaDevicesPort,
  PermissionPort,
  PermissionsPort,
} from '../../../src/call/devices/media-ports.ts';

const inputKinds: Record<DeviceKind, MediaDeviceKind> = { microphone: 'audioinput', camera: 'videoinput' };

interface FakeDevice {
  readonly kind: MediaDeviceKind;
  readonly id: string;
  isInUse: boolean;
}

export class FakeTrack extends EventTarget {
  readonly kind: 'audio' | 'video';
  readonly deviceId: string;
  enabled = true;
  muted = false;
  readyState: MediaStreamTrackState = 'live';
  /** What was asked of it after it was opened. */
  constraints: MediaTrackConstraints | undefined;

  constructor(kind: 'audio' | 'video', deviceId: string) {
    super();
    this.kind = kind;
    this.deviceId = deviceId;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId };
  }

  async applyConstraints(constraints: MediaTrackConstraints): Promise<void> {
    this.constraints = constraints;
  }

  /** As in browsers, a track that its page stops tells nobody. */
  stop(): void {
    this.readyState = 'ended';
  }

  /** The browser or the system lets nothing through, or all again. */
  silence(muted: boolean): void {
    this.muted = muted;
    this.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }

  /** The device went away. */
  end(): void {
    this.readyState = 'ended';
    this.dispatchEvent(new Event('ended'));
  }
}

class FakePermission extends EventTarget implements PermissionPort {
  state: PermissionState = 'granted';
}

export class FakeMediaDevices extends EventTarget implements MediaDevicesPort {
  readonly tracks: FakeTrack[] = [];
  readonly asked: MediaStreamConstraints[] = [];
  readonly #devices: FakeDevice[] = [];
  readonly #permissions: Record<DeviceKind, FakePermission> = {
    microphone: new FakePermission(),
    camera: new FakePermission(),
  };
  #held: Promise<void> = Promise.resolve();

  readonly permissions: PermissionsPort = { query: async ({ name }) => this.#permissions[name] };

  /** Changes what the person allows, and tells it as browsers do. */
  allow(kind: DeviceKind, state: PermissionState): void {
    this.#permissions[kind].state = state;
    this.#permissions[kind].dispatchEvent(new Event('change'));
  }

  plugIn(kind: MediaDeviceKind, id: string): void {
    this.#devices.push({ kind, id, isInUse: false });
    this.dispatchEvent(new Event('devicechange'));
  }

  unplug(id: string): void {
    const at = this.#devices.findIndex((device) => device.id === id);
    this.#devices.splice(at, 1);
    for (const track of this.live()) if (track.deviceId === id) track.end();
    this.dispatchEvent(new Event('devicechange'));
  }

  occupy(id: string, isInUse = true): void {
    for (const device of this.#devices) if (device.id === id) device.isInUse = isInUse;
  }

  /** Until the returned function is called, every question stays unanswered, like a permission prompt that is open. */
  hold(): () => void {
    let release = () => {};
    this.#held = new Promise((resolve) => {
      release = resolve;
    });
    return release;
  }

  live(): FakeTrack[] {
    return this.tracks.filter((track) => track.readyState === 'live');
  }

  async getUserMedia(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints);
    await this.#held;
    const kinds = [constraints.audio ? 'microphone' : '', constraints.video ? 'camera' : ''].filter(isKind);
    // The whole question fails when one of its kinds does.
    const devices = kinds.map((kind) =>
      this.#pick(kind, kind === 'microphone' ? constraints.audio : constraints.video),
    );
    const tracks = devices.map(({ kind, id }) => new FakeTrack(kind === 'audioinput' ? 'audio' : 'video', id));
    this.tracks.push(...tracks);
    const of = (kind: string) => tracks.filter((track) => track.kind === kind);
    return {
      getTracks: () => tracks,
      getAudioTracks: () => of('audio'),
      getVideoTracks: () => of('video'),
    } as unknown as MediaStream;
  }

  async enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return this.#devices.map(({ kind, id }) => ({
      kind,
      deviceId: id,
      label: `The ${id}`,
      groupId: '',
      toJSON: () => ({}),
    }));
  }

  #pick(kind: DeviceKind, demanded: boolean | MediaTrackConstraints | undefined): FakeDevice {
    if (this.#permissions[kind].state !== 'granted') throw new DOMException('refused', 'NotAllowedError');
    const present = this.#devices.filter((device) => device.kind === inputKinds[kind]);
    const id = typeof demanded === 'object' ? demandedId(demanded) : '';
    const device = id === '' ? present[0] : present.find((one) => one.id === id);
    if (!device && present.length > 0) throw new DOMException('no such device', 'OverconstrainedError');
    if (!device) throw new DOMException('none', 'NotFoundError');
    if (device.isInUse) throw new DOMException('busy', 'NotReadableError');
    return device;
  }
}

function isKind(word: string): word is DeviceKind {
  return word === 'microphone' || word === 'camera';
}

/** As Chromium does: { exact } is obeyed, { ideal } is overlooked. */
function demandedId({ deviceId }: MediaTrackConstraints): string {
  return typeof deviceId === 'object' && 'exact' in deviceId && typeof deviceId.exact === 'string'
    ? deviceId.exact
    : '';
}
