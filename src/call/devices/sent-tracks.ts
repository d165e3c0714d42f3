// What is sent of the own devices: their tracks, or what effects make of them. Tells each change once.
import type { DeviceState } from '../model/own-model.ts';
import type { DeviceKind } from './media-ports.ts';
import type { TrackEffects } from './own-effects.ts';
import { OwnPicture } from './own-picture.ts';

export class SentTracks {
  readonly #effects: TrackEffects;
  readonly #tell: (kind: DeviceKind, track: MediaStreamTrack | null) => void;
  readonly #raw: Partial<Record<DeviceKind, MediaStreamTrack>> = {};
  readonly #sent: Partial<Record<DeviceKind, MediaStreamTrack>> = {};
  readonly #preview = new OwnPicture();

  /** @param onEffect an effect has changed what is sent, after `tell`. */
  constructor(
    effects: TrackEffects,
    tell: ((kind: DeviceKind, track: MediaStreamTrack | null) => void) | undefined,
    onEffect: () => void,
  ) {
    this.#effects = effects;
    this.#tell = tell ?? (() => undefined);
    effects.onChange = (kind) => {
      this.#look(kind);
      onEffect();
    };
  }

  of(kind: DeviceKind): MediaStreamTrack | null {
    return this.#sent[kind] ?? null;
  }

  /** What is sent of the camera, for the own preview: the same stream as long as the track is the same. */
  picture(state: DeviceState): MediaStream | undefined {
    return this.#preview.of({ track: this.#sent.camera, state });
  }

  /** The device gives another track, or none. */
  follow(kind: DeviceKind, raw: MediaStreamTrack | undefined): void {
    if (raw) this.#raw[kind] = raw;
    else delete this.#raw[kind];
    this.#look(kind);
  }

  /** Silences the microphone: the device's track, and what is sent of it. */
  setEnabled(kind: DeviceKind, isEnabled: boolean): void {
    for (const track of [this.#raw[kind], this.#sent[kind]]) if (track) track.enabled = isEnabled;
  }

  #look(kind: DeviceKind): void {
    const raw = this.#raw[kind];
    const track = this.#effects.sent(kind, raw);
    if (this.#sent[kind] === track) return;
    if (track) this.#sent[kind] = track;
    else delete this.#sent[kind];
    if (track && raw) track.enabled = raw.enabled;
    this.#tell(kind, track ?? null);
  }
}
