// What a person does with the books of a room: writes chapters, reads them, reviews them, and has every byte of them checked.
import { type Signal, signal } from '@preact/signals';
import type { Book, ChapterVersion } from '../../core/room/book.ts';
import type { BodyOf } from '../../core/room/entry-body.ts';
import { placeAt } from '../../core/room/reading/board.ts';
import { NoRoomError } from '../../platform/store/disk-room.ts';
import type { RoomBlobs } from '../../platform/store/room-blobs.ts';
import { contactIdOf } from '../../ui/rooms/people-names.ts';
import { text } from '../../ui/texts/text.ts';
import { BlobsHere } from '../model/blobs-here.ts';
import type { RoomModel } from '../model/room-model.ts';
import type { BookPageParts } from './book-page.ts';
import { type ChapterBlob, textType } from './chapter-blob.ts';

type Parts = BodyOf<'chapter'>['parts'];

/** A longer text is kept as a file of its own: an entry has room for this many UTF-16 units. */
const mostInEntry = 9_000;
/** UTF-16 units of one chapter. */
export const maxText = 300_000;

/** A chapter as it is being written. */
export interface Draft {
  readonly title: string;
  readonly words: string;
  readonly source: string;
  /** Of this computer, to be put there with it. */
  readonly files: readonly File[];
  /** Files of the version before that stay. */
  readonly kept: readonly ChapterBlob[];
}

/** What a check has found: how much was compared, and what does not fit or is not here, by name. */
export interface Checked {
  readonly bytes: number;
  readonly wrong: readonly string[];
  readonly missing: readonly string[];
}

export class BooksModel {
  readonly checked: Signal<ReadonlyMap<string, Checked>> = signal(new Map());
  readonly problem: Signal<string | undefined> = signal(undefined);
  readonly busy: Signal<boolean> = signal(false);
  readonly room: RoomModel;
  readonly #blobs: RoomBlobs;
  /** Which files of chapters are here. */
  readonly #here: BlobsHere;

  constructor(room: RoomModel, blobs: RoomBlobs) {
    this.room = room;
    this.#blobs = blobs;
    this.#here = new BlobsHere(room.id, blobs, () => room.books.flatMap(blobsOfBook));
  }

  get states(): BlobsHere['states'] {
    return this.#here.states;
  }

  close(): void {
    this.#here.close();
  }

  addBook(title: string): Promise<boolean> {
    return this.room.write(() => [{ k: 'book', title }]);
  }

