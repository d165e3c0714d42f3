// A file on its way out: reads it block by block, a little ahead, and remembers the hash of each block. Knows no channel.
import { type Bytes, concat, toBase64url } from '../../core/base/bytes.ts';
import { blockLength } from '../../core/transfer/file-message.ts';
import type { BlockSource } from './file-channel.ts';

/** Blocks that are read at once: for each look into a file the page waits for another process. The next ones are read ahead. */
const blocksAtOnce = 4;

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
    const here = index - (index % blocksAtOnce);
    const next = here + blocksAtOnce;
    for (const held of this.#blocks.keys()) if (held < index || held >= next + blocksAtOnce) this.#blocks.delete(held);
    if (!this.#blocks.has(index)) void this.#fetch(here);
    if (next * blockLength < this.#file.size && !this.#blocks.has(next)) void this.#fetch(next);
    return this.#blocks.get(index);
  }

  /** The hash of everything before `end`. */
  async hashUpTo(end: number): Promise<string> {
    const digests: Bytes[] = [];
    for (let index = 0; index * blockLength < end; index++)
      digests.push(await (this.#digests[index] ?? this.#digest(index, await this.#read(index, 1))));
    return hashOfBlocks(digests);
  }

  /** Some blocks from this one on. */
  async #fetch(first: number): Promise<void> {
    if (this.#reading.has(first)) return;
    this.#reading.add(first);
    try {
      const bytes = await this.#read(first, blocksAtOnce);
      for (let at = 0; at < bytes.length; at += blockLength) {
        const index = first + at / blockLength;
        const block = bytes.subarray(at, at + blockLength);
        if (!this.#digests[index]) void this.#digest(index, block).catch(() => undefined);
        this.#blocks.set(index, block);
      }
      this.#wake();
    } catch {
      this.#onFault();
    } finally {
      this.#reading.delete(first);
    }
  }

  async #read(first: number, count: number): Promise<Bytes> {
    const start = first * blockLength;
    const length = Math.min(count * blockLength, this.#file.size - start);
    const bytes = new Uint8Array(await this.#file.slice(start, start + length).arrayBuffer());
    // A file that became shorter reads as less.
    if (bytes.length !== length) throw new Error('the file has changed');
    return bytes;
  }

  #digest(index: number, block: Bytes): Promise<Bytes> {
    const digest = crypto.subtle.digest('SHA-256', block).then((buffer) => new Uint8Array(buffer));
    this.#digests[index] = digest;
    return digest;
  }
}
