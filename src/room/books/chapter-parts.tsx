// What a chapter holds, in its order: text, pictures, sound and film. Each file is shown once every byte of it was checked.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ChapterVersion } from '../../core/room/book.ts';
import { download } from '../../ui/files/download.ts';
import { byteWords } from '../../ui/format/amounts.ts';
import { text } from '../../ui/texts/text.ts';
import type { BooksModel } from './books-model.ts';
import { type ChapterBlob, isText } from './chapter-blob.ts';

interface BlobProps {
  readonly books: BooksModel;
  readonly blob: ChapterBlob;
}

/** What browsers show without running anything of it. */
const kindOf = ({ type }: ChapterBlob): 'picture' | 'sound' | 'film' | 'text' | 'other' => {
  if (type === 'image/svg+xml') return 'other';
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('audio/')) return 'sound';
  return type.startsWith('video/') ? 'film' : type === 'text/plain' ? 'text' : 'other';
};

/** The file, opened as soon as it is here; what is shown of it goes with the page. */
function useOpened(books: BooksModel, blob: ChapterBlob) {
  const opened: Signal<{ readonly url: string; readonly words: string } | 'wrong' | undefined> = useSignal(undefined);
  const isHere = books.states.value.get(blob.hash)?.here === 'whole';
  useEffect(() => {
    if (!isHere) return;
    let url = '';
    let isGone = false;
    const open = async () => {
      const file = await books.open(blob);
      const words = file && isText(blob) ? await file.text() : '';
      if (isGone) return;
      if (file) url = URL.createObjectURL(file);
      opened.value = file ? { url, words } : 'wrong';
    };
    void open();
    return () => {
      isGone = true;
      URL.revokeObjectURL(url);
      opened.value = undefined;
    };
  }, [isHere, blob.hash, books]);
  return opened.value;
}

/** It is not here, or on its way. */
function Elsewhere({ books, blob }: BlobProps) {
  const state = books.states.value.get(blob.hash);
  const isComing = state?.isWanted || state?.here === 'part';
  return (
    <div class="chapter-file">
      <p class="hint">
        <bdi>{blob.name}</bdi> ({byteWords(blob.size)}): {text(isComing ? 'roomFileWanted' : 'roomFileElsewhere')}
      </p>
      {isComing ? null : (
        <button
          type="button"
          class="button small"
          aria-label={text('roomFileFetchOf', blob.name)}
          onClick={() => void books.want(blob)}
        >
          {text('roomFileFetch')}
        </button>
      )}
    </div>
  );
}

function OneBlob({ books, blob }: BlobProps) {
  const opened = useOpened(books, blob);
  if (opened === 'wrong') return <p class="problem">{text('roomChapterFileWrong', blob.name)}</p>;
  if (opened === undefined) return <Elsewhere books={books} blob={blob} />;
  const { url, words } = opened;
  switch (kindOf(blob)) {
    case 'picture':
      return <img class="chapter-picture" src={url} alt={blob.name} />;
    case 'sound':
      // biome-ignore lint/a11y/useMediaCaption: members are asked for a text beside it when they write the chapter.
      return <audio class="chapter-sound" controls src={url} aria-label={blob.name} />;
    case 'film':
      // biome-ignore lint/a11y/useMediaCaption: members are asked for a text beside it when they write the chapter.
      return <video class="chapter-film" controls src={url} aria-label={blob.name} />;
    case 'text':
      return (
        <p class="chapter-words" dir="auto">
          {words}
        </p>
      );
    case 'other':
      return (
        <button
          type="button"
          class="button small"
          aria-label={text('roomFileSaveOf', blob.name)}
          onClick={() => void books.open(blob).then((file) => file && download(blob.name, file))}
        >
          <bdi>{blob.name}</bdi>
        </button>
      );
  }
}

export function ChapterParts({ books, version }: { readonly books: BooksModel; readonly version: ChapterVersion }) {
  return (
    <div class="chapter-parts">
      {version.parts.map(({ text: words, blob }, place) => (
        <div key={place}>
          {words === undefined ? null : (
            <p class="chapter-words" dir="auto">
              {words}
            </p>
          )}
          {blob === undefined ? null : <OneBlob books={books} blob={blob} />}
        </div>
      ))}
    </div>
  );
}
