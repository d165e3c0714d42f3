// The files of one recording, through the worker that writes them. Everything is written in the order in which it is asked for.
import type { WriterAnswer, WriterRequest } from './writer-worker.ts';

export class RecordingDisk {
  readonly #worker: Worker;
  #closed: () => void = () => undefined;

  /** @param onFailed nothing more can be written. */
  constructor(onFailed: (why: 'disk-full' | 'failed') => void) {
    this.#worker = new Worker(new URL('./writer-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<WriterAnswer>) => {
      if ('failed' in data) onFailed(data.failed);
      else this.#closed();
    });
    this.#worker.addEventListener('error', () => onFailed('failed'));
  }

  ask(request: WriterRequest): void {
    this.#worker.postMessage(request, request.ask === 'write' ? [request.bytes.buffer] : []);
  }

  /** Once everything is written; a worker that does not answer has written what it could. */
  close(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#worker.terminate();
        resolve();
      };
      const timer = setTimeout(end, withinMs);
      this.#closed = end;
      this.ask({ ask: 'close' });
    });
  }
}
