// One take: what a MediaRecorder makes of the devices, second by second into the draft on the disk.
import { longestSeconds, type MessageKind } from '../../core/messages/left-message.ts';
import type { DraftFile } from './draft-file.ts';

/** A page that dies loses at most this. */
const sliceMs = 1_000;
const soundBits = 48_000;
const pictureBits = 500_000;
/** Both browsers make it, and both play it. */
const formats: Record<MessageKind, string> = {
  video: 'video/webm;codecs=vp8,opus',
  voice: 'audio/webm;codecs=opus',
};

export interface TakeEvents {
  /** The first of it is there. */
  readonly onBegun: () => void;
  /** The disk does not take it. */
  readonly onFailed: () => void;
}

export class Take {
  readonly #recorder: MediaRecorder;
  readonly #draft: DraftFile;
  readonly #events: TakeEvents;
  #written: Promise<unknown> = Promise.resolve();
  #hasBegun = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Everything of it is on the disk. It ends by itself after the longest time, and when a device goes away. */
  readonly done: Promise<void>;

  /** @throws where the browser does not record such tracks. */
  constructor(kind: MessageKind, stream: MediaStream, draft: DraftFile, events: TakeEvents) {
    this.#draft = draft;
    this.#events = events;
    const recorder = new MediaRecorder(stream, {
      mimeType: formats[kind],
      audioBitsPerSecond: soundBits,
      videoBitsPerSecond: pictureBits,
    });
    this.#recorder = recorder;
    recorder.addEventListener('start', () => this.#begin());
    recorder.addEventListener('dataavailable', ({ data }) => this.#take(data));
    recorder.addEventListener('error', () => this.stop());
    // A recorder goes on as long as one of its tracks does; a message whose picture stands still is none.
    for (const track of stream.getTracks()) track.addEventListener('ended', () => this.stop(), { once: true });
    this.done = new Promise((resolve) => {
      recorder.addEventListener('stop', () => resolve(this.#finish()), { once: true });
    });
    recorder.start(sliceMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    if (this.#recorder.state !== 'inactive') this.#recorder.stop();
  }

  async #finish(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#written;
    await this.#draft.close();
  }

  #begin(): void {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.#timer = setTimeout(() => this.stop(), longestSeconds * 1_000);
    this.#events.onBegun();
  }

  #take(data: Blob): void {
    if (data.size === 0) return;
    this.#begin();
    this.#written = this.#written.then(async () => {
      if (await this.#draft.write(new Uint8Array(await data.arrayBuffer()))) return;
      this.#events.onFailed();
      this.stop();
    });
  }
}
