// What is being recorded, on its way to the disk.
import { draftHandle } from '../../platform/messages/message-files.ts';
import type { DraftAnswer, DraftRequest } from './draft-worker.ts';

export class DraftFile {
  readonly #worker: Worker;
  readonly #waiting: ((done: boolean) => void)[] = [];

  private constructor() {
    this.#worker = new Worker(new URL('./draft-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<DraftAnswer>) => this.#waiting.shift()?.(data));
    this.#worker.addEventListener('error', () => {
      for (const answer of this.#waiting.splice(0)) answer(false);
    });
  }

  /** @returns undefined where nothing can be written. */
  static async open(m: string): Promise<DraftFile | undefined> {
    const file = new DraftFile();
    const handle = await draftHandle(m).catch(() => undefined);
    if (handle && (await file.#ask({ ask: 'open', handle }))) return file;
    file.#worker.terminate();
    return undefined;
  }

  /** @returns whether it was written. */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    return this.#ask({ ask: 'write', bytes }, [bytes.buffer]);
  }

  async close(): Promise<void> {
    await this.#ask({ ask: 'close' });
    this.#worker.terminate();
  }

  #ask(request: DraftRequest, transferred: Transferable[] = []): Promise<boolean> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#worker.postMessage(request, transferred);
    });
  }
}
