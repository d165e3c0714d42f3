// Blocks of blobs on one link, both ways: what the other side has asked for goes out piece by piece as there is room, what was asked of it is put
// together again. Knows no room and no disk.
import type { Bytes } from '../base/bytes.ts';
import { type BlobPiece, formatBlobPiece, maxPieceLength } from './blob-piece.ts';

/** Blocks that the other side may have asked for at a time; for more it is told that they are not here. */
const mostAsked = 16;

/** One block of a blob. */
interface BlockName {
  readonly tag: string;
  readonly hash: string;
  readonly at: number;
}

export interface BlobLinkParts {
  /** The block, if it is here and what it should be, and the other side may have it. */
  block(name: BlockName): Promise<Bytes | undefined>;
  /** Whether the other side may have this room now. */
  isOpen(tag: string): boolean;
  none(name: BlockName): void;
  send(bytes: Bytes): void;
  hasRoom(): boolean;
}

export class BlobLink {
  readonly #parts: BlobLinkParts;
  readonly #wanted: BlockName[] = [];
  readonly #expected = new Map<string, { readonly bytes: Bytes; filled: number }>();
  #outgoing: { readonly name: BlockName; readonly bytes: Bytes; offset: number } | undefined;
  #isReading = false;
  #isClosed = false;

  constructor(parts: BlobLinkParts) {
    this.#parts = parts;
  }

  /** The other side asks for a block. */
  heardGet({ tag, hash, at }: BlockName): void {
    const name = { tag, hash, at };
    if (this.#wanted.length >= mostAsked) this.#parts.none(name);
    else this.#wanted.push(name);
    this.fill();
  }

  /** Sends while there is room. */
  fill(): void {
    while (this.#outgoing && !this.#isClosed && this.#parts.hasRoom()) {
      const { name, bytes, offset } = this.#outgoing;
      if (!this.#parts.isOpen(name.tag)) {
        this.#outgoing = undefined;
        break;
      }
      const piece = bytes.subarray(offset, offset + maxPieceLength);
      this.#parts.send(formatBlobPiece({ ...name, offset, bytes: piece }));
      this.#outgoing.offset += piece.length;
      if (this.#outgoing.offset >= bytes.length) this.#outgoing = undefined;
    }
    if (!this.#outgoing) void this.#readNext();
  }

  /** From now on this block is expected, from its beginning. @param length of it. */
  expect({ tag, hash, at }: BlockName, length: number): void {
    this.#expected.set(keyOf({ tag, hash, at }), { bytes: new Uint8Array(length), filled: 0 });
  }

  /** It will not come, or is not wanted any more. */
  forget(name: BlockName): void {
    this.#expected.delete(keyOf(name));
  }

  /** @returns the block once it is whole; 'strange' for bytes that nobody has asked for, or that do not go on from those before. */
  heardPiece(piece: BlobPiece): Bytes | 'strange' | undefined {
    const key = keyOf(piece);
    const expected = this.#expected.get(key);
    const { offset, bytes } = piece;
    if (!expected || offset !== expected.filled || offset + bytes.length > expected.bytes.length) return 'strange';
    expected.bytes.set(bytes, offset);
    expected.filled += bytes.length;
    if (expected.filled < expected.bytes.length) return undefined;
    this.#expected.delete(key);
    return expected.bytes;
  }

  close(): void {
    this.#isClosed = true;
    this.#wanted.length = 0;
    this.#expected.clear();
    this.#outgoing = undefined;
  }

  async #readNext(): Promise<void> {
    const name = this.#isReading || this.#isClosed ? undefined : this.#wanted.shift();
    if (!name) return;
    this.#isReading = true;
    const bytes = await this.#parts.block(name).catch(() => undefined);
    this.#isReading = false;
    if (this.#isClosed) return;
    if (bytes && bytes.length > 0) this.#outgoing = { name, bytes, offset: 0 };
    else this.#parts.none(name);
    this.fill();
  }
}

const keyOf = ({ tag, hash, at }: BlockName): string => `${tag} ${hash} ${at}`;
