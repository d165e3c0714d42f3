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
        aria-label={label}
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
        onBeforeToggle={(event) => {
          if (event.newState === 'closed') setPlace(undefined);
          else if (button.current) setPlace(placeBeside(button.current.getBoundingClientRect(), width));
        }}
      >
        {isOpen && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
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
