// Where a received file goes, as its transfer sees it: a disk that outlives the page (disk-store.ts), or the memory, for pictures in the chat
// and for pages that keep nothing. Knows no channel.
import { type Bytes, concat } from '../../core/base/bytes.ts';
import { blockLength, type FileFacts } from '../../core/transfer/file-message.ts';
import type { ReceivedNote } from '../../platform/store/received-files.ts';
import { hashOfBlocks } from './file-source.ts';

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
