// Puts frames that follow each other together to whole blocks. Knows no transfer and no disk.
import type { Bytes } from '../../core/base/bytes.ts';
import { blockLength } from '../../core/transfer/file-message.ts';

export interface PlacedBlock {
  readonly at: number;
  readonly block: Bytes;
}

export class BlockAssembler {
  readonly #size: number;
  readonly #room: (length: number) => Bytes;
  #block: Bytes | undefined;
  #start = 0;

  /**
   * @param size of the whole file: its last block is shorter.
   * @param room memory for a block.
   */
  constructor(size: number, room: (length: number) => Bytes) {
    this.#size = size;
    this.#room = room;
  }

  /** What came of a block that is not whole is forgotten. */
  reset(): void {
    this.#block = undefined;
  }

  /** @returns the blocks that are whole now. */
  add(offset: number, bytes: Uint8Array): PlacedBlock[] {
    const whole: PlacedBlock[] = [];
    for (let taken = 0; taken < bytes.length; ) {
      const at = offset + taken;
      const start = at - (at % blockLength);
      if (!this.#block || this.#start !== start) {
        this.#block = this.#room(Math.min(blockLength, this.#size - start));
        this.#start = start;
      }
      const part = bytes.subarray(taken, taken + this.#block.length - (at - start));
      this.#block.set(part, at - start);
      taken += part.length;
      if (at - start + part.length < this.#block.length) continue;
      whole.push({ at: start, block: this.#block });
      this.#block = undefined;
    }
    return whole;
  }
}
