// One chapter to read: who has written it and when, its source, what others think of this version, and the check of every byte.
import { useSignal } from '@preact/signals';
import type { Book, ChapterVersion, Review } from '../../core/room/book.ts';
import { byteWords } from '../../ui/format/amounts.ts';
import { momentWords, wholeMoment } from '../../ui/format/moment.ts';
import { plural, text } from '../../ui/texts/text.ts';
import type { BooksModel, Checked } from './books-model.ts';
import { ChapterEditor } from './chapter-editor.tsx';
import { ChapterParts } from './chapter-parts.tsx';
import { ReviewDialog } from './review-dialog.tsx';

interface VersionProps {
  readonly books: BooksModel;
  readonly version: ChapterVersion;
}

const verdicts = {
  confirmed: 'roomVerdictConfirmed',
  doubtful: 'roomVerdictDoubtful',
  wrong: 'roomVerdictWrong',
} as const;

/** "Confirmed by 3, doubted by 1", of what was not withdrawn. */
function reviewWords(reviews: readonly Review[]): string {
  const count = (verdict: Review['verdict']) =>
    reviews.filter((review) => !review.isWithdrawn && review.verdict === verdict).length;
  const said = [
    [count('confirmed'), 'roomConfirmedBy'],
    [count('doubtful'), 'roomDoubtedBy'],
    [count('wrong'), 'roomCalledWrongBy'],
  ] as const;
  const words = said.flatMap(([many, key]) => (many === 0 ? [] : [plural(key, many)]));
  return words.length === 0 ? text('roomNoReviews') : words.join(' · ');
}

function checkedWords({ bytes, wrong, missing }: Checked): string {
  if (wrong.length > 0) return text('roomChapterWrong', wrong.join(', '));
  return missing.length > 0
    ? text('roomChapterMissing', missing.join(', '))
    : text('roomChapterRight', byteWords(bytes));
}

function OneReview({ books, review }: { readonly books: BooksModel; readonly review: Review }) {
  const { room } = books;
  const { id, author, at, verdict, sure, text: words, source, isWithdrawn } = review;
  return (
    <li class="review">
      <p class="said-head">
        <bdi class="member-name">{room.nameOf(author)}</bdi>
        <span>
          {isWithdrawn ? text('roomWithdrawn') : text('roomReviewSays', text(verdicts[verdict]), String(sure))}
        </span>
        <time class="hint" dateTime={new Date(at).toISOString()} title={wholeMoment(at)}>
          {momentWords(at, Date.now())}
        </time>
      </p>
      {words === '' || isWithdrawn ? null : (
        <p class="said-words" dir="auto">
          {words}
        </p>
      )}
      {source === undefined || isWithdrawn ? null : <p class="hint">{text('roomSourceIs', source)}</p>}
      {author === room.self && !isWithdrawn && room.canWrite.value ? (
        <button type="button" class="button small" onClick={() => void books.withdraw(id)}>
          {text('roomWithdrawReview')}
        </button>
      ) : null}
    </li>
  );
}

function Written({ books, version }: VersionProps) {
  const { author, at, source, isWithdrawn } = version;
  return (
    <>
      <p class="hint">
        {text('roomWrittenBy', books.room.nameOf(author))}{' '}
        <time dateTime={new Date(at).toISOString()} title={wholeMoment(at)}>
          {momentWords(at, Date.now())}
        </time>
      </p>
      {source === undefined ? null : <p class="hint chapter-source">{text('roomSourceIs', source)}</p>}
      {isWithdrawn ? <p class="room-notice">{text('roomChapterWithdrawn')}</p> : null}
    </>
  );
}

interface ChapterProps {
  readonly books: BooksModel;
  readonly book: Book;
  readonly versions: readonly ChapterVersion[];
}

export function ChapterView({ books, book, versions }: ChapterProps) {
  const asked = useSignal<'nothing' | 'review' | 'change'>('nothing');
  const version = versions.at(-1);
  if (!version) return null;
  const { room } = books;
  const close = () => (asked.value = 'nothing');
  const isOwn = version.author === room.self;
  const mayChange = room.canWrite.value && (isOwn || book.author === room.self);
  const checked = books.checked.value.get(version.id);
  const earlier = versions.slice(0, -1).toReversed();
  if (asked.value === 'change') return <ChapterEditor books={books} book={book} before={version} onClose={close} />;
  return (
    <article class="chapter" aria-label={version.title}>
      <h4 dir="auto">{version.title}</h4>
      <Written books={books} version={version} />
      <ChapterParts books={books} version={version} />
      <p class="chapter-verdict">{reviewWords(version.reviews)}</p>
      {checked === undefined ? null : (
        <p class={checked.wrong.length > 0 ? 'problem' : 'hint'} role="status">
          {checkedWords(checked)}
        </p>
      )}
      <div class="file-buttons">
        <button
          type="button"
          class="button small"
          aria-label={text('roomFileCheckOf', version.title)}
          disabled={books.busy.value}
          onClick={() => void books.check(version)}
        >
          {text('roomFileCheck')}
        </button>
        {room.canWrite.value && !isOwn ? (
          <button
            type="button"
            class="button small"
            aria-label={text('roomReviewOf', version.title)}
            onClick={() => (asked.value = 'review')}
          >
            {text('roomReview')}
          </button>
        ) : null}
        {mayChange ? (
          <button
            type="button"
            class="button small"
            aria-label={text('roomChapterChangeOf', version.title)}
            onClick={() => (asked.value = 'change')}
          >
            {text('roomChapterChange')}
          </button>
        ) : null}
        {isOwn && room.canWrite.value && !version.isWithdrawn ? (
          <button
            type="button"
            class="button small"
            aria-label={text('roomWithdrawOf', version.title)}
            onClick={() => void books.withdraw(version.id)}
          >
            {text('roomWithdraw')}
          </button>
        ) : null}
      </div>
      {version.reviews.length === 0 ? null : (
        <ul class="plain-list reviews" aria-label={text('roomReviewsOf', version.title)}>
          {version.reviews.map((review) => (
            <OneReview key={review.id} books={books} review={review} />
          ))}
        </ul>
      )}
      {earlier.length === 0 ? null : (
        <details class="earlier-versions">
          <summary>{plural('roomEarlierVersions', earlier.length)}</summary>
          {earlier.map((one) => (
            <section key={one.id} aria-label={one.title}>
              <Written books={books} version={one} />
              <ChapterParts books={books} version={one} />
              <p class="hint">{reviewWords(one.reviews)}</p>
            </section>
          ))}
        </details>
      )}
      {asked.value === 'review' ? <ReviewDialog books={books} version={version} onClose={close} /> : null}
    </article>
  );
}
