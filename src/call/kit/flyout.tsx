// A button with a small panel that opens over everything else, beside the button. Escape, a click elsewhere and a choice close it; the
// browser gives the focus back.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

interface Props {
  /** Of the button. */
  readonly id?: string;
  readonly label: string;
  readonly title?: string;
  readonly class: string;
  readonly icon: ComponentChildren;
  /** Of the panel, in CSS pixels. */
  readonly width: number;
  readonly children: (close: () => void) => ComponentChildren;
}

const margin = 8;

export function Flyout({ id: buttonId, label, title = label, class: className, icon, width, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<JSX.CSSProperties | undefined>(undefined);
  const isOpen = place !== undefined;
  useEffect(() => {
    if (isOpen) panel.current?.querySelector<HTMLElement>('button, input')?.focus();
  }, [isOpen]);
  return (
    <>
      <button
        ref={button}
        id={buttonId}
        type="button"
        class={className}
        aria-label={title === label ? undefined : label}
        aria-expanded={isOpen}
        title={title}
        popoverTarget={id}
      >
        {icon}
      </button>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form. */}
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        class="flyout"
        style={place}
        onKeyDown={(event) => moveAmongItems(event, panel.current)}
        onBeforeToggle={(event) => {
          if (event.newState === 'open' && button.current)
            setPlace(placeBeside(button.current.getBoundingClientRect(), width));
        }}
        // What has the focus goes only after the browser has given it back.
        onToggle={(event) => {
          if (event.newState === 'closed') setPlace(undefined);
        }}
      >
        {isOpen && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

/** Up and down, Home and End go from choice to choice, as in every menu; a slider keeps its own keys. */
function moveAmongItems(event: KeyboardEvent, panel: HTMLElement | null): void {
  if (!panel || (event.target instanceof Element && event.target.closest('input'))) return;
  const items = [...panel.querySelectorAll<HTMLElement>('button:not(:disabled), input:not(:disabled)')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined || items.length === 0) return;
  event.preventDefault();
  items.at(next % items.length)?.focus();
}

/** Above or below, wherever there is more room, and inside the window. */
function placeBeside(button: DOMRect, width: number): JSX.CSSProperties {
  const [roomAbove, roomBelow] = [button.top, innerHeight - button.bottom];
  const left = Math.max(margin, Math.min(button.left + button.width / 2 - width / 2, innerWidth - width - margin));
  const isAbove = roomAbove > roomBelow;
  return {
    left: `${left}px`,
    width: `min(${width}px, calc(100vw - ${2 * margin}px))`,
    maxHeight: `${Math.max(roomAbove, roomBelow) - 2 * margin}px`,
    ...(isAbove ? { bottom: `${innerHeight - button.top + margin}px` } : { top: `${button.bottom + margin}px` }),
  };
}
