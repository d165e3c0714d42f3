// The wall as a board: cards are moved by mouse, by touch at their grip, by keys, or by a list of columns. One tab stop for all cards.
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { BoardColumn } from '../../core/room/reading/board.ts';
import type { Card } from '../../core/room/wall.ts';
import { announce } from '../../ui/live-region.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import { Composer } from '../parts/composer.tsx';
import {
  type BoardPlace,
  type BoardStep,
  boardWith,
  type Carrying,
  carried,
  focusedAfter,
  placeOf,
} from './board-steps.ts';
import { CardDialog } from './card-dialog.tsx';
import { CardView } from './card-view.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { usePointerCarry } from './use-pointer-carry.ts';

const maxTitle = 200;

function stepOf(key: string, isRightToLeft: boolean): BoardStep | undefined {
  switch (key) {
    case 'ArrowUp':
      return 'up';
    case 'ArrowDown':
      return 'down';
    case 'ArrowRight':
      return isRightToLeft ? 'before' : 'after';
    case 'ArrowLeft':
      return isRightToLeft ? 'after' : 'before';
    default:
      return undefined;
  }
}

/** Where a card is, in words: its place, how many there are, the column. */
function placeWords(board: readonly BoardColumn[], { column, index }: BoardPlace): readonly [string, string, string] {
  const { cards = [], name = '' } = board[column] ?? {};
  return [String(index + 1), String(cards.length), name];
}

export function WallPart({ room }: { readonly room: RoomModel }) {
  const carrying = useSignal<Carrying | undefined>(undefined);
  const current = useSignal<string | undefined>(undefined);
  const dialog = useSignal<{ readonly show: 'card' | 'move'; readonly card: string } | undefined>(undefined);
  const element = useRef<HTMLDivElement>(null);
  const board = room.board.value;
  const held = carrying.value;
  const shown = held ? boardWith(board, held.card, held.at) : board;
  const all = shown.flatMap(({ cards }) => cards);
  const stop = all.some(({ id }) => id === current.value) ? current.value : all[0]?.id;
  const canWrite = room.canWrite.value;

  const focus = (card: string) => {
    current.value = card;
    element.current?.querySelector<HTMLElement>(`[data-card="${card}"] .card-open`)?.focus();
  };
  // A card that is carried to another column is another element there: the focus goes with it, before the next key can be pressed.
  useLayoutEffect(() => {
    if (held?.by === 'keys') focus(held.card);
  }, [held?.at.column, held?.at.index]);

  const drop = async ({ card, from, at }: Carrying, title: string) => {
    carrying.value = undefined;
    const isSame = from.column === at.column && from.index === at.index;
    const { id: column = '' } = board[at.column] ?? {};
    if (!isSame && !(await room.moveCard(card, column, at.index))) return;
    announce(text('roomCardDropped', title, ...placeWords(boardWith(board, card, at), at)));
    focus(card);
  };
  const giveUp = ({ card, from }: Carrying, title: string) => {
    carrying.value = undefined;
    announce(text('roomCardBack', title, ...placeWords(board, from)));
    focus(card);
  };
  const onPointer = usePointerCarry({ element, carrying, board: () => room.board.value, drop });

  const onKeyDown = (event: KeyboardEvent, card: Card) => {
    const { id, title } = card;
    const from = placeOf(board, id);
    if (!from || event.altKey || event.metaKey || event.shiftKey) return;
    const step = stepOf(event.key, document.documentElement.dir === 'rtl');
    const handled = (run: () => void) => {
      event.preventDefault();
      run();
    };
    if (held?.by === 'keys' && held.card === id) {
      if (event.key === ' ' || event.key === 'Enter') handled(() => void drop(held, title));
      else if (event.key === 'Escape') handled(() => giveUp(held, title));
      else if (event.key === 'Tab') giveUp(held, title);
      else if (step)
        handled(() => {
          const at = carried(board, id, held.at, step);
          carrying.value = { ...held, at };
          announce(text('roomCardAt', ...placeWords(boardWith(board, id, at), at)));
        });
      return;
    }
    if (step && event.ctrlKey && canWrite) {
      handled(() => void drop({ card: id, from, at: carried(board, id, from, step), by: 'keys' }, title));
    } else if (step && !event.ctrlKey) {
      handled(() => {
        const next = focusedAfter(board, from, step);
        if (next !== undefined) focus(next);
      });
    } else if (event.key === ' ' && canWrite) {
      handled(() => {
        carrying.value = { card: id, from, at: from, by: 'keys' };
        announce(text('roomCardLifted', title, ...placeWords(board, from)));
      });
    }
  };

  const opened = all.find(({ id }) => id === dialog.value?.card);
  const close = () => (dialog.value = undefined);
  const open = (card: string) => {
    if (!held) dialog.value = { show: 'card', card };
  };
  return (
    <div class="part wall">
      {canWrite ? (
        <Composer
          label={text('roomCardLabel')}
          send={text('roomAddCard')}
          most={maxTitle}
          onSend={(title) => room.addCard(title.replace(/\n+/g, ' '), board[0]?.id ?? '')}
        />
      ) : null}
      <p class="hint board-hint" id="board-hint">
        {text(canWrite ? 'roomBoardHint' : 'roomBoardReadHint')}
      </p>
      <div class="board" ref={element}>
        {shown.map((column) => (
          <section
            key={column.id}
            class="board-column"
            aria-label={plural('roomColumn', column.cards.length, column.name)}
          >
            <h3>
              <bdi>{column.name}</bdi> <span class="hint">{column.cards.length}</span>
            </h3>
            <ul class="plain-list cards">
              {column.cards.map((card) => (
                <CardView
                  key={card.id}
                  room={room}
                  card={card}
                  isStop={card.id === stop}
                  isCarried={card.id === held?.card}
                  onFocus={() => (current.value = card.id)}
                  onKeyDown={(event) => onKeyDown(event, card)}
                  onPointerDown={(event) => (canWrite ? onPointer(event, card) : undefined)}
                  onOpen={() => open(card.id)}
                  onMove={() => (dialog.value = { show: 'move', card: card.id })}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      {opened && dialog.value?.show === 'card' ? <CardDialog room={room} card={opened} onClose={close} /> : null}
      {opened && dialog.value?.show === 'move' ? <MoveDialog room={room} card={opened} onClose={close} /> : null}
    </div>
  );
}
