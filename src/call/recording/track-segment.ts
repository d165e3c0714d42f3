// One file of a recording: what comes of somebody's microphone and camera, or screen, from one moment to the next in which the tracks change.
// Without a format that it is asked for, Chromium writes encoded pictures down as they came; with any it would encode them again.
import type { Bytes } from '../../core/base/bytes.ts';

/** A page that dies loses at most this. */
const sliceMs = 500;
const soundBits = 48_000;
/** The own picture is not encoded yet; so is everybody's where the browser copies nothing. */
const smallBits = 400_000;
const usualBits = 1_500_000;

export interface SegmentParts {
  readonly tracks: readonly MediaStreamTrack[];
  readonly isOwn: boolean;
  /** Of the own picture: as little as shows who speaks. */
  readonly isSmall: boolean;
  /** Its first moment is there, in this format. */
  readonly onBegun: (mime: string) => void;
  readonly onBytes: (bytes: Bytes) => void;
}

export class TrackSegment {
  readonly #recorder: MediaRecorder;
  readonly #parts: SegmentParts;
  #written = Promise.resolve();
  #hasBegun = false;
  /** Everything of it was given to `onBytes`. */
  readonly done: Promise<void>;

  /** @throws where the browser does not record such tracks. */
  constructor(parts: SegmentParts) {
    this.#parts = parts;
    const recorder = new MediaRecorder(new MediaStream([...parts.tracks]), {
      audioBitsPerSecond: soundBits,
      videoBitsPerSecond: parts.isOwn && parts.isSmall ? smallBits : usualBits,
      ...(parts.isOwn &&
        parts.tracks.some(({ kind }) => kind === 'video') && { mimeType: 'video/webm;codecs=vp8,opus' }),
    });
    this.#recorder = recorder;
    recorder.addEventListener('start', () => this.#begin());
    recorder.addEventListener('dataavailable', ({ data }) => this.#take(data));
    this.done = new Promise((resolve) => {
      recorder.addEventListener('stop', () => resolve(this.#written), { once: true });
    });
    recorder.start(sliceMs);
  }

  /** It goes on by itself as long as one of its tracks does. */
  get isOver(): boolean {
    return this.#recorder.state === 'inactive';
  }

  /** What comes from now on does not belong to it. */
  stop(): void {
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#parts.onBegun(this.#recorder.mimeType);
  }

  #take(data: Blob): void {
    if (data.size === 0) return;
    this.#begin();
    this.#written = this.#written.then(async () => {
      this.#parts.onBytes(new Uint8Array(await data.arrayBuffer()));
    });
  }
}
