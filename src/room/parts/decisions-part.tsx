// What was decided, apart from the talk, and the votes that are open or were closed.
import { useSignal } from '@preact/signals';
import { Vote } from 'lucide-preact';
import { momentWords, wholeMoment } from '../../ui/format/moment.ts';
import { text } from '../../ui/texts/text.ts';
import { resultWords } from '../model/ballot-words.ts';
import type { RoomModel } from '../model/room-model.ts';
import { BallotView } from './ballot-view.tsx';
import { Composer } from './composer.tsx';
import { maxWords } from './message-list.tsx';
import { NewBallotDialog } from './new-ballot-dialog.tsx';

export function DecisionsPart({ room }: { readonly room: RoomModel }) {
  const isNew = useSignal(false);
  const ballots = room.ballots.value;
  const open = ballots.filter(({ closings }) => closings.length === 0);
  const closed = ballots.filter(({ closings }) => closings.length > 0).toReversed();
  const decisions = room.decisions.toReversed();
  const isWritten = (ballot: string) => decisions.some(({ of }) => of === ballot);
  return (
    <div class="part">
      {room.canWrite.value ? (
        <div class="actions">
          <button type="button" class="button primary small" onClick={() => (isNew.value = true)}>
            <Vote aria-hidden="true" size={16} />
            {text('roomNewVote')}
          </button>
        </div>
      ) : null}
      <h3>{text('roomOpenVotes')}</h3>
      {open.length === 0 ? <p class="hint">{text('roomNoOpenVotes')}</p> : null}
      {open.map((ballot) => (
        <BallotView key={ballot.id} room={room} ballot={ballot} />
      ))}
      <h3>{text('roomDecided')}</h3>
      {decisions.length === 0 ? <p class="hint">{text('roomNothingDecided')}</p> : null}
      <ol class="plain-list decisions">
        {decisions.map(({ id, author, at, text: words }) => (
          <li key={id} class="decision">
            <p class="said-words" dir="auto">
              {words || text('roomNothingToSee')}
            </p>
            <p class="hint">
              <bdi>{room.nameOf(author)}</bdi>,{' '}
              <time dateTime={new Date(at).toISOString()} title={wholeMoment(at)}>
                {momentWords(at, Date.now())}
              </time>
            </p>
          </li>
        ))}
      </ol>
      {room.canWrite.value ? (
        <Composer
          label={text('roomDecideLabel')}
          send={text('roomDecide')}
          most={maxWords}
          onSend={(words) => room.decide(words)}
        />
      ) : null}
      {closed.length === 0 ? null : <h3>{text('roomClosedVotes')}</h3>}
      {closed.map((ballot) => (
        <div key={ballot.id} class="closed-vote">
          <BallotView room={room} ballot={ballot} />
          {room.canWrite.value && !isWritten(ballot.id) ? (
            <button
              type="button"
              class="button small"
              onClick={() => void room.decide(`${ballot.question}: ${resultWords(ballot)}`, ballot.id)}
            >
              {text('roomWriteDown')}
            </button>
          ) : null}
        </div>
      ))}
      {isNew.value ? <NewBallotDialog room={room} onClose={() => (isNew.value = false)} /> : null}
    </div>
  );
}
