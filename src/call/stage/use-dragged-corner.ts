// Moves something that stands in a corner of its parent by dragging: it follows the pointer, and goes to the nearest corner when it is let go.
import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import { cornerAt, type SelfCorner } from '../../core/stage/self-place.ts';

/** Less is a click. */
const leastPx = 6;

interface DragHandlers {
  readonly onPointerDown: (event: PointerEvent) => void;
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerUp: (event: PointerEvent) => void;
  readonly onPointerCancel: () => void;
}

export function useDraggedCorner(moved: RefObject<HTMLElement>, onCorner: (corner: SelfCorner) => void): DragHandlers {
  const from = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const end = () => {
    from.current = undefined;
    if (moved.current) moved.current.style.translate = '';
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
      from.current = { x: event.clientX, y: event.clientY };
      moved.current?.setPointerCapture(event.pointerId);
      event.preventDefault();
    },
    onPointerMove: ({ clientX, clientY }) => {
      const start = from.current;
      const element = moved.current;
      if (!start || !element) return;
      const [x, y] = [clientX - start.x, clientY - start.y];
      if (Math.hypot(x, y) >= leastPx) element.style.translate = `${x}px ${y}px`;
    },
    onPointerUp: () => {
      const element = moved.current;
      const stage = element?.parentElement?.getBoundingClientRect();
      const wasMoved = from.current !== undefined && element?.style.translate !== '';
      if (element && stage && wasMoved) {
        const { left, top, width, height } = element.getBoundingClientRect();
        const x = (left + width / 2 - stage.left) / stage.width;
        const y = (top + height / 2 - stage.top) / stage.height;
        end();
        onCorner(cornerAt(x, y));
      } else end();
    },
    onPointerCancel: end,
  };
}