  /**
   * Puts a chapter into a book, or another version in the place of one. @param before the version that is changed.
   * @returns whether it is written; else a sentence says why not.
   */
  async writeChapter(book: Book, draft: Draft, before?: ChapterVersion): Promise<boolean> {
    this.busy.value = true;
    this.problem.value = undefined;
    try {
      const words = draft.words.trim();
      const parts: Parts = [
        ...(words === '' ? [] : [await this.#textPart(words)]),
        ...draft.kept.map((blob) => ({ blob })),
        ...(await this.#fileParts(draft.files)),
      ];
      const order = before?.order ?? placeAt(book.chapters.map(lastPlace), book.chapters.length).order;
      const source = draft.source === '' ? {} : { source: draft.source };
      const of = before === undefined ? {} : { of: before.id };
      return await this.room.write(() => [
        { k: 'chapter', book: book.id, ...of, title: draft.title, order, parts, ...source },
      ]);
    } catch (error) {
      this.#fail(text(error instanceof NoRoomError ? 'roomChapterNoRoom' : 'roomChapterUnreadable'));
      return false;
    } finally {
      this.busy.value = false;
    }
  }

  review(of: string, review: Omit<BodyOf<'review'>, 'k' | 'of'>): Promise<boolean> {
    return this.room.write(() => [{ k: 'review', of, ...review }]);
  }

  withdraw(of: string): Promise<boolean> {
    return this.room.write(() => [{ k: 'withdraw', of }]);
  }

  /** Fetches a file of a chapter, now or when somebody who has it is met. */
  async want({ hash }: ChapterBlob): Promise<void> {
    await this.#blobs.want(this.room.id, hash).catch(() => this.#fail(text('roomChapterNoRoom')));
  }

  /** A file of a chapter, once every byte of it was checked; undefined where something of it is wrong or not here. */
  async open({ hash, size, type }: ChapterBlob): Promise<Blob | undefined> {
    const opened = await this.#blobs.open(this.room.id, hash, size, type).catch(() => undefined);
    return opened instanceof Blob ? opened : undefined;
  }

  /** The book as one page that checks itself, without any network. */
  page(book: Book): Promise<Blob | undefined> {
    return this.#saved(async () => (await import('./book-page.ts')).bookPage(this.#partsOf(book)));
  }

  /** The book for reading systems. */
  epub(book: Book): Promise<Blob | undefined> {
    const parts = { ...this.#partsOf(book), now: Date.now() };
    return this.#saved(async () => (await import('./book-epub.ts')).bookEpub(parts));
  }

  /** Names are what the members call themselves: what this person calls them goes nowhere. */
  #partsOf(book: Book): BookPageParts {
    const { graph, id: room } = this.room;
    const members = this.room.people.value?.members;
    const nameOf = (key: string) => members?.get(key)?.name || text('roomSomeone', contactIdOf(key).slice(0, 6));
    return { graph, room, book, nameOf, open: (blob) => this.open(blob) };
  }

  async #saved(make: () => Promise<Blob | undefined>): Promise<Blob | undefined> {
    this.busy.value = true;
    this.problem.value = undefined;
    try {
      return await make();
    } catch {
      this.#fail(text('roomPageFailed'));
      return undefined;
    } finally {
      this.busy.value = false;
    }
  }

  /** Compares every byte of a version with what its author has signed. What is wrong goes, and comes again from a member. */
  async check(version: ChapterVersion): Promise<void> {
    this.busy.value = true;
    const [wrong, missing]: [string[], string[]] = [[], []];
    let bytes = 0;
    for (const { text: words, blob } of version.parts) {
      bytes += new TextEncoder().encode(words ?? '').length;
      if (!blob) continue;
      const { hash, size, name } = blob;
      const bad = await this.#blobs.wrongBlocks(this.room.id, hash, size).catch(() => []);
      const isHere = (await this.#blobs.state(this.room.id, hash, size)).here === 'whole';
      if (!isHere) missing.push(name);
      else if (!bad || bad.length > 0) {
        wrong.push(name);
        await this.#blobs.drop(this.room.id, hash, bad ?? []);
        await this.#blobs.want(this.room.id, hash);
      } else bytes += size;
    }
    this.checked.value = new Map(this.checked.value).set(version.id, { bytes, wrong, missing });
    this.busy.value = false;
  }

  async #textPart(words: string): Promise<Parts[number]> {
    if (words.length <= mostInEntry) return { text: words };
    const file = new Blob([words], { type: textType });
    const hash = await this.#blobs.put(this.room.id, file);
    return { blob: { name: 'text.txt', type: textType, size: file.size, hash } };
  }

  async #fileParts(files: readonly File[]): Promise<Parts> {
    const parts: Parts = [];
    for (const file of files) {
      const hash = await this.#blobs.put(this.room.id, file);
      const type = /^[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64}$/.test(file.type) ? file.type : '';
      parts.push({ blob: { name: file.name.slice(0, 255) || 'file', type, size: file.size, hash } });
    }
    return parts;
  }

  #fail(sentence: string): void {
    this.problem.value = sentence;
  }
}

function blobsOfBook({ chapters }: Book): readonly ChapterBlob[] {
  return chapters.flatMap(({ versions }) => versions.flatMap(({ parts }) => parts.flatMap(({ blob }) => blob ?? [])));
}

const lastPlace = ({ id, versions }: Book['chapters'][number]) => ({ id, order: versions.at(-1)?.order ?? '' });
