// A sender and a receiver of one file, joined by channels that a test delivers, holds and breaks as it likes. The product's two machines
// with bytes in memory; disk and hashing take their time, as they do in a browser.
import { createHash } from 'node:crypto';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import {
  blockLength,
  type FileFacts,
  type FileWord,
  formatFileWord,
  parseFileWord,
  windowLength,
} from '../../../src/core/transfer/file-message.ts';
import {
  hearOffer,
  type Incoming,
  type IncomingEvent,
  stepIncoming,
} from '../../../src/core/transfer/incoming-file.ts';
import {
  confirmedOf,
  type Outgoing,
  type OutgoingEvent,
  offerFile,
  stepOutgoing,
} from '../../../src/core/transfer/outgoing-file.ts';

const frameLength = blockLength / 4;

/** Enough of the bytes to tell two files apart, and cheap. */
function fingerprint(bytes: Uint8Array): string {
  const hash = createHash('sha256').update(String(bytes.length));
  for (let at = 0; at < bytes.length; at += 65_536) hash.update(bytes.subarray(at, at + 8));
  return toBase64url(new Uint8Array(hash.digest()));
}

interface Frame {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export class FilePair {
  readonly source: Uint8Array;
  readonly facts: FileFacts;
  outgoing: Outgoing;
  incoming: Incoming | undefined;
  readonly #disk: Uint8Array;
  #diskLength = 0;
  linked = true;
  /** Bytes that went over the link, repeated ones counted again. */
  carried = 0;
  readonly #toReceiver: string[] = [];
  readonly #toSender: string[] = [];
  readonly #frames: Frame[] = [];
  readonly #senderWork: (() => void)[] = [];
  readonly #receiverWork: (() => void)[] = [];
  #isSending = false;
  #block: Frame[] = [];

  constructor(source: Uint8Array) {
    this.source = source;
    this.#disk = new Uint8Array(source.length);
    this.facts = {
      id: toBase64url(new Uint8Array(16).fill(9)),
      name: 'holiday.mov',
      size: source.length,
      type: '',
      modified: 1,
    };
    const step = offerFile(this.facts, false, true);
    this.outgoing = step.file;
    this.#actOut(step.effects);
  }

  /** What the receiver has on its disk. */
  get disk(): Uint8Array {
    return this.#disk.subarray(0, this.#diskLength);
  }

  /** As an earlier page may have left it. */
  putOnDisk(bytes: Uint8Array): void {
    this.#disk.set(bytes);
    this.#diskLength = bytes.length;
  }

  tellSender(event: OutgoingEvent): void {
    const step = stepOutgoing(this.outgoing, event);
    this.outgoing = step.file;
    this.#actOut(step.effects);
  }

  tellReceiver(event: IncomingEvent): void {
    if (!this.incoming) return;
    const step = stepIncoming(this.incoming, event);
    this.incoming = step.file;
    this.#actIn(step.effects);
  }

  /** What is under way is lost. */
  breakLink(): void {
    if (!this.linked) return;
    this.linked = false;
    this.#toReceiver.length = 0;
    this.#toSender.length = 0;
    this.#frames.length = 0;
    this.tellSender({ event: 'unlinked' });
    this.tellReceiver({ event: 'unlinked' });
  }

  /** A new link: either side may find out first. */
  joinLink(receiverFirst: boolean): void {
    if (this.linked) return;
    this.linked = true;
    if (receiverFirst) this.tellReceiver({ event: 'linked' });
    this.tellSender({ event: 'linked' });
    if (!receiverFirst) this.tellReceiver({ event: 'linked' });
  }

