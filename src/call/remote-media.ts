// The other side's sound and picture as one stream for the view.
import type { CallModel } from './call-model.ts';

export class RemoteMedia {
  readonly #stream = new MediaStream();
  readonly #model: CallModel;
  #told = false;

  constructor(model: CallModel) {
    this.#model = model;
  }

  add(track: MediaStreamTrack): void {
    for (const old of this.#stream.getTracks()) if (old.kind === track.kind) this.#stream.removeTrack(old);
    this.#stream.addTrack(track);
    // The view attaches it before anything arrives, so that the first picture finds its place; it shows and sounds only once the
    // link is proven to be theirs.
    this.#model.remoteStream.value = this.#stream;
    // A picture that comes says by itself that the camera is on, sooner than the other side's first word.
    if (track.kind === 'video')
      track.addEventListener('unmute', () => {
        if (!this.#told) this.#model.remoteCameraOn.value = true;
      });
  }

  /** The other side said which of its devices are on. */
  tell(microphoneOn: boolean, cameraOn: boolean): void {
    this.#told = true;
    this.#model.remoteMicrophoneOn.value = microphoneOn;
    this.#model.remoteCameraOn.value = cameraOn;
  }

  get stream(): MediaStream {
    return this.#stream;
  }
}
