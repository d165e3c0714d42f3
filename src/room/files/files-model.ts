// The files of a room as this browser has them: what is here, what is on its way, and what a person does about it. What is wanted is written to the
// disk; whichever page of this browser has a link to a member fetches it.
import { type Signal, signal } from '@preact/signals';
import type { RoomFile } from '../../core/room/conversation.ts';
import { NoRoomError } from '../../platform/store/disk-room.ts';
import type { RoomBlobs } from '../../platform/store/room-blobs.ts';
import { download } from '../../ui/files/download.ts';
import { byteWords } from '../../ui/format/amounts.ts';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import { BlobsHere } from '../model/blobs-here.ts';
import type { RoomModel } from '../model/room-model.ts';

/** A file that is being put into the room. */
interface Putting {
  readonly name: string;
  /** Of all its bytes, read twice. */
  readonly share: number;
}

/** As entries may say it. */
const mediaType = /^[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64}$/;
const maxName = 255;

export class FilesModel {
  /** Files of which something on this disk is not what was put there: the numbers of those blocks. */
  readonly wrong: Signal<ReadonlyMap<string, readonly number[]>> = signal(new Map());
  readonly putting: Signal<Putting | undefined> = signal(undefined);
  readonly problem: Signal<string | undefined> = signal(undefined);
  /** What is being checked or opened, by hash. */
  readonly busy: Signal<string | undefined> = signal(undefined);
  readonly #room: RoomModel;
  readonly #blobs: RoomBlobs;
  readonly #here: BlobsHere;

  constructor(room: RoomModel, blobs: RoomBlobs) {
    this.#room = room;
    this.#blobs = blobs;
    this.#here = new BlobsHere(room.id, blobs, () => room.files);
  }

  get states(): BlobsHere['states'] {
    return this.#here.states;
  }

  /** What is here was read for the first time. */
  get hasLooked(): BlobsHere['hasLooked'] {
    return this.#here.hasLooked;
  }

  close(): void {
    this.#here.close();
  }

  /** How many bytes of all these files are here, as far as blocks tell it. */
  get bytesHere(): number {
    const sizes = new Map(this.#room.files.map(({ hash, size }) => [hash, size]));
    let sum = 0;
    for (const [hash, { blocks, of }] of this.states.value)
      sum += of === 0 ? 0 : Math.round(((sizes.get(hash) ?? 0) * blocks) / of);
    return sum;
  }

  /** Puts files of this computer into the room, one after the other. */
  async put(files: readonly File[]): Promise<void> {
    this.problem.value = undefined;
    for (const file of files) {
      const { size } = file;
      const name = file.name.slice(0, maxName) || 'file';
      const type = mediaType.test(file.type) ? file.type : '';
      this.putting.value = { name, share: 0 };
      try {
        const hash = await this.#blobs.put(this.#room.id, file, (done) => {
          this.putting.value = { name, share: size === 0 ? 1 : done / (2 * size) };
        });
        const isWritten = await this.#room.write(() => [{ k: 'file', name, type, size, hash }]);
        if (isWritten) announce(text('roomFilePut', name));
        else await this.#forget(hash);
      } catch (error) {
        this.#fail(error instanceof NoRoomError ? text('roomFileNoRoom', name) : text('roomFileUnreadable', name));
      }
    }
    this.putting.value = undefined;
  }

  /** Fetches it, now or when somebody who has it is met. */
  async want({ hash, name }: RoomFile): Promise<void> {
    await this.#try(name, () => this.#blobs.want(this.#room.id, hash));
  }

  /** It is not wanted any more, or not kept here any more. */
  async drop({ hash, name }: RoomFile): Promise<void> {
    await this.#try(name, () => this.#blobs.remove(this.#room.id, hash));
    this.#isRight(hash);
  }

  /** Hands it to the downloads, once every byte of it was checked. */
  async save(file: RoomFile): Promise<void> {
    const { hash, name, size, type } = file;
    this.busy.value = hash;
    await this.#try(name, async () => {
      const opened = await this.#blobs.open(this.#room.id, hash, size, type);
      if (opened instanceof Blob) download(name, opened, Math.max(60_000, size / 1_000));
      else this.#isWrong(file, opened.wrong);
    });
    this.busy.value = undefined;
  }

  /** Compares every byte that is here with what its author has signed. */
  async check(file: RoomFile): Promise<void> {
    const { hash, name, size } = file;
    this.busy.value = hash;
    await this.#try(name, async () => {
      const wrong = await this.#blobs.wrongBlocks(this.#room.id, hash, size);
      if (!wrong || wrong.length > 0) this.#isWrong(file, wrong ?? []);
      else {
        this.#isRight(hash);
        announce(text('roomFileRight', name, byteWords(size)));
      }
    });
    this.busy.value = undefined;
  }

  /** What is wrong goes, and comes again from a member. */
  async fetchAgain(file: RoomFile): Promise<void> {
    const wrong = this.wrong.value.get(file.hash) ?? [];
    await this.#try(file.name, async () => {
      await this.#blobs.drop(this.#room.id, file.hash, wrong);
      await this.#blobs.want(this.#room.id, file.hash);
      this.#isRight(file.hash);
    });
  }

  /** It is in the room no more: everybody's copy stays until they drop it. */
  async takeAway({ id, hash }: RoomFile): Promise<void> {
    if (await this.#room.write(() => [{ k: 'unfile', of: id }])) await this.#forget(hash);
  }

  /** Nothing names it any more. */
  async #forget(hash: string): Promise<void> {
    const inBooks = this.#room.books.flatMap(({ chapters }) => chapters.flatMap(({ versions }) => versions));
    const isNamed =
      this.#room.files.some((file) => file.hash === hash) ||
      inBooks.some(({ parts }) => parts.some(({ blob }) => blob?.hash === hash));
    if (!isNamed) await this.#blobs.remove(this.#room.id, hash).catch(() => undefined);
  }

  #isWrong({ hash, name }: RoomFile, blocks: readonly number[]): void {
    this.wrong.value = new Map(this.wrong.value).set(hash, blocks);
    announce(text('roomFileWrongSaid', name));
  }

  #isRight(hash: string): void {
    const others = new Map(this.wrong.value);
    others.delete(hash);
    this.wrong.value = others;
  }

  async #try(name: string, run: () => Promise<void>): Promise<void> {
    try {
      this.problem.value = undefined;
      await run();
    } catch {
      this.#fail(text('roomFileUnreadable', name));
    }
  }

  #fail(sentence: string): void {
    this.problem.value = sentence;
  }
}
