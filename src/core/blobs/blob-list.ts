// The hashes of a blob's blocks (docs/rooms.md#blobs): whoever has them and the blob's name can check every block as it comes, from whomever, and
// name the one that is not what was put there.
import { type Bytes, concat, equalBytes, fromBase64url, toBase64url } from '../base/bytes.ts';
import type { Sealer } from '../base/ports.ts';
import { blockLength } from '../transfer/file-message.ts';

const hashLength = 32;
/** Of the hashes of a blob's blocks in one word: bytes for 1024 blocks. */
export const maxListLength = 32_768;
const inOneWord = maxListLength / hashLength;

/** What is told of a blob: the hashes of its blocks from block `at` on. */
export interface BlocksWord {
  readonly t: 'blob-blocks';
  readonly tag: string;
  readonly hash: string;
  readonly size: number;
  readonly at: number;
  readonly list: string;
}

/** A blob's name and length, and the hash of each block. */
export class BlobList {
  readonly hash: string;
  readonly size: number;
  readonly #list: Bytes;

  private constructor(hash: string, size: number, list: Bytes) {
    this.hash = hash;
    this.size = size;
    this.#list = list;
  }

  /** @returns undefined unless the list is of this size and hashes to this name. */
  static async read(
    sealer: Pick<Sealer, 'sha256'>,
    hash: string,
    size: number,
    list: Bytes,
  ): Promise<BlobList | undefined> {
    if (list.length !== hashLength * blocksOf(size)) return undefined;
    return toBase64url(await sealer.sha256(list)) === hash ? new BlobList(hash, size, list) : undefined;
  }

  get blocks(): number {
    return blocksOf(this.size);
  }

  /** The hashes of all blocks, one behind the other. */
  get bytes(): Bytes {
    return this.#list.slice();
  }

  /** How many bytes block `at` has. */
  lengthOf(at: number): number {
    return Math.min(blockLength, this.size - at * blockLength);
  }

  /** Whether these bytes are block `at`, as long as it has to be. */
  async isBlock(sealer: Pick<Sealer, 'sha256'>, at: number, bytes: Bytes): Promise<boolean> {
    if (at < 0 || bytes.length !== this.lengthOf(at)) return false;
    return equalBytes(await sealer.sha256(bytes), this.#list.subarray(hashLength * at, hashLength * (at + 1)));
  }

  /** The blocks that are not what was put there. @param block reads one; undefined when it is not there. */
  async wrong(
    sealer: Pick<Sealer, 'sha256'>,
    block: (at: number) => Promise<Bytes | undefined>,
  ): Promise<readonly number[]> {
    const wrong: number[] = [];
    for (let at = 0; at < this.blocks; at++) {
      const bytes = await block(at);
      if (!bytes || !(await this.isBlock(sealer, at, bytes))) wrong.push(at);
    }
    return wrong;
  }

  /** As it is told to somebody who wants the blob. */
  words(tag: string): readonly BlocksWord[] {
    const words: BlocksWord[] = [];
    for (let at = 0; at === 0 || at < this.blocks; at += inOneWord) {
      const list = toBase64url(this.#list.subarray(hashLength * at, hashLength * (at + inOneWord)));
      words.push({ t: 'blob-blocks', tag, hash: this.hash, size: this.size, at, list });
    }
    return words;
  }
}

/** A list that is coming in words. One for each blob that is wanted, of a size that an entry has said. */
export class ComingList {
  readonly #hash: string;
  readonly #size: number;
  readonly #parts: Bytes[] = [];
  #blocks = 0;

  constructor(hash: string, size: number) {
    this.#hash = hash;
    this.#size = size;
  }

  /** @returns the list once it is whole and right, 'wrong' when it cannot become that, undefined while more is to come. */
  async hear(sealer: Pick<Sealer, 'sha256'>, word: BlocksWord): Promise<BlobList | 'wrong' | undefined> {
    const part = fromBase64url(word.list);
    if (!part || word.hash !== this.#hash || word.size !== this.#size || word.at !== this.#blocks) return 'wrong';
    this.#parts.push(part);
    this.#blocks += part.length / hashLength;
    const isWhole = this.#blocks === blocksOf(this.#size);
    if (!isWhole) return part.length === 0 || this.#blocks > blocksOf(this.#size) ? 'wrong' : undefined;
    return (await BlobList.read(sealer, this.#hash, this.#size, concat(...this.#parts))) ?? 'wrong';
  }
}

const blocksOf = (size: number): number => Math.ceil(size / blockLength);
