// The own microphone and camera: the only place that calls getUserMedia. Each kind lives and fails by itself, so that a call goes on
// with what there is. Knows no WebRTC: a link hears of new tracks by onTrackChange.
import type { CallQuality } from '../../core/media/call-quality.ts';
import type { ShownSize } from '../../core/media/shown-size.ts';
import type { ChosenDevices, DeviceLists, DeviceState, Substitutes } from '../model/call-model.ts';
import { ChosenSpeaker } from './chosen-speaker.ts';
import {
  captureWish,
  constraintsFor,
  deviceLists,
  emptySlot,
  failureOf,
  listOf,
  type Slot,
  substituteOf,
  usedId,
} from './device-slot.ts';
import { type DeviceKind, type MediaDevicesPort, noDevices, type PermissionsPort } from './media-ports.ts';
import { openDevice } from './open-device.ts';
import { watchSource } from './source-mute.ts';

interface Options {
  /** Something that the getters tell has changed. */
  readonly onChange: () => void;
  readonly onTrackChange?: (kind: DeviceKind, track: MediaStreamTrack | null) => void;
  readonly mediaDevices?: MediaDevicesPort;
  readonly permissions?: PermissionsPort;
}

export class LocalMedia {
  readonly #onChange: () => void;
  readonly #onTrackChange: (kind: DeviceKind, track: MediaStreamTrack | null) => void;
  readonly #mediaDevices: MediaDevicesPort;
  readonly #permissions: PermissionsPort;
  readonly #microphone: Slot = emptySlot('microphone');
  readonly #camera: Slot = emptySlot('camera');
  readonly #unwatchPermissions: (() => void)[] = [];
  readonly #speaker = new ChosenSpeaker();
  #quality: CallQuality = 'balanced';
  #mostNeeded: ShownSize | undefined;
  #devices = deviceLists([]);
  #picture: MediaStream | undefined;
  #stopped = false;
  /** Muting keeps the microphone and only silences its track, so that unmuting is instant. */
  #microphoneOn = true;

