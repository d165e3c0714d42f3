// Received files on the disk, through a worker: what came outlives the page for a while. Knows no channel.
import type { Bytes } from '../../core/base/bytes.ts';
import { blockLength, type FileFacts } from '../../core/transfer/file-message.ts';
import {
  type FilePlace,
  type LeftFile,
  leftFrom,
  type ReceivedNote,
  receivedBytes,
} from '../../platform/store/received-files.ts';
import { type FileStore, StoreError } from './file-store.ts';
import type { Asked, StoreAnswer, StoreRequest } from './file-store-worker.ts';

/** Written blocks that are kept for the next ones. */
const maxSpare = 4;

/** Files on the disk. The worker begins with the first file that is accepted. */
export class DiskStore implements FileStore {
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: StoreError): void }>();
  /** Blocks that were written: a fresh one for each would cost more than all that is done with it. */
  readonly #spare: Bytes[] = [];
  readonly #place: FilePlace;
  #worker: Worker | undefined;
  #count = 0;

  constructor(place: FilePlace = 'received-files') {
    this.#place = place;
  }

  open(note: ReceivedNote, fresh: boolean): Promise<{ readonly at: number; readonly head: string }> {
    return this.#ask({ ask: 'open', note, fresh });
  }

  room(length: number): Bytes {
    return (length === blockLength ? this.#spare.pop() : undefined) ?? new Uint8Array(length);
  }

  write(id: string, at: number, block: Bytes): Promise<void> {
    return this.#ask({ ask: 'write', id, at, block }, [block.buffer]);
  }

  hash(id: string): Promise<string> {
    return this.#ask({ ask: 'hash', id });
  }

  keep(id: string): Promise<void> {
    return this.#ask({ ask: 'keep', id });
  }

  discard(id: string): Promise<void> {
    return this.#ask({ ask: 'discard', id });
  }

  read({ id }: FileFacts): Promise<Blob> {
    return receivedBytes(id, this.#place);
  }

  /** What earlier calls with this participant have left. */
  left(participant: string): Promise<readonly LeftFile[]> {
    return leftFrom(participant, this.#place);
  }

  #ask<Result>(request: StoreRequest, transferred: Transferable[] = []): Promise<Result> {
    this.#worker ??= this.#start();
    const number = this.#count++;
    const answer = new Promise<Result>((resolve, reject) => {
      this.#waiting.set(number, { resolve: (value) => resolve(value as Result), reject });
    });
    this.#worker.postMessage({ number, place: this.#place, request } satisfies Asked, transferred);
    return answer;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./file-store-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<StoreAnswer>) => {
      const waiting = this.#waiting.get(data.number);
      this.#waiting.delete(data.number);
      if (data.block && this.#spare.length < maxSpare) this.#spare.push(data.block);
      if (data.failed) waiting?.reject(new StoreError(data.failed));
      else waiting?.resolve(data.result);
    });
    // A worker that does not even start: nothing can be written.
    worker.addEventListener('error', () => {
      for (const { reject } of this.#waiting.values()) reject(new StoreError('storage'));
      this.#waiting.clear();
    });
    return worker;
  }
}
