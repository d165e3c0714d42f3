// Has tracks written anew by a worker.
import type { CopyAnswer, CopyRequest } from './copy-worker.ts';

export class CopyWork {
  readonly #waiting = new Map<number, (done: boolean) => void>();
  #worker: Worker | undefined;
  #count = 0;

  /** @returns false where nothing in it could be shown. */
  copy(request: Omit<CopyRequest, 'number'>): Promise<boolean> {
    const number = this.#count++;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      this.#worker ??= this.#start();
      this.#worker.postMessage({ number, ...request } satisfies CopyRequest);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('./copy-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<CopyAnswer>) => {
      this.#waiting.get(data.number)?.(data.done);
      this.#waiting.delete(data.number);
    });
    worker.addEventListener('error', () => {
      for (const answer of this.#waiting.values()) answer(false);
      this.#waiting.clear();
    });
    return worker;
  }
}
