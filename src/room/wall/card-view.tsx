// One card on the board: its title, who is at it, how far it is, how its vote stands; with a grip for fingers and a way to move it by a list.
import { ArrowLeftRight, GripVertical } from 'lucide-preact';
import type { Card } from '../../core/room/wall.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { text } from '../../ui/texts/text.ts';
import { resultWords, turnoutWords } from '../model/ballot-words.ts';
import type { RoomModel } from '../model/room-model.ts';

export interface CardProps {
  readonly room: RoomModel;
  readonly card: Card;
  /** Can be reached by Tab: one of all cards. */
  readonly isStop: boolean;
  readonly isCarried: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onOpen: () => void;
  readonly onMove: () => void;
}

/** Names on a card; more are only counted. */
const mostNamed = 3;

function peopleWords(room: RoomModel, who: readonly string[]): string {
  const names = who.slice(0, mostNamed).map((one) => room.nameOf(one));
  return who.length > mostNamed ? `${names.join(', ')} +${who.length - mostNamed}` : names.join(', ');
}

export function CardView({ room, card, isStop, isCarried, ...on }: CardProps) {
  const { id, title, who = [], progress } = card;
  const ballot = room.ballots.value.findLast(({ of }) => of === id);
  const name = title || text('roomNothingToSee');
  const tabIndex = isStop ? 0 : -1;
  return (
    <li
      class={isCarried ? 'wall-card carried' : 'wall-card'}
      data-card={id}
      onFocusIn={on.onFocus}
      onPointerDown={on.onPointerDown}
    >
      <span class="card-grip" aria-hidden="true">
        <GripVertical size={16} />
      </span>
      <button
        type="button"
        class="card-open"
        tabIndex={tabIndex}
        aria-describedby="board-hint"
        onKeyDown={on.onKeyDown}
        onClick={on.onOpen}
      >
        <span class="card-title" dir="auto">
          {name}
        </span>
        {who.length === 0 ? null : <span class="hint">{peopleWords(room, who)}</span>}
        {progress === undefined ? null : (
          <span class="card-progress">
            <progress max={100} value={progress} aria-hidden="true" />
            <span class="hint">{text('roomPercent', String(progress))}</span>
          </span>
        )}
        {ballot === undefined ? null : <span class="hint">{resultWords(ballot) || turnoutWords(ballot.now)}</span>}
      </button>
      {room.canWrite.value ? (
        <span class="card-tools">
          <IconButton
            icon={ArrowLeftRight}
            label={text('roomMoveCard', name)}
            size={16}
            tabIndex={tabIndex}
            onClick={on.onMove}
          />
        </span>
      ) : null}
    </li>
  );
}
