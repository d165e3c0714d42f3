// The own microphone and camera: the only place that calls getUserMedia. Each kind lives and fails by itself, so that a call goes on
// with what there is. Knows no WebRTC: a link hears of new tracks by onTrackChange.
import type { CallQuality } from '../../core/media/call-quality.ts';
import type { ShownSize } from '../../core/media/shown-size.ts';
import type { ChosenDevices, DeviceLists, DeviceState, Substitutes } from '../model/own-model.ts';
import { CameraCapture } from './camera-capture.ts';
import { ChosenSpeaker } from './chosen-speaker.ts';
import { DevicePermissions } from './device-permissions.ts';
import {
  constraintsFor,
  deviceLists,
  emptySlot,
  failureOf,
  isReturned,
  type Slot,
  substitutesOf,
  usedId,
  wasDismissed,
} from './device-slot.ts';
import {
  browserPermissions,
  type DeviceKind,
  type MediaDevicesPort,
  noDevices,
  type PermissionsPort,
} from './media-ports.ts';
import { openDevice } from './open-device.ts';
import { noEffects, type TrackEffects } from './own-effects.ts';
import { SentTracks } from './sent-tracks.ts';
import { watchSource } from './source-mute.ts';

interface Options {
  /** Something that the getters tell has changed. */
  readonly onChange: () => void;
  /** What is sent of a device is another track. */
  readonly onTrackChange?: (kind: DeviceKind, track: MediaStreamTrack | null) => void;
  readonly effects?: TrackEffects;
  readonly mediaDevices?: MediaDevicesPort;
  readonly permissions?: PermissionsPort;
}

export class LocalMedia {
  readonly #onChange: () => void;
  /** What is sent: of the devices, or what effects make of it. */
  readonly sent: SentTracks;
  readonly #mediaDevices: MediaDevicesPort;
  readonly #permissions: DevicePermissions;
  readonly #microphone: Slot = emptySlot('microphone');
  readonly #camera: Slot = emptySlot('camera');
  readonly #speaker = new ChosenSpeaker();
  readonly #capture = new CameraCapture(this.#camera);
  #devices = deviceLists([]);
  #stopped = false;
  /** Muting keeps the microphone and only silences its track, so that unmuting is instant. */
  #microphoneOn = true;

  constructor(options: Options) {
    this.#onChange = options.onChange;
    this.sent = new SentTracks(options.effects ?? noEffects, options.onTrackChange, options.onChange);
    this.#mediaDevices = options.mediaDevices ?? navigator.mediaDevices ?? noDevices;
    this.#permissions = new DevicePermissions(options.permissions ?? browserPermissions);
    this.#mediaDevices.addEventListener('devicechange', this.#onDeviceChange);
  }

  get microphone(): DeviceState {
    return this.#microphone.state;
  }

  get camera(): DeviceState {
    return this.#camera.state;
  }

  /** The microphone itself, for whoever listens whether somebody speaks into it. */
  get microphoneSource(): MediaStreamTrack | null {
    return this.#microphone.track ?? null;
  }

  /** What is sent of the camera, for the own preview: the same stream as long as the track is the same. */
  get picture(): MediaStream | undefined {
    return this.sent.picture(this.#camera.state);
  }

  get devices(): DeviceLists {
    return this.#devices;
  }

  /** What is in use now; where nothing is, what was chosen. */
  get chosen(): ChosenDevices {
    return { microphoneId: usedId(this.#microphone), cameraId: usedId(this.#camera), speakerId: this.#speaker.usedId };
  }

  get substitutes(): Substitutes {
    return substitutesOf(this.#microphone, this.#camera, this.#speaker.substitute, this.#devices);
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
    this.sent.setEnabled('microphone', on);
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
    this.#capture.setQuality(quality);
  }

  /** The camera need not give more than this, or may give all again (undefined). Resolves once it has followed. */
  limitCapture(size: ShownSize | undefined): Promise<void> {
    return this.#capture.limit(size);
  }

  /** Closes every device, for good. */
  stop(): void {
    this.#stopped = true;
    this.#mediaDevices.removeEventListener('devicechange', this.#onDeviceChange);
    this.#permissions.stop();
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
        audio: constraintsFor('microphone', this.#microphone.chosenId, this.#capture.wish),
        video: constraintsFor('camera', this.#camera.chosenId, this.#capture.wish),
      });
      for (const [i, slot] of slots.entries()) this.#adopt(slot, turns[i], stream);
    } catch (error) {
      if (failureOf(error) === 'denied' && slots.every(wasDismissed)) {
        for (const [i, slot] of slots.entries()) this.#fail(slot, turns[i], 'denied');
        return;
      }
      await Promise.all(slots.map((slot, i) => (slot.turn === turns[i] ? this.#acquire(slot) : undefined)));
    }
  }

  /** @param lostId the device that was in use and has ended. */
  async #acquire(slot: Slot, lostId?: string): Promise<void> {
    const turn = this.#begin(slot);
    try {
      const { stream, isSubstitute } = await openDevice(this.#mediaDevices, slot, this.#capture.wish);
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
    this.sent.follow(slot.kind, track);
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
    if (isReturned(slot, known, this.#devices)) void this.#acquire(slot);
  }

  async #refreshDevices(): Promise<void> {
    const all = await this.#mediaDevices.enumerateDevices().catch((): MediaDeviceInfo[] => []);
    if (this.#stopped) return;
    this.#devices = deviceLists(all);
    this.#speaker.listed = this.#devices.speakers;
    this.#onChange();
  }

  #watchPermission(slot: Slot): Promise<void> {
    return this.#permissions.watch(slot, () => void this.#acquire(slot).then(() => this.#refreshDevices()));
  }
}
