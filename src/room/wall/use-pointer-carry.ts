// Carries a card with the mouse, or with a finger at its grip: elsewhere a finger scrolls.
import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import type { BoardColumn } from '../../core/room/reading/board.ts';
import type { Card } from '../../core/room/wall.ts';
import { type BoardPlace, type Carrying, placeOf } from './board-steps.ts';

/** A press that moves less is a click. In CSS pixels. */
const leastMove = 6;

interface CarryParts {
  readonly element: RefObject<HTMLDivElement>;
  readonly carrying: Signal<Carrying | undefined>;
  readonly board: () => readonly BoardColumn[];
  readonly drop: (carrying: Carrying, title: string) => Promise<void>;
}

/** The place under the pointer: the column it is in, above the first card whose middle is below it. */
function placeUnder(element: HTMLElement, card: string, x: number, y: number): BoardPlace | undefined {
  const columns = [...element.querySelectorAll('.board-column')];
  const column = columns.findIndex((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return x >= left && x <= right && y >= top && y <= bottom;
  });
  const cards = columns[column]?.querySelectorAll<HTMLElement>('[data-card]');
  if (!cards) return undefined;
  const others = [...cards].filter((one) => one.dataset['card'] !== card);
  const below = others.findIndex((one) => {
    const { top, height } = one.getBoundingClientRect();
    return y < top + height / 2;
  });
  return { column, index: below < 0 ? others.length : below };
}

/** @returns what listens to a press on a card. */
export function usePointerCarry({ element, carrying, board, drop }: CarryParts) {
  return (event: PointerEvent, { id, title }: Card): void => {
    const pressed = event.target instanceof Element ? event.target : undefined;
    const isGrip = pressed?.closest('.card-grip') != null;
    if (event.button !== 0 || (event.pointerType !== 'mouse' && !isGrip) || pressed?.closest('.card-tools')) return;
    const from = placeOf(board(), id);
    if (!from) return;
    const end = new AbortController();
    const { signal } = end;
    const isOurs = (other: PointerEvent) => other.pointerId === event.pointerId;
    const stop = () => {
      end.abort();
      const held = carrying.value;
      if (held?.by === 'pointer') carrying.value = undefined;
      return held?.by === 'pointer' ? held : undefined;
    };
    addEventListener(
      'pointermove',
      (moved) => {
        if (!isOurs(moved) || !element.current) return;
        const far = Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) >= leastMove;
        if (!far && !carrying.value) return;
        const at = placeUnder(element.current, id, moved.clientX, moved.clientY) ?? carrying.value?.at ?? from;
        carrying.value = { card: id, from, at, by: 'pointer' };
      },
      { signal },
    );
    addEventListener(
      'pointerup',
      (up) => {
        if (!isOurs(up)) return;
        const held = stop();
        if (!held) return;
        // The click that follows would open the card.
        const click = new AbortController();
        addEventListener('click', (clicked) => clicked.stopPropagation(), { capture: true, signal: click.signal });
        setTimeout(() => click.abort(), 0);
        void drop(held, title);
      },
      { signal },
    );
    addEventListener('pointercancel', (cancelled) => isOurs(cancelled) && stop(), { signal });
    addEventListener('keydown', ({ key }) => key === 'Escape' && stop(), { signal });
  };
}
