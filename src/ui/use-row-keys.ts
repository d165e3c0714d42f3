// Arrow keys in a list of rows with buttons: up and down from row to row, left and right within one. The whole list is one tab stop.
import { useEffect, useRef } from 'preact/hooks';

const controlsOf = (row: Element): readonly HTMLElement[] => [
  ...row.querySelectorAll<HTMLElement>('button:not([disabled]), input:not([disabled])'),
];

/** Where a key leads from the control that has the focus; undefined for keys that are not ours. */
function target(list: HTMLElement, focused: HTMLElement, key: string): HTMLElement | undefined {
  const rows = [...list.children].filter((row) => controlsOf(row).length > 0);
  const at = rows.findIndex((row) => row.contains(focused));
  const row = rows[at];
  if (!row) return undefined;
  const column = controlsOf(row).indexOf(focused);
  const inRow = (to: Element | undefined, place: number): HTMLElement | undefined => {
    const controls = to ? controlsOf(to) : [];
    return controls[Math.min(place, controls.length - 1)];
  };
  const isRightToLeft = getComputedStyle(list).direction === 'rtl';
  switch (key) {
    case 'ArrowDown':
      return inRow(rows[at + 1], column);
    case 'ArrowUp':
      return inRow(rows[at - 1], column);
    case 'ArrowRight':
      return controlsOf(row)[column + (isRightToLeft ? -1 : 1)];
    case 'ArrowLeft':
      return controlsOf(row)[column - (isRightToLeft ? -1 : 1)];
    case 'Home':
      return inRow(rows[0], column);
    case 'End':
      return inRow(rows.at(-1), column);
    default:
      return undefined;
  }
}

/** @returns the reference for the list, and what listens on it. */
export function useRowKeys() {
  const list = useRef<HTMLUListElement>(null);
  const current = useRef<HTMLElement | undefined>(undefined);

  /** One control of all can be reached by Tab: the one that had the focus last, or the first. */
  const leaveOneStop = () => {
    if (!list.current) return;
    const all = controlsOf(list.current);
    const stop = current.current && all.includes(current.current) ? current.current : all[0];
    for (const control of all) control.tabIndex = control === stop ? 0 : -1;
  };
  // After every rendering: rows come and go.
  useEffect(leaveOneStop);

  const onFocusIn = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    current.current = event.target;
    leaveOneStop();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!list.current || !(event.target instanceof HTMLElement) || event.ctrlKey || event.altKey || event.metaKey)
      return;
    const next = target(list.current, event.target, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return { list, onFocusIn, onKeyDown };
}
