// Where a chapter is written: its title and text, pictures, sound and film beside it, and where what it says comes from.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Book, ChapterVersion } from '../../core/room/book.ts';
import { byteWords } from '../../ui/format/amounts.ts';
import { text } from '../../ui/texts/text.ts';
import { TextArea, TextField } from '../parts/text-field.tsx';
import { type BooksModel, maxText } from './books-model.ts';
import { type ChapterBlob, isText } from './chapter-blob.ts';
import { maxSource } from './review-dialog.tsx';

const maxTitle = 200;
/** What one chapter may have beside its text. */
const mostFiles = 63;

interface EditorProps {
  readonly books: BooksModel;
  readonly book: Book;
  /** The version that is changed. */
  readonly before?: ChapterVersion;
  readonly onClose: () => void;
}

/** The text of the version before; undefined while a long one is being read, or where it is not here. */
async function wordsOf(books: BooksModel, before: ChapterVersion): Promise<string | undefined> {
  const words: string[] = [];
  for (const { text: some, blob } of before.parts) {
    if (some !== undefined) words.push(some);
    if (!blob || !isText(blob)) continue;
    const file = await books.open(blob);
    if (!file) return undefined;
    words.push(await file.text());
  }
  return words.join('\n\n');
}

interface Attached {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  remove(): void;
}

function Files({ attached, onAdd }: { readonly attached: readonly Attached[]; onAdd(files: readonly File[]): void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      {attached.length === 0 ? null : (
        <ul class="plain-list chapter-attached" aria-label={text('roomChapterFiles')}>
          {attached.map(({ key, name, size, remove }) => (
            <li key={key}>
              <bdi>{name}</bdi> <span class="hint">{byteWords(size)}</span>
              <button
                type="button"
                class="button small"
                aria-label={text('roomChapterFileOutOf', name)}
                onClick={remove}
              >
                {text('roomChapterFileOut')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="actions">
        <button type="button" class="button small" onClick={() => input.current?.click()}>
          {text('roomChapterAddFiles')}
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={text('roomChapterFiles')}
          accept="image/*,audio/*,video/*"
          onChange={({ currentTarget }) => {
            onAdd([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
      </div>
    </>
  );
}

export function ChapterEditor({ books, book, before, onClose }: EditorProps) {
  const title = useSignal(before?.title ?? '');
  const words = useSignal('');
  const source = useSignal(before?.source ?? '');
  const files: Signal<readonly File[]> = useSignal([]);
  const kept: Signal<readonly ChapterBlob[]> = useSignal(
    before?.parts.flatMap(({ blob }) => (blob && !isText(blob) ? [blob] : [])) ?? [],
  );
  const state = useSignal<'reading' | 'ready' | 'unreadable' | 'no-title' | 'empty'>(before ? 'reading' : 'ready');
  const problemId = useId();
  const titleId = useId();
  useEffect(() => {
    document.getElementById(titleId)?.focus();
    if (!before) return;
    void wordsOf(books, before).then((read) => {
      words.value = read ?? '';
      state.value = read === undefined ? 'unreadable' : 'ready';
    });
  }, []);
  const attached: readonly Attached[] = [
    ...kept.value.map((blob) => ({
      ...{ key: blob.hash, name: blob.name, size: blob.size },
      remove: () => {
        kept.value = kept.value.filter((one) => one !== blob);
      },
    })),
    ...files.value.map((file, place) => ({
      ...{ key: `${place} ${file.name}`, name: file.name, size: file.size },
      remove: () => {
        files.value = files.value.filter((one) => one !== file);
      },
    })),
  ];
  const submit = async (event: Event) => {
    event.preventDefault();
    const called = title.value.trim();
    const isEmpty = words.value.trim() === '' && attached.length === 0;
    state.value = called === '' ? 'no-title' : isEmpty ? 'empty' : 'ready';
    if (state.value !== 'ready') return;
    const draft = {
      title: called,
      words: words.value,
      source: source.value.trim(),
      files: files.value,
      kept: kept.value,
    };
    if (await books.writeChapter(book, draft, before)) onClose();
  };
  if (state.value === 'unreadable')
    return (
      <div class="part">
        <p class="problem">{text('roomChapterTextMissing')}</p>
        <div class="actions">
          <button type="button" class="button small" onClick={onClose}>
            {text('roomCancel')}
          </button>
        </div>
      </div>
    );
  const hint =
    state.value === 'no-title' ? 'roomChapterNoTitle' : state.value === 'empty' ? 'roomChapterEmpty' : undefined;
  return (
    <form class="chapter stack" noValidate aria-busy={books.busy.value} onSubmit={(event) => void submit(event)}>
      {hint === undefined ? null : (
        <p class="problem" id={problemId} role="alert">
          {text(hint)}
        </p>
      )}
      <TextField
        id={titleId}
        label={text('roomChapterTitle')}
        typed={title}
        maxLength={maxTitle}
        aria-invalid={state.value === 'no-title'}
      />
      <TextArea label={text('roomChapterText')} typed={words} maxLength={maxText} rows={12} />
      <Files
        attached={attached}
        onAdd={(added) => (files.value = [...files.value, ...added].slice(0, mostFiles - kept.value.length))}
      />
      {attached.length > 0 && words.value.trim() === '' ? <p class="hint">{text('roomChapterTextHint')}</p> : null}
      <TextField label={text('roomSource')} typed={source} maxLength={maxSource} />
      <p class="hint">{text('roomSourceHint')}</p>
      {books.problem.value === undefined ? null : (
        <p class="problem" role="alert">
          {books.problem.value}
        </p>
      )}
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {text('roomCancel')}
        </button>
        <button type="submit" class="button primary" disabled={books.busy.value || state.value === 'reading'}>
          {text('roomChapterWrite')}
        </button>
      </div>
    </form>
  );
}
