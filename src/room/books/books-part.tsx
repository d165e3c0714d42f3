// The books of a room: the shelf, and the book that is open on it, chapter by chapter.
import { type Signal, useSignal } from '@preact/signals';
import { BookDown, BookPlus, FileDown } from 'lucide-preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { cleanFileName } from '../../core/base/file-name.ts';
import type { Book } from '../../core/room/book.ts';
import type { RoomBlobs } from '../../platform/store/room-blobs.ts';
import { download } from '../../ui/files/download.ts';
import { plural, text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import { Composer } from '../parts/composer.tsx';
import { BooksModel } from './books-model.ts';
import { ChapterEditor } from './chapter-editor.tsx';
import { ChapterView } from './chapter-view.tsx';

const maxTitle = 200;

function OpenBook({ books, book, onClose }: { readonly books: BooksModel; readonly book: Book; onClose(): void }) {
  const isWriting = useSignal(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever opens a book by keyboard goes on reading there.
  useEffect(() => heading.current?.focus(), []);
  const save = async (end: 'html' | 'epub') => {
    const file = await (end === 'html' ? books.page(book) : books.epub(book));
    if (file) download(cleanFileName(`${book.title}.${end}`), file, Math.max(60_000, file.size / 1_000));
  };
  const canSave = book.chapters.some(({ versions }) => versions.some(({ isWithdrawn }) => !isWithdrawn));
  return (
    <section class="book" aria-label={book.title}>
      <div class="actions">
        <button type="button" class="button small" onClick={onClose}>
          {text('roomBooksAll')}
        </button>
        {canSave ? (
          <>
            <button type="button" class="button small" disabled={books.busy.value} onClick={() => void save('html')}>
              <FileDown aria-hidden="true" size={16} />
              {text('roomPageSave')}
            </button>
            <button type="button" class="button small" disabled={books.busy.value} onClick={() => void save('epub')}>
              <BookDown aria-hidden="true" size={16} />
              {text('roomEpubSave')}
            </button>
          </>
        ) : null}
      </div>
      <h3 ref={heading} tabIndex={-1} dir="auto">
        {book.title}
      </h3>
      <p class="hint">{text('roomBookBy', books.room.nameOf(book.author))}</p>
      {book.chapters.length === 0 ? <p class="hint">{text('roomBookEmpty')}</p> : null}
      {book.chapters.map(({ id, versions }) => (
        <ChapterView key={id} books={books} book={book} versions={versions} />
      ))}
      {isWriting.value ? (
        <ChapterEditor books={books} book={book} onClose={() => (isWriting.value = false)} />
      ) : books.room.canWrite.value ? (
        <div class="actions">
          <button type="button" class="button primary small" onClick={() => (isWriting.value = true)}>
            <BookPlus aria-hidden="true" size={16} />
            {text('roomChapterAdd')}
          </button>
        </div>
      ) : null}
    </section>
  );
}

export function BooksPart({ room, blobs }: { readonly room: RoomModel; readonly blobs: RoomBlobs }) {
  const books = useMemo(() => new BooksModel(room, blobs), [room, blobs]);
  useEffect(() => () => books.close(), [books]);
  const shown: Signal<string | undefined> = useSignal(undefined);
  const all = room.books;
  const book = all.find(({ id }) => id === shown.value);
  if (book) return <OpenBook key={book.id} books={books} book={book} onClose={() => (shown.value = undefined)} />;
  return (
    <div class="part">
      {all.length === 0 ? <p class="hint">{text('roomBooksNone')}</p> : null}
      <ul class="plain-list books" aria-label={text('roomBooks')}>
        {all.map(({ id, title, author, chapters }) => (
          <li key={id} class="shelf-row book-row">
            <button
              type="button"
              class="shelf-open"
              aria-label={text('roomBookOpen', title)}
              onClick={() => (shown.value = id)}
            >
              <bdi class="member-name">{title}</bdi>
            </button>
            <p class="hint">
              {text('roomBookBy', room.nameOf(author))} · {plural('roomChapters', chapters.length)}
            </p>
          </li>
        ))}
      </ul>
      {room.canWrite.value ? (
        <Composer
          label={text('roomBookLabel')}
          send={text('roomBookAdd')}
          most={maxTitle}
          onSend={(title) => books.addBook(title.replace(/\s+/g, ' '))}
        />
      ) : null}
    </div>
  );
}
