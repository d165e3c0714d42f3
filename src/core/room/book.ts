// Books of a room: each chapter has an author, a source and what others think of it, bound to the very version that they have read
// (docs/rooms.md#books). A version is an entry; changing one is a new entry.
import type { BodyOf } from './entry-body.ts';
import { isSaid, type RoomFacts, type Said, Targets } from './room-facts.ts';

export interface Review {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly verdict: 'confirmed' | 'doubtful' | 'wrong';
  /** How sure its author is, from 1 to 10. */
  readonly sure: number;
  readonly text: string;
  readonly source?: string;
  readonly isWithdrawn: boolean;
}

export interface ChapterVersion {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly title: string;
  readonly order: string;
  readonly parts: BodyOf<'chapter'>['parts'];
  readonly source?: string;
  readonly isWithdrawn: boolean;
  /** Of each person the last one. */
  readonly reviews: readonly Review[];
}

interface Chapter {
  /** The first version. */
  readonly id: string;
  /** Oldest first; the last one is the one to read. */
  readonly versions: readonly ChapterVersion[];
}

export interface Book {
  readonly id: string;
  readonly author: string;
  readonly title: string;
  /** In the order in which they are read. */
  readonly chapters: readonly Chapter[];
}

interface Versions {
  readonly book: string;
  readonly chapter: string;
  readonly reviews: Map<string, Review>;
  version: Omit<ChapterVersion, 'reviews'>;
}

/** All books of a room, oldest first. */
export function booksOf({ counted }: RoomFacts): readonly Book[] {
  const books = new Targets<Omit<Book, 'chapters'>>();
  const versions = new Targets<Versions>();
  const reviews = new Targets<Versions>();
  for (const entry of counted) {
    const { id, author } = entry;
    if (isSaid(entry, 'book')) books.set(entry, { id, author, title: entry.body.title });
    else if (isSaid(entry, 'chapter')) addVersion(entry, books, versions);
    else if (isSaid(entry, 'review')) {
      const version = versions.of(entry.body.of, entry);
      if (!version || version.entry.author === author) continue;
      version.value.reviews.delete(author);
      version.value.reviews.set(author, reviewOf(entry));
      reviews.set(entry, version.value);
    } else if (isSaid(entry, 'withdraw')) {
      const version = versions.of(entry.body.of, entry);
      const review = reviews.of(entry.body.of, entry);
      if (version?.entry.author === author) version.value.version = { ...version.value.version, isWithdrawn: true };
      const own = review?.value.reviews.get(author);
      if (own && own.id === entry.body.of) review?.value.reviews.set(author, { ...own, isWithdrawn: true });
    }
  }
  const chapters = chaptersOf(versions.values);
  return books.values.map((book) => ({ ...book, chapters: chapters.get(book.id) ?? [] }));
}

/** A new version is written by the author of the one before, or by the author of the book. */
function addVersion(entry: Said<'chapter'>, books: Targets<Omit<Book, 'chapters'>>, versions: Targets<Versions>): void {
  const { id, author, at, body } = entry;
  const { k: _k, book: named, of, source, ...rest } = body;
  const book = books.of(named, entry);
  const before = versions.of(of, entry);
  if (!book || (of !== undefined && before?.value.book !== named)) return;
  if (before && before.entry.author !== author && book.entry.author !== author) return;
  const version = { id, author, at, ...rest, ...(source === undefined ? {} : { source }), isWithdrawn: false };
  versions.set(entry, { book: named, chapter: before?.value.chapter ?? id, reviews: new Map(), version });
}

function reviewOf({ id, author, at, body }: Said<'review'>): Review {
  const { k: _k, of: _of, source, ...rest } = body;
  return { id, author, at, ...rest, ...(source === undefined ? {} : { source }), isWithdrawn: false };
}

function chaptersOf(all: readonly Versions[]): ReadonlyMap<string, readonly Chapter[]> {
  const chapters = new Map<
    string,
    { readonly book: string; readonly id: string; readonly versions: ChapterVersion[] }
  >();
  for (const { book, chapter, version, reviews } of all) {
    const known = chapters.get(chapter) ?? { book, id: chapter, versions: [] };
    known.versions.push({ ...version, reviews: [...reviews.values()] });
    chapters.set(chapter, known);
  }
  const ofBook = new Map<string, Chapter[]>();
  for (const { book, id, versions } of chapters.values())
    ofBook.set(book, [...(ofBook.get(book) ?? []), { id, versions }]);
  for (const list of ofBook.values()) list.sort(byOrder);
  return ofBook;
}

function byOrder(one: Chapter, other: Chapter): number {
  const [a, b] = [one.versions.at(-1)?.order ?? '', other.versions.at(-1)?.order ?? ''];
  if (a !== b) return a < b ? -1 : 1;
  return one.id < other.id ? -1 : 1;
}
