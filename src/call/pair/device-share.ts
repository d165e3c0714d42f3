// The own devices as one of several calls of a page has them: all send the same, only the first call opens them, and they stop when no
// call needs them any more, which whoever keeps the calls decides.

import type { CallMedia } from '../../core/identity/contact.ts';
import type { CallQuality } from '../../core/media/call-quality.ts';
import type { LocalDevices } from '../devices/local-devices.ts';
import type { MediaState } from '../devices/media-word.ts';
import type { ScreenKind } from '../devices/screen-share.ts';
import type { ChosenDevices } from '../model/call-model.ts';

/** What a call asks of the own devices. */
export type SessionDevices = Pick<
  LocalDevices,
  | 'sent'
  | 'onMedia'
  | 'wish'
  | 'holdPreview'
  | 'releasePreview'
  | 'measureMicrophone'
  | 'stop'
  | 'toggleMicrophone'
  | 'toggleCamera'
  | 'toggleScreen'
  | 'setScreenKind'
  | 'choose'
  | 'chooseQuality'
>;

export interface DeviceShareParts {
  readonly devices: LocalDevices;
  /** The call that the page was opened for: its kind decides whether the camera is opened. */
  readonly isFirst: boolean;
  /** This call needs them no longer. */
  readonly onStop: () => void;
}

export class DeviceShare implements SessionDevices {
  readonly #parts: DeviceShareParts;
  readonly #unlisten = new Set<() => void>();

  constructor(parts: DeviceShareParts) {
    this.#parts = parts;
  }

  get sent(): MediaState {
    return this.#parts.devices.sent;
  }

  onMedia(tell: (media: MediaState) => void): () => void {
    const unlisten = this.#parts.devices.onMedia(tell);
    this.#unlisten.add(unlisten);
    return unlisten;
  }

  wish(media: CallMedia): void {
    if (this.#parts.isFirst) this.#parts.devices.wish(media);
  }

  holdPreview(): void {
    if (this.#parts.isFirst) this.#parts.devices.holdPreview();
  }

  releasePreview(): void {
    if (this.#parts.isFirst) this.#parts.devices.releasePreview();
  }

  measureMicrophone(): void {
    this.#parts.devices.measureMicrophone();
  }

  stop(): void {
    for (const unlisten of this.#unlisten) unlisten();
    this.#unlisten.clear();
    this.#parts.onStop();
  }

  toggleMicrophone(): void {
    this.#parts.devices.toggleMicrophone();
  }

  toggleCamera(): void {
    this.#parts.devices.toggleCamera();
  }

  toggleScreen(): void {
    this.#parts.devices.toggleScreen();
  }

  setScreenKind(kind: ScreenKind): void {
    this.#parts.devices.setScreenKind(kind);
  }

  choose(chosen: Partial<ChosenDevices>): void {
    this.#parts.devices.choose(chosen);
  }

  chooseQuality(quality: CallQuality): void {
    this.#parts.devices.chooseQuality(quality);
  }
}
