// The microphone and the camera of a message: as in calls, with the background that was chosen for them. Where one is wanted and cannot be had,
// nothing of the camera is shown: never the bare room.

import type { OpenEffect } from '../../call/devices/effect-ports.ts';
import { type EffectChoice, effectChoice, isVeiled } from '../../core/media/effects.ts';
import type { MessageKind } from '../../core/messages/left-message.ts';

export interface DeviceChoice extends EffectChoice {
  readonly microphoneId: string;
  readonly cameraId: string;
}

export type DeviceTrouble = 'denied' | 'no-device' | 'in-use';

export class DeviceError extends Error {
  readonly code: DeviceTrouble;
  constructor(code: DeviceTrouble) {
    super(code);
    this.name = 'DeviceError';
    this.code = code;
  }
}

export interface OwnDevices {
  /** What is recorded, as it is now; undefined while a background is being made. */
  readonly stream: MediaStream | undefined;
  /** The background cannot be drawn: the whole picture is blurred. */
  readonly isVeiled: boolean;
  stop(): void;
}

const wishes = (id: string): MediaTrackConstraints => (id === '' ? {} : { deviceId: { ideal: id } });

/** Small enough to be sent in seconds, and large enough for a face. */
const pictureWish = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 24, max: 30 } } as const;
const soundWish = { echoCancellation: true, autoGainControl: true } as const;

function troubleOf(error: unknown): DeviceTrouble {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'no-device' : 'in-use';
}

/** Asks for what the kind needs. @param onChange `stream` is another one. Rejects with a DeviceError. */
export async function openDevices(kind: MessageKind, choice: DeviceChoice, onChange: () => void): Promise<OwnDevices> {
  const raw = await navigator.mediaDevices
    .getUserMedia({
      audio: { ...wishes(choice.microphoneId), ...soundWish, noiseSuppression: choice.noiseSuppression },
      video: kind === 'video' && { ...wishes(choice.cameraId), ...pictureWish },
    })
    .catch((error: unknown) => {
      throw new DeviceError(troubleOf(error));
    });
  return new Devices(raw, effectChoice(choice), onChange);
}

class Devices implements OwnDevices {
  readonly #raw: MediaStream;
  readonly #onChange: () => void;
  #effect: OpenEffect | undefined;
  #isStopped = false;
  isVeiled = false;
  stream: MediaStream | undefined;

  constructor(raw: MediaStream, choice: EffectChoice, onChange: () => void) {
    this.#raw = raw;
    this.#onChange = onChange;
    const [camera] = raw.getVideoTracks();
    if (camera && choice.background !== 'none') void this.#cover(camera, choice).catch(() => this.#veiled(true));
    else this.#show(raw.getTracks());
  }

  stop(): void {
    this.#isStopped = true;
    this.#effect?.stop();
    for (const track of this.#raw.getTracks()) track.stop();
  }

  async #cover(camera: MediaStreamTrack, choice: EffectChoice): Promise<void> {
    const { effectMakers } = await import('../../call/effects/open-effects.ts');
    if (this.#isStopped) return;
    this.#effect = effectMakers.openPicture(camera, choice, false, {
      onTrack: () => this.#look(),
      onState: (state) => this.#veiled(isVeiled(state)),
    });
    this.#look();
  }

  #look(): void {
    const picture = this.#effect?.track;
    if (picture) this.#show([...this.#raw.getAudioTracks(), picture]);
  }

  #veiled(isIt: boolean): void {
    this.isVeiled = isIt;
    this.#onChange();
  }

  #show(tracks: readonly MediaStreamTrack[]): void {
    if (this.#isStopped || tracks.every((track) => this.stream?.getTracks().includes(track))) return;
    this.stream = new MediaStream([...tracks]);
    this.#onChange();
  }
}
