// The two channels of files with one participant: words on one, bytes on the other, so that a pause or a cancel never waits for bytes.
// Sends frames of several files in turn, and no more than the channel and each receiver can take. Knows no disk.

import { WordBudget } from '../../core/base/word-budget.ts';
import {
  blockLength,
  type FileFrame,
  type FileWord,
  fileFrameLimits,
  fileWordLimits,
  formatFileFrame,
  formatFileWord,
  parseFileFrame,
  parseFileWord,
  roomForFrames,
  windowLength,
} from '../../core/transfer/file-message.ts';
import { type ChannelMaker, NegotiatedChannel } from '../connection/negotiated-channel.ts';

/** Bytes of a file in one frame: a part of a block, and with its header below the 256 KiB that every browser takes. */
const frameLength = blockLength / 16;
/** So many bytes wait in the channel at most; below the second, more follow. */
const highMark = 2 * blockLength;
const lowMark = blockLength / 2;

export interface FileChannelEvents {
  readonly now: () => number;
  readonly onWord: (word: FileWord) => void;
  readonly onFrame: (frame: FileFrame) => void;
  readonly onUp: () => void;
  readonly onDown: () => void;
  /** Bytes of this file were handed to the channel. */
  readonly onSent: (id: string, length: number) => void;
}

/** Blocks of a file on its way out. */
export interface BlockSource {
  /** The block with this number when it is in memory; otherwise it is fetched, and `onReady` is called. */
  blockNow(index: number, onReady: () => void): Uint8Array<ArrayBuffer> | undefined;
}

interface Sending {
  readonly source: BlockSource;
  readonly size: number;
  next: number;
  confirmed: number;
}

export class FileChannel {
  readonly #events: FileChannelEvents;
  /** In the order in which they take their turns. */
  readonly #sendings = new Map<string, Sending>();
  #words: NegotiatedChannel | undefined;
  #bytes: NegotiatedChannel | undefined;
  /** A channel copies what it is given. */
  readonly #room = roomForFrames(frameLength);
  readonly #wordBudget = new WordBudget(fileWordLimits);
  readonly #frameBudget = new WordBudget(fileFrameLimits);
  #upCount = 0;

  constructor(events: FileChannelEvents) {
    this.#events = events;
  }

  /** This connection carries the files from now on. Before its first description, so that nothing is negotiated for them. */
  attach(connection: ChannelMaker): void {
    this.#closeChannels();
    const both = { onUp: () => this.#cameUp(), onDown: () => this.#wentDown() };
    this.#words = new NegotiatedChannel(connection, 'files', {
      ...both,
      onMessage: (message) => {
        if (typeof message !== 'string' || !this.#wordBudget.take(this.#events.now(), message.length)) return;
        const word = parseFileWord(message);
        if (word) this.#events.onWord(word);
      },
    });
    this.#bytes = new NegotiatedChannel(
      connection,
      'file-bytes',
      {
        ...both,
        onMessage: (message) => {
          if (typeof message === 'string' || !this.#frameBudget.take(this.#events.now(), message.byteLength)) return;
          const frame = parseFileFrame(message);
          if (frame) this.#events.onFrame(frame);
        },
        onRoom: () => this.#pump(),
      },
      lowMark,
    );
  }

  prove(): void {
    this.#words?.prove();
    this.#bytes?.prove();
  }

  say(word: FileWord): void {
    this.#words?.send(formatFileWord(word));
  }

  /** Sends the file from here on, in turn with others. */
  send(id: string, source: BlockSource, size: number, from: number): void {
    this.#sendings.set(id, { source, size, next: from, confirmed: from });
    this.#pump();
  }

  stop(id: string): void {
    this.#sendings.delete(id);
  }

  /** The receiver has written down so much. */
  confirm(id: string, at: number): void {
    const sending = this.#sendings.get(id);
    if (!sending) return;
    sending.confirmed = at;
    this.#pump();
  }

  close(): void {
    this.#sendings.clear();
    this.#closeChannels();
  }

  #closeChannels(): void {
    const [words, bytes] = [this.#words, this.#bytes];
    this.#words = undefined;
    this.#bytes = undefined;
    words?.close();
    bytes?.close();
  }

  #cameUp(): void {
    this.#upCount += 1;
    if (this.#upCount === 2) this.#events.onUp();
  }

  /** One without the other is of no use. */
  #wentDown(): void {
    const wasUp = this.#upCount === 2;
    this.#upCount -= 1;
    if (!wasUp) return;
    this.#sendings.clear();
    this.#events.onDown();
  }

  /** One frame of each file after the other, until the channel is full or nothing may be sent. */
  #pump(): void {
    let isMoving = true;
    while (isMoving) {
      isMoving = false;
      for (const [id, sending] of [...this.#sendings]) {
        if (!this.#bytes || this.#bytes.waiting >= highMark) return;
        if (this.#sendings.get(id) === sending && this.#sendFrame(id, sending)) isMoving = true;
      }
    }
  }

  #sendFrame(id: string, sending: Sending): boolean {
    const { source, size, next, confirmed } = sending;
    if (next >= size || next - confirmed >= windowLength) return false;
    const index = Math.floor(next / blockLength);
    const block = source.blockNow(index, () => this.#pump());
    if (!block) return false;
    const start = next - index * blockLength;
    const bytes = block.subarray(start, start + frameLength);
    if (!this.#bytes?.send(formatFileFrame({ id, offset: next, bytes }, this.#room))) return false;
    sending.next = next + bytes.length;
    if (sending.next >= size) this.#sendings.delete(id);
    this.#events.onSent(id, bytes.length);
    return true;
  }
}
