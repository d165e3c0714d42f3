// The other side's sound and picture as one stream for the view.
import type { CallModel } from './call-model.ts';

export class RemoteMedia {
  readonly #stream = new MediaStream();
  readonly #model: CallModel;
  #shown = false;

  constructor(model: CallModel) {
    this.#model = model;
  }

  add(track: MediaStreamTrack): void {
    for (const old of this.#stream.getTracks()) if (old.kind === track.kind) this.#stream.removeTrack(old);
    this.#stream.addTrack(track);
  }

  /** The link is proven to be theirs: the view may show it. */
  show(): MediaStream {
    if (!this.#shown) this.#model.remoteStream.value = this.#stream;
    this.#shown = true;
    return this.#stream;
  }
}
