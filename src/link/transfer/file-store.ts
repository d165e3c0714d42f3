// Where a received file goes, as its transfer sees it: a disk that outlives the page, through a worker, or the memory, for pictures in the
// chat. Knows no channel.
import { type Bytes, concat } from '../../core/base/bytes.ts';
import { blockLength, type FileFacts } from '../../core/transfer/file-message.ts';
import { type LeftFile, leftFrom, type ReceivedNote, receivedBytes } from '../../platform/store/received-files.ts';
import { hashOfBlocks } from './file-source.ts';
import type { StoreAnswer, StoreRequest } from './file-store-worker.ts';

/** Written blocks that are kept for the next ones. */
const maxSpare = 4;

/** Why nothing can be written: there is no room, or the disk does not do as it is told. */
export class StoreError extends Error {
  readonly code: 'no-room' | 'storage';
  constructor(code: 'no-room' | 'storage') {
    super(code);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** Blocks in, in order; rejects with StoreError. What is asked first is done first. */
export interface FileStore {
  /** Makes room, or finds what is there; `fresh` throws that away. @returns where to go on, and the hash of what is before. */
  open(note: ReceivedNote, fresh: boolean): Promise<{ readonly at: number; readonly head: string }>;
  /** Memory for a block that will be written. */
  room(length: number): Bytes;
  /** The block is the store's own from now on. */
  write(id: string, at: number, block: Bytes): Promise<void>;
  hash(id: string): Promise<string>;
  /** Whole and right. */
  keep(id: string): Promise<void>;
  discard(id: string): Promise<void>;
  /** The bytes, for saving and showing. */
  read(facts: FileFacts): Promise<Blob>;
}

/** Files on the disk. The worker begins with the first file that is accepted. */
export class DiskStore implements FileStore {
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: StoreError): void }>();
  /** Blocks that were written: a fresh one for each would cost more than all that is done with it. */
  readonly #spare: Bytes[] = [];
  #worker: Worker | undefined;
  #count = 0;

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
    return receivedBytes(id);
  }

  /** What earlier calls with this participant have left. */
  left(participant: string): Promise<readonly LeftFile[]> {
    return leftFrom(participant);
  }

  #ask<Result>(request: StoreRequest, transferred: Transferable[] = []): Promise<Result> {
    this.#worker ??= this.#start();
    const number = this.#count++;
    const answer = new Promise<Result>((resolve, reject) => {
      this.#waiting.set(number, { resolve: (value) => resolve(value as Result), reject });
    });
    this.#worker.postMessage({ number, request }, transferred);
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

/** Pictures that are shown in the chat: never on the disk, gone with the page. */
export class MemoryStore implements FileStore {
  readonly #files = new Map<string, Bytes[]>();

  async open({ facts }: ReceivedNote, fresh: boolean): Promise<{ readonly at: number; readonly head: string }> {
    const before = this.#files.get(facts.id);
    const blocks = !before || fresh ? [] : before;
    this.#files.set(facts.id, blocks);
    const length = blocks.reduce((sum, block) => sum + block.length, 0);
    return { at: length, head: await this.hash(facts.id) };
  }

  room(length: number): Bytes {
    return new Uint8Array(length);
  }

  async write(id: string, at: number, block: Bytes): Promise<void> {
    const blocks = this.#files.get(id);
    if (!blocks || at !== blocks.length * blockLength) throw new StoreError('storage');
    blocks.push(block);
  }

  async hash(id: string): Promise<string> {
    const blocks = this.#files.get(id) ?? [];
    const digests = await Promise.all(blocks.map((block) => crypto.subtle.digest('SHA-256', block)));
    return hashOfBlocks(digests.map((digest) => new Uint8Array(digest)));
  }

  async keep(): Promise<void> {}

  async discard(id: string): Promise<void> {
    this.#files.delete(id);
  }

  async read({ id, type }: FileFacts): Promise<Blob> {
    return new Blob([concat(...(this.#files.get(id) ?? []))], { type });
  }
}