  constructor(options: Options) {
    this.#onChange = options.onChange;
    this.#onTrackChange = options.onTrackChange ?? (() => undefined);
    this.#mediaDevices = options.mediaDevices ?? navigator.mediaDevices ?? noDevices;
    this.#permissions = options.permissions ?? {
      query: ({ name }) => navigator.permissions.query({ name: name as PermissionName }),
    };
    this.#mediaDevices.addEventListener('devicechange', this.#onDeviceChange);
  }

  get microphone(): DeviceState {
    return this.#microphone.state;
  }

  get camera(): DeviceState {
    return this.#camera.state;
  }

  get microphoneTrack(): MediaStreamTrack | null {
    return this.#microphone.track ?? null;
  }

  get cameraTrack(): MediaStreamTrack | null {
    return this.#camera.track ?? null;
  }

  /** The camera alone, for the own preview: the same stream as long as the track is the same. */
  get picture(): MediaStream | undefined {
    const track = this.#camera.track;
    if (this.#camera.state === 'silenced') return undefined;
    if (track === undefined) this.#picture = undefined;
    else if (this.#picture?.getVideoTracks()[0] !== track) this.#picture = new MediaStream([track]);
    return this.#picture;
  }

  get devices(): DeviceLists {
    return this.#devices;
  }

  /** What is in use now; where nothing is, what was chosen. */
  get chosen(): ChosenDevices {
    return { microphoneId: usedId(this.#microphone), cameraId: usedId(this.#camera), speakerId: this.#speaker.usedId };
  }

  /** What is used in place of what was chosen, by name. */
  get substitutes(): Substitutes {
    const [microphone, camera] = [this.#microphone, this.#camera].map((slot) => substituteOf(slot, this.#devices));
    const speaker = this.#speaker.substitute;
    return {
      ...(microphone !== undefined && { microphone }),
      ...(camera !== undefined && { camera }),
      ...(speaker !== undefined && { speaker }),
    };
  }

  /** Acquires what is wanted. Resolves when every wanted kind works or has said why not. */
  async start(wanted: { readonly microphone: boolean; readonly camera: boolean; readonly chosen: ChosenDevices }) {
    this.#microphone.chosenId = wanted.chosen.microphoneId;
    this.#camera.chosenId = wanted.chosen.cameraId;
    this.#speaker.chosenId = wanted.chosen.speakerId;
    this.#microphone.wanted = wanted.microphone;
    this.#microphoneOn = wanted.microphone;
    this.#camera.wanted = wanted.camera;
    await Promise.all([this.#watchPermission(this.#microphone), this.#watchPermission(this.#camera)]);
    if (wanted.microphone && wanted.camera) await this.#acquireBoth();
    else if (wanted.microphone) await this.#acquire(this.#microphone);
    else if (wanted.camera) await this.#acquire(this.#camera);
    await this.#refreshDevices();
  }

  async setMicrophoneOn(on: boolean): Promise<void> {
    this.#microphoneOn = on;
    const slot = this.#microphone;
    if (slot.track === undefined) {
      // While it starts, the choice is remembered and applied to the track when it comes.
      if (slot.state === 'starting') return;
      if (on) await this.#turnOn(slot);
      else this.#turnOff(slot);
      return;
    }
    slot.track.enabled = on;
    this.#showWorking(slot);
  }

  /** Off really closes the camera, so that its light goes out. */
  async setCameraOn(on: boolean): Promise<void> {
    if (!on) this.#turnOff(this.#camera);
    else if (this.#camera.track === undefined && this.#camera.state !== 'starting') await this.#turnOn(this.#camera);
  }

  /** Switches while running. When a new device does not work, the old one goes on. */
  async choose(chosen: Partial<ChosenDevices>): Promise<void> {
    if (chosen.speakerId !== undefined) this.#speaker.chosenId = chosen.speakerId;
    await Promise.all([
      this.#switch(this.#microphone, chosen.microphoneId),
      this.#switch(this.#camera, chosen.cameraId),
    ]);
    this.#onChange();
  }

  /** How good a picture is asked of the camera, now and later. A camera that cannot goes on as it does. */
  setQuality(quality: CallQuality): void {
    if (quality === this.#quality) return;
    this.#quality = quality;
    void this.#constrainCamera();
  }

  /** The camera need not give more than this, or may give all again (undefined). Resolves once it has followed. */
  limitCapture(size: ShownSize | undefined): Promise<void> {
    this.#mostNeeded = size;
    return this.#constrainCamera();
  }

  async #constrainCamera(): Promise<void> {
    const constraints = constraintsFor('camera', usedId(this.#camera), captureWish(this.#quality, this.#mostNeeded));
    await this.#camera.track?.applyConstraints(constraints).catch(() => undefined);
  }

  /** Closes every device, for good. */
  stop(): void {
    this.#stopped = true;
    this.#mediaDevices.removeEventListener('devicechange', this.#onDeviceChange);
    for (const unwatch of this.#unwatchPermissions) unwatch();
    this.#turnOff(this.#microphone);
    this.#turnOff(this.#camera);
  }

  async #turnOn(slot: Slot): Promise<void> {
    slot.wanted = true;
    await this.#acquire(slot);
    await this.#refreshDevices();
  }

  #turnOff(slot: Slot): void {
    slot.wanted = false;
    slot.turn++;
    slot.state = 'off';
    slot.isSubstitute = false;
    this.#replaceTrack(slot, undefined);
    this.#onChange();
  }

  async #switch(slot: Slot, deviceId: string | undefined): Promise<void> {
    if (deviceId === undefined || deviceId === slot.chosenId) return;
    const before = slot.chosenId;
    slot.chosenId = deviceId;
    if (!slot.wanted) return;
    const kept = slot.track;
    await this.#acquire(slot);
    if (kept !== undefined && slot.track === kept) slot.chosenId = before;
  }

  /** One question for both kinds, so that the browser asks the person once; then, where that fails, each kind by itself. */
  async #acquireBoth(): Promise<void> {
    const slots = [this.#microphone, this.#camera] as const;
    const turns = slots.map((slot) => this.#begin(slot));
    try {
      const stream = await this.#mediaDevices.getUserMedia({
        audio: constraintsFor('microphone', this.#microphone.chosenId, captureWish(this.#quality, this.#mostNeeded)),
        video: constraintsFor('camera', this.#camera.chosenId, captureWish(this.#quality, this.#mostNeeded)),
      });
      for (const [i, slot] of slots.entries()) this.#adopt(slot, turns[i], stream);
    } catch (error) {
      if (failureOf(error) === 'denied' && this.#wasDismissed()) {
        for (const [i, slot] of slots.entries()) this.#fail(slot, turns[i], 'denied');
        return;
      }
      await Promise.all(slots.map((slot, i) => (slot.turn === turns[i] ? this.#acquire(slot) : undefined)));
    }
  }

  /** The person closed the question for both kinds: asking again, one by one, would only nag. */
  #wasDismissed(): boolean {
    return [this.#microphone, this.#camera].every(({ permission }) => permission?.state === 'prompt');
  }

  /** @param lostId the device that was in use and has ended. */
  async #acquire(slot: Slot, lostId?: string): Promise<void> {
    const turn = this.#begin(slot);
    try {
      const wish = captureWish(this.#quality, this.#mostNeeded);
      const { stream, isSubstitute } = await openDevice(this.#mediaDevices, slot, wish);
      this.#adopt(slot, turn, stream, isSubstitute, lostId);
    } catch (error) {
      this.#fail(slot, turn, failureOf(error));
    }
  }

  #begin(slot: Slot): number {
    slot.turn++;
    if (slot.track === undefined) slot.state = 'starting';
    this.#onChange();
    return slot.turn;
  }

  #adopt(slot: Slot, turn: number | undefined, stream: MediaStream, isSubstitute = false, lostId?: string): void {
    const track = (slot.kind === 'microphone' ? stream.getAudioTracks() : stream.getVideoTracks())[0];
    if (slot.turn !== turn || this.#stopped) {
      track?.stop();
      return;
    }
    if (track === undefined) {
      this.#fail(slot, turn, 'failed');
      return;
    }
    track.enabled = slot.kind === 'camera' || this.#microphoneOn;
    slot.isSilenced = false;
    slot.isSubstitute = isSubstitute || (lostId !== undefined && track.getSettings().deviceId !== lostId);
    track.addEventListener('ended', () => this.#onEnded(slot, track));
    watchSource(track, (isSilenced) => this.#silence(slot, track, isSilenced));
    this.#replaceTrack(slot, track);
    this.#showWorking(slot);
  }

  /** What a device that works is said to be. */
  #showWorking(slot: Slot): void {
    const isOff = slot.kind === 'microphone' && !this.#microphoneOn;
    slot.state = isOff ? 'off' : slot.isSilenced ? 'silenced' : 'on';
    this.#onChange();
  }

  #silence(slot: Slot, track: MediaStreamTrack, isSilenced: boolean): void {
    if (slot.track !== track || slot.isSilenced === isSilenced) return;
    slot.isSilenced = isSilenced;
    this.#showWorking(slot);
  }

  #fail(slot: Slot, turn: number | undefined, state: DeviceState): void {
    // A device that works is not given up because another did not.
    if (slot.turn !== turn || slot.track !== undefined) return;
    slot.state = state;
    this.#onChange();
  }

  #replaceTrack(slot: Slot, track: MediaStreamTrack | undefined): void {
    const before = slot.track;
    if (before === track) return;
    slot.track = track;
    this.#onTrackChange(slot.kind, track ?? null);
    before?.stop();
  }

  /** Unplugged, or the permission taken back: take another device, or say what is wrong. */
  #onEnded(slot: Slot, track: MediaStreamTrack): void {
    if (slot.track !== track) return;
    const lostId = usedId(slot);
    this.#replaceTrack(slot, undefined);
    void this.#acquire(slot, lostId).then(() => this.#refreshDevices());
  }

  readonly #onDeviceChange = (): void => {
    const known = this.#devices;
    void this.#refreshDevices().then(() => {
      for (const slot of [this.#microphone, this.#camera]) this.#useReturned(slot, known);
    });
  };

  /** A device came: use it where there was none, or where it is the chosen one that had been unplugged. */
  #useReturned(slot: Slot, known: DeviceLists): void {
    if (!slot.wanted || slot.state === 'starting' || slot.state === 'denied') return;
    const now = listOf(slot, this.#devices);
    const came = now.filter(({ id }) => !listOf(slot, known).some((one) => one.id === id));
    const chosenCame = slot.chosenId !== '' && came.some(({ id }) => id === slot.chosenId);
    if (slot.track === undefined ? now.length > 0 : chosenCame) void this.#acquire(slot);
  }

  async #refreshDevices(): Promise<void> {
    const all = await this.#mediaDevices.enumerateDevices().catch((): MediaDeviceInfo[] => []);
    if (this.#stopped) return;
    this.#devices = deviceLists(all);
    this.#speaker.listed = this.#devices.speakers;
    this.#onChange();
  }

  async #watchPermission(slot: Slot): Promise<void> {
    // A browser without this permission's name simply never tells.
    const permission = await this.#permissions.query({ name: slot.kind }).catch(() => undefined);
    if (permission === undefined || this.#stopped || slot.permission !== undefined) return;
    slot.permission = permission;
    const retry = () => {
      if (permission.state !== 'granted' || !slot.wanted || slot.state !== 'denied') return;
      void this.#acquire(slot).then(() => this.#refreshDevices());
    };
    permission.addEventListener('change', retry);
    this.#unwatchPermissions.push(() => permission.removeEventListener('change', retry));
  }
}
