// The camera alone as a stream, for the own preview: the same stream as long as the track is the same.
import type { Slot } from './device-slot.ts';

export class OwnPicture {
  #stream: MediaStream | undefined;

  /** Undefined while there is no picture, and while the browser or the system lets none through. */
  of({ track, state }: Pick<Slot, 'track' | 'state'>): MediaStream | undefined {
    if (state === 'silenced') return undefined;
    if (track === undefined) this.#stream = undefined;
    else if (this.#stream?.getVideoTracks()[0] !== track) this.#stream = new MediaStream([track]);
    return this.#stream;
  }
}