  /** Does one of the things that may happen next, the one that `pick` chooses. @returns false when nothing is left to happen. */
  turn(pick: (count: number) => number): boolean {
    const ways: (() => void)[] = [];
    const add = (queue: readonly unknown[], way: () => void): void => {
      if (queue.length > 0) ways.push(way);
    };
    add(this.#toReceiver, () => this.#hearIn(this.#toReceiver.shift() ?? ''));
    add(this.#toSender, () => this.#hearOut(this.#toSender.shift() ?? ''));
    add(this.#frames, () => this.#frameIn(this.#frames.shift()));
    add(this.#senderWork, () => this.#senderWork.shift()?.());
    add(this.#receiverWork, () => this.#receiverWork.shift()?.());
    if (this.#maySend()) ways.push(() => this.#sendFrame());
    ways[pick(ways.length)]?.();
    return ways.length > 0;
  }

  #maySend(): boolean {
    const { state } = this.outgoing;
    return this.#isSending && state.state === 'sending' && state.next - confirmedOf(this.outgoing) < windowLength;
  }

  #sendFrame(): void {
    const { state } = this.outgoing;
    if (state.state !== 'sending') return;
    const bytes = this.source.subarray(state.next, state.next + frameLength);
    this.#frames.push({ offset: state.next, bytes });
    this.carried += bytes.length;
    this.tellSender({ event: 'sent', length: bytes.length });
  }

  #hearIn(text: string): void {
    const word = parseFileWord(text);
    if (!word) throw new Error(`the receiver does not understand ${text}`);
    if (!this.incoming && word.t === 'offer') this.incoming = hearOffer(this.facts);
    else this.tellReceiver({ event: 'heard', word });
  }

  #hearOut(text: string): void {
    const word = parseFileWord(text);
    if (!word) throw new Error(`the sender does not understand ${text}`);
    this.tellSender({ event: 'heard', word });
  }

  #frameIn(frame: Frame | undefined): void {
    if (!frame) return;
    this.#arriving = frame;
    this.tellReceiver({ event: 'frame', offset: frame.offset, length: frame.bytes.length });
    this.#arriving = undefined;
  }

  #arriving: Frame | undefined;

  #actOut(effects: ReturnType<typeof stepOutgoing>['effects']): void {
    for (const effect of effects) {
      if (effect.effect === 'say') this.#say(this.#toReceiver, effect.word);
      else if (effect.effect === 'send') this.#isSending = true;
      else if (effect.effect === 'stop') this.#isSending = false;
      else if (effect.effect === 'compare') {
        const same = fingerprint(this.source.subarray(0, effect.from)) === effect.head;
        this.#senderWork.push(() => this.tellSender({ event: 'compared', same }));
      } else this.#senderWork.push(() => this.tellSender({ event: 'hashed', hash: fingerprint(this.source) }));
    }
  }

  #actIn(effects: ReturnType<typeof stepIncoming>['effects']): void {
    for (const effect of effects) {
      if (effect.effect === 'say') this.#say(this.#toSender, effect.word);
      else if (effect.effect === 'take') this.#take(effect.skip);
      else if (effect.effect === 'open') {
        this.#block = [];
        this.#receiverWork.push(() => this.#open(effect.fresh));
      } else if (effect.effect === 'check')
        this.#receiverWork.push(() =>
          this.tellReceiver({ event: 'checked', same: fingerprint(this.disk) === effect.hash }),
        );
      else if (effect.effect === 'discard')
        this.#receiverWork.push(() => {
          this.#diskLength = 0;
        });
    }
  }

  #open(fresh: boolean): void {
    if (fresh) this.#diskLength = 0;
    if (this.#diskLength < this.source.length) this.#diskLength -= this.#diskLength % blockLength;
    this.tellReceiver({ event: 'opened', at: this.#diskLength, head: fingerprint(this.disk) });
  }

  /** Whole blocks go to the disk. */
  #take(skip: number): void {
    if (!this.#arriving) throw new Error('a frame is taken that has not come');
    const { offset, bytes } = this.#arriving;
    this.#block.push({ offset: offset + skip, bytes: bytes.slice(skip) });
    const end = offset + bytes.length;
    if (end % blockLength !== 0 && end !== this.source.length) return;
    const parts = this.#block.splice(0);
    this.#receiverWork.push(() => {
      for (const part of parts) {
        if (part.offset !== this.#diskLength)
          throw new Error(`written at ${part.offset}, the file ends at ${this.#diskLength}`);
        this.#disk.set(part.bytes, part.offset);
        this.#diskLength += part.bytes.length;
      }
      this.tellReceiver({ event: 'written', at: end });
    });
  }

  #say(queue: string[], word: FileWord): void {
    if (!this.linked) throw new Error(`${word.t} is said without a link`);
    queue.push(formatFileWord(word));
  }
}
