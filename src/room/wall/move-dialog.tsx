// Moves a card without dragging: a column, and a place in it.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Card } from '../../core/room/wall.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import { placeOf } from './board-steps.ts';

export interface MoveProps {
  readonly room: RoomModel;
  readonly card: Card;
  readonly onClose: () => void;
}

export function MoveDialog({ room, card, onClose }: MoveProps) {
  const board = room.board.value;
  const from = placeOf(board, card.id);
  const column = useSignal(board[from?.column ?? 0]?.id ?? '');
  const index = useSignal(from?.index ?? 0);
  const [columnId, placeId] = [useId(), useId()];
  const chosen = board.find(({ id }) => id === column.value);
  const others = (chosen?.cards ?? []).filter(({ id }) => id !== card.id);
  const submit = async (event: Event) => {
    event.preventDefault();
    const at = Math.min(index.value, others.length);
    if (!(await room.moveCard(card.id, column.value, at))) return;
    onClose();
    announce(text('roomCardDropped', card.title, String(at + 1), String(others.length + 1), chosen?.name ?? ''));
  };
  return (
    <Dialog title={text('roomMoveCard', card.title)} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for={columnId}>{text('roomMoveColumn')}</label>
          <select
            id={columnId}
            class="input"
            value={column.value}
            onChange={({ currentTarget }) => {
              column.value = currentTarget.value;
              index.value = 0;
            }}
          >
            {board.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={placeId}>{text('roomMovePlace')}</label>
          <select
            id={placeId}
            class="input"
            value={String(Math.min(index.value, others.length))}
            onChange={({ currentTarget }) => (index.value = Number(currentTarget.value))}
          >
            {[...others.map(({ id }) => id), ''].map((id, i) => (
              <option key={id} value={i}>
                {i === 0 ? text('roomMoveFirst') : text('roomMoveBehind', others[i - 1]?.title ?? '')}
              </option>
            ))}
          </select>
        </div>
        <div class="actions">
          <button type="submit" class="button primary">
            {text('roomMove')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
