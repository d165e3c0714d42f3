// A card opened: what it is, how far it is, who is at it, its votes, the talk about it, and who changed what.
import { useSignal } from '@preact/signals';
import { Check, Vote } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { Card } from '../../core/room/wall.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { enumeration } from '../../ui/format/enumeration.ts';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import { BallotView } from '../parts/ballot-view.tsx';
import { Composer } from '../parts/composer.tsx';
import { MessageList, maxWords } from '../parts/message-list.tsx';
import { NewBallotDialog } from '../parts/new-ballot-dialog.tsx';
import { TextArea, TextField } from '../parts/text-field.tsx';

const maxTitle = 200;
const maxText = 500;
/** Changes that are listed, the newest first. */
const mostChanges = 20;

export interface CardDialogProps {
  readonly room: RoomModel;
  readonly card: Card;
  readonly onClose: () => void;
}

function Fields({ room, card }: Omit<CardDialogProps, 'onClose'>) {
  const title = useSignal(card.title);
  const words = useSignal(card.text ?? '');
  const need = useSignal(card.need ?? '');
  const progress = useSignal(card.progress ?? 0);
  const progressId = useId();
  const submit = async (event: Event) => {
    event.preventDefault();
    // Only what was changed here: what others have changed meanwhile stays.
    const change = {
      ...(title.value.trim() !== '' && title.value !== card.title ? { title: title.value.trim() } : {}),
      ...(words.value === (card.text ?? '') ? {} : { text: words.value }),
      ...(need.value === (card.need ?? '') ? {} : { need: need.value }),
      ...(progress.value === (card.progress ?? 0) ? {} : { progress: progress.value }),
    };
    if (Object.keys(change).length === 0 || (await room.changeCard(card.id, change))) announce(text('roomCardSaved'));
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <TextField label={text('roomCardTitle')} typed={title} required maxLength={maxTitle} />
      <TextArea label={text('roomCardText')} typed={words} maxLength={maxText} rows={3} />
      <TextField label={text('roomCardNeed')} typed={need} maxLength={maxText} />
      <div class="field">
        <label for={progressId}>{text('roomCardProgress')}</label>
        <input
          id={progressId}
          type="range"
          min={0}
          max={100}
          step={5}
          value={progress.value}
          aria-valuetext={text('roomPercent', String(progress.value))}
          onInput={({ currentTarget }) => (progress.value = Number(currentTarget.value))}
        />
        <p class="hint" aria-hidden="true">
          {text('roomPercent', String(progress.value))}
        </p>
      </div>
      <div class="actions">
        <button type="submit" class="button primary small">
          {text('roomSave')}
        </button>
        <button
          type="button"
          class="button small"
          aria-pressed={card.who?.includes(room.self) ?? false}
          onClick={() => {
            const others = (card.who ?? []).filter((one) => one !== room.self);
            void room.changeCard(card.id, { who: card.who?.includes(room.self) ? others : [...others, room.self] });
          }}
        >
          {card.who?.includes(room.self) ? <Check aria-hidden="true" size={16} /> : null}
          {text('roomTakePart')}
        </button>
      </div>
    </form>
  );
}

/** What stands on a card that can only be read. */
function Words({ card }: { readonly card: Card }) {
  return (
    <>
      {card.text ? (
        <p class="said-words" dir="auto">
          {card.text}
        </p>
      ) : null}
      {card.need ? <p>{text('roomCardNeeds', card.need)}</p> : null}
      {card.progress === undefined ? null : <p>{text('roomPercent', String(card.progress))}</p>}
    </>
  );
}

export function CardDialog({ room, card, onClose }: CardDialogProps) {
  const isAsking = useSignal(false);
  const canWrite = room.canWrite.value;
  const ballots = room.ballots.value.filter(({ of }) => of === card.id);
  const talk = room.conversation.filter((message) => message.in === card.id);
  const changes = card.changes.slice(-mostChanges).toReversed();
  return (
    <Dialog title={card.title || text('roomNothingToSee')} onClose={onClose}>
      <p class="hint">{text('roomCardBy', room.nameOf(card.author))}</p>
      {canWrite ? <Fields key={card.id} room={room} card={card} /> : <Words card={card} />}
      {card.who && card.who.length > 0 ? (
        <p>{text('roomCardPeople', enumeration(card.who.map((who) => room.nameOf(who))))}</p>
      ) : null}
      <section class="stack" aria-label={text('roomCardVotes')}>
        <h3>{text('roomCardVotes')}</h3>
        {ballots.map((ballot) => (
          <BallotView key={ballot.id} room={room} ballot={ballot} />
        ))}
        {canWrite ? (
          <div class="actions">
            <button type="button" class="button small" onClick={() => (isAsking.value = true)}>
              <Vote aria-hidden="true" size={16} />
              {text('roomVoteOnCard')}
            </button>
          </div>
        ) : ballots.length === 0 ? (
          <p class="hint">{text('roomNoOpenVotes')}</p>
        ) : null}
      </section>
      <section class="stack" aria-label={text('roomCardTalk')}>
        <h3>{text('roomCardTalk')}</h3>
        <MessageList room={room} messages={talk} label={text('roomCardTalk')} />
        {canWrite ? (
          <Composer
            label={text('roomCardTalkLabel')}
            send={text('roomSay')}
            most={maxWords}
            onSend={(words) => room.say(words, card.id)}
          />
        ) : null}
      </section>
      {changes.length === 0 ? null : (
        <details>
          <summary>{text('roomCardHistory')}</summary>
          <ul class="card-history">
            {changes.map(({ by, author, fields }) => (
              <li key={by}>
                <bdi>{room.nameOf(author)}</bdi>: {changeWords(room, fields)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {canWrite ? (
        <div class="actions">
          <button
            type="button"
            class="button small"
            onClick={() => {
              onClose();
              void room.removeCard(card.id);
            }}
          >
            {text('roomCardRemove')}
          </button>
        </div>
      ) : null}
      {isAsking.value ? (
        <NewBallotDialog room={room} of={card.id} question={card.title} onClose={() => (isAsking.value = false)} />
      ) : null}
    </Dialog>
  );
}

/** What a change has set, in words. */
function changeWords(room: RoomModel, fields: Card['changes'][number]['fields']): string {
  const { title, text: words, column, progress, need, who } = fields;
  const columnName = room.board.value.find(({ id }) => id === column)?.name;
  const parts = [
    ...(columnName === undefined ? [] : [text('roomChangedColumn', columnName)]),
    ...(title === undefined ? [] : [text('roomChangedTitle', title)]),
    ...(progress === undefined ? [] : [text('roomPercent', String(progress))]),
    ...(words === undefined ? [] : [text('roomChangedText')]),
    ...(need === undefined ? [] : [text('roomCardNeeds', need)]),
    ...(who === undefined ? [] : [text('roomChangedPeople')]),
  ];
  return parts.length === 0 ? text('roomChangedPlace') : parts.join(' ');
}
