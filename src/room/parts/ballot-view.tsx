// One vote: its question, the own voice, how it stands or what came of it, and who has not voted yet. Every voice has a name on it.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Ballot } from '../../core/room/ballot.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { enumeration } from '../../ui/format/enumeration.ts';
import { announce } from '../../ui/live-region.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import { needWords, resultWords, turnoutWords } from '../model/ballot-words.ts';
import type { RoomModel } from '../model/room-model.ts';

/** Names in a sentence; more are only counted. */
const mostNamed = 12;

interface BallotProps {
  readonly room: RoomModel;
  readonly ballot: Ballot;
}

function namesOf(room: RoomModel, people: readonly string[]): string {
  const named = people.slice(0, mostNamed).map((who) => room.nameOf(who));
  const more = people.length - named.length;
  return more > 0 ? plural('roomAndMore', more, named.join(', ')) : enumeration(named);
}

/** How many are for each choice, and who. */
function Counts({ room, ballot }: BallotProps) {
  const count = ballot.closings[0] ?? ballot.now;
  const given = count.sums.reduce((sum, one) => sum + one, 0);
  return (
    <ul class="plain-list ballot-counts">
      {ballot.choices.map((choice, i) => {
        const people = [...count.votes].filter(([, vote]) => vote !== 'contradictory' && vote.choice === i);
        return (
          <li key={i}>
            <p>
              <bdi>{choice}</bdi>: {plural('roomVotes', count.sums[i] ?? 0)}
            </p>
            <progress max={Math.max(1, given)} value={count.sums[i] ?? 0} aria-label={choice} />
            {people.length === 0 ? null : (
              <p class="hint">
                {namesOf(
                  room,
                  people.map(([who]) => who),
                )}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function OwnVote({ room, ballot }: BallotProps) {
  const own = ballot.now.votes.get(room.self);
  const given = own === undefined || own === 'contradictory' ? undefined : own.choice;
  const chosen = useSignal(given);
  const name = useId();
  const submit = async (event: Event) => {
    event.preventDefault();
    const choice = chosen.value;
    if (choice === undefined) return;
    if (await room.vote(ballot.id, choice)) announce(text('roomVoted', ballot.choices[choice] ?? ''));
  };
  return (
    <form class="own-vote" onSubmit={(event) => void submit(event)}>
      {own === 'contradictory' ? <p class="room-notice">{text('roomContradictory')}</p> : null}
      <fieldset class="choice-group">
        <legend>{text('roomYourVote')}</legend>
        <div class="choices">
          {ballot.choices.map((choice, i) => (
            <div key={i} class="choice">
              <input
                type="radio"
                id={`${name}-${i}`}
                name={name}
                checked={chosen.value === i}
                onChange={() => (chosen.value = i)}
              />
              <label for={`${name}-${i}`} dir="auto">
                {choice}
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      <button type="submit" class="button primary small" disabled={chosen.value === undefined}>
        {text(given === undefined ? 'roomVote' : 'roomVoteAgain')}
      </button>
    </form>
  );
}

export function BallotView({ room, ballot }: BallotProps) {
  const isAsked = useSignal(false);
  const { closings, now, hide, question, author } = ballot;
  const [closing] = closings;
  const missing = [...now.members].filter((who) => !now.votes.has(who) && who !== room.self);
  return (
    <article class="ballot" aria-label={question}>
      <h4 dir="auto">{question}</h4>
      <p class="hint">
        {closing ? text('roomClosedBy', room.nameOf(closing.by)) : text('roomAskedBy', room.nameOf(author))}
      </p>
      {closing ? <p class="ballot-result">{resultWords(ballot)}</p> : null}
      <p class="hint">{needWords(ballot)}</p>
      {closing || !room.canWrite.value ? null : <OwnVote room={room} ballot={ballot} />}
      {closing || !hide ? <Counts room={room} ballot={ballot} /> : <p class="hint">{text('roomHiddenUntilClosed')}</p>}
      <p class="hint">{turnoutWords(closing ?? now)}</p>
      {closing || missing.length === 0 ? null : <p class="hint">{text('roomNotVoted', namesOf(room, missing))}</p>}
      {!closing && room.mayClose(ballot) ? (
        <div class="actions">
          <button type="button" class="button small" onClick={() => (isAsked.value = true)}>
            {text('roomCloseVote')}
          </button>
        </div>
      ) : null}
      {isAsked.value ? (
        <ConfirmDialog
          title={text('roomCloseVoteTitle')}
          confirmLabel={text('roomCloseVote')}
          cancelLabel={text('roomCloseNotYet')}
          onConfirm={() => {
            isAsked.value = false;
            void room.closeVote(ballot.id);
          }}
          onClose={() => (isAsked.value = false)}
        >
          <p>{text('roomCloseVoteText')}</p>
        </ConfirmDialog>
      ) : null}
    </article>
  );
}
