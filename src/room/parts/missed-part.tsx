// What came since this person last looked: decisions and results first, talk last, each with a way to where it stands.
import { CheckCheck } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { enumeration } from '../../ui/format/enumeration.ts';
import { plural, text } from '../../ui/texts/text.ts';
import { resultWords } from '../model/ballot-words.ts';
import type { RoomModel } from '../model/room-model.ts';
import type { PartName } from '../model/room-parts.ts';

/** Of each kind; the rest stands where it belongs. */
const shownOfEach = 3;

interface KindProps {
  readonly title: string;
  readonly count: number;
  readonly show: () => void;
  readonly children: ComponentChildren;
}

function Kind({ title, count, show, children }: KindProps) {
  return (
    <li class="missed-kind">
      <button type="button" class="missed-go" onClick={show}>
        {title}
      </button>
      <ul>{children}</ul>
      {count > shownOfEach ? <p class="hint">{plural('roomMissedMore', count - shownOfEach)}</p> : null}
    </li>
  );
}

export function MissedPart({ room, onShow }: { readonly room: RoomModel; readonly onShow: (part: PartName) => void }) {
  const { decisions, results, ballots, cards, agenda, chapters, notes, files, messages, count } = room.missed.value;
  if (count === 0) return null;
  const first = <Item,>(items: readonly Item[]) => items.slice(0, shownOfEach);
  return (
    <section class="missed" aria-label={text('roomMissed')}>
      <div class="missed-title">
        <h3>{text('roomMissed')}</h3>
        <button type="button" class="button small" onClick={() => void room.readAll()}>
          <CheckCheck aria-hidden="true" size={16} />
          {text('roomReadAll')}
        </button>
      </div>
      <ul class="plain-list">
        {decisions.length === 0 ? null : (
          <Kind
            title={plural('roomMissedDecisions', decisions.length)}
            count={decisions.length}
            show={() => onShow('decisions')}
          >
            {first(decisions).map(({ id, text: words }) => (
              <li key={id} dir="auto">
                {words}
              </li>
            ))}
          </Kind>
        )}
        {results.length === 0 ? null : (
          <Kind
            title={plural('roomMissedResults', results.length)}
            count={results.length}
            show={() => onShow('decisions')}
          >
            {first(results).map((ballot) => (
              <li key={ballot.id}>
                <bdi>{ballot.question}</bdi>: {resultWords(ballot)}
              </li>
            ))}
          </Kind>
        )}
        {ballots.length === 0 ? null : (
          <Kind
            title={plural('roomMissedBallots', ballots.length)}
            count={ballots.length}
            show={() => onShow('decisions')}
          >
            {first(ballots).map(({ id, question }) => (
              <li key={id} dir="auto">
                {question}
              </li>
            ))}
          </Kind>
        )}
        {cards.length === 0 ? null : (
          <Kind title={plural('roomMissedCards', cards.length)} count={cards.length} show={() => onShow('wall')}>
            {first(cards).map(({ id, title }) => (
              <li key={id} dir="auto">
                {title}
              </li>
            ))}
          </Kind>
        )}
        {agenda.length === 0 ? null : (
          <Kind title={plural('roomMissedAgenda', agenda.length)} count={agenda.length} show={() => onShow('agenda')}>
            {first(agenda).map((title) => (
              <li key={title} dir="auto">
                {title}
              </li>
            ))}
          </Kind>
        )}
        {chapters.length === 0 ? null : (
          <Kind
            title={plural('roomMissedChapters', chapters.length)}
            count={chapters.length}
            show={() => onShow('books')}
          >
            {first(chapters).map(({ id, title }) => (
              <li key={id} dir="auto">
                {title}
              </li>
            ))}
          </Kind>
        )}
        {notes.length === 0 ? null : (
          <Kind title={plural('roomMissedNotes', notes.length)} count={notes.length} show={() => onShow('notes')}>
            {first(notes).map(({ id, title, authors }) => (
              <li key={id}>
                <bdi>{title}</bdi> <span class="hint">{enumeration(authors.map((key) => room.nameOf(key)))}</span>
              </li>
            ))}
          </Kind>
        )}
        {files.length === 0 ? null : (
          <Kind title={plural('roomMissedFiles', files.length)} count={files.length} show={() => onShow('files')}>
            {first(files).map(({ id, name }) => (
              <li key={id}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </Kind>
        )}
        {messages.length === 0 ? null : (
          <Kind
            title={plural('roomMissedMessages', messages.length)}
            count={messages.length}
            show={() => onShow('conversation')}
          >
            {first(messages).map(({ id, author, text: words }) => (
              <li key={id} class="missed-words">
                <bdi>{room.nameOf(author)}</bdi>: <bdi>{words}</bdi>
              </li>
            ))}
          </Kind>
        )}
      </ul>
    </section>
  );
}
