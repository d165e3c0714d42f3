// A file on its way out: reads it block by block, a little ahead, and remembers the hash of each block. Knows no channel.
import { type Bytes, concat, toBase64url } from '../core/bytes.ts';
import { blockLength } from '../core/file-message.ts';
import type { BlockSource } from './file-channel.ts';

/** Blocks in memory: the one that is sent, and the next. */
const blocksAhead = 2;

/** The hash of a file, or of its beginning, from the hashes of its blocks. */
export async function hashOfBlocks(digests: readonly Uint8Array[]): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', concat(...digests))));
}

export class FileSource implements BlockSource {
  readonly #file: Blob;
  readonly #onFault: () => void;
  readonly #digests: (Promise<Bytes> | undefined)[] = [];
  readonly #blocks = new Map<number, Bytes>();
  readonly #reading = new Set<number>();
  #wake: () => void = () => undefined;

  /** @param onFault the file cannot be read any more. */
  constructor(file: Blob, onFault: () => void) {
    this.#file = file;
    this.#onFault = onFault;
  }

  blockNow(index: number, onReady: () => void): Bytes | undefined {
    this.#wake = onReady;
    for (const held of this.#blocks.keys()) if (held < index || held >= index + blocksAhead) this.#blocks.delete(held);
    for (let next = index; next < index + blocksAhead; next++)
      if (next * blockLength < this.#file.size && !this.#blocks.has(next)) void this.#fetch(next);
    return this.#blocks.get(index);
  }

  /** The hash of everything before `end`. */
  async hashUpTo(end: number): Promise<string> {
    const digests: Bytes[] = [];
    for (let index = 0; index * blockLength < end; index++)
      digests.push(await (this.#digests[index] ?? this.#digest(index, await this.#read(index))));
    return hashOfBlocks(digests);
  }

  async #fetch(index: number): Promise<void> {
    if (this.#reading.has(index)) return;
    this.#reading.add(index);
    try {
      const block = await this.#read(index);
      if (!this.#digests[index]) void this.#digest(index, block).catch(() => undefined);
      this.#blocks.set(index, block);
      this.#wake();
    } catch {
      this.#onFault();
    } finally {
      this.#reading.delete(index);
    }
  }

  async #read(index: number): Promise<Bytes> {
    const start = index * blockLength;
    const block = new Uint8Array(await this.#file.slice(start, start + blockLength).arrayBuffer());
    // A file that became shorter reads as less.
    if (block.length !== Math.min(blockLength, this.#file.size - start)) throw new Error('the file has changed');
    return block;
  }

  #digest(index: number, block: Bytes): Promise<Bytes> {
    const digest = crypto.subtle.digest('SHA-256', block).then((buffer) => new Uint8Array(buffer));
    this.#digests[index] = digest;
    return digest;
  }
}
