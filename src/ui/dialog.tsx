// A modal dialog: has a title, closes by Escape or its button, and gives the focus back to where it came from.

import { X } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from './icon-button.tsx';
import { LiveRegion, openDialogs } from './live-region.tsx';
import { text } from './texts/text.ts';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  /** A click beside it closes it, where nothing that was begun in it can be lost. */
  readonly closesBeside?: boolean;
  /** As wide as what is in it: a picture. */
  readonly fits?: boolean;
  readonly children: ComponentChildren;
}

const reachable = 'a[href], button:not(:disabled), input:not(:disabled, [type="hidden"]), select, textarea, summary';

/** Whether a click on a dialog was on what lies behind it. */
function isBeside({ clientX, clientY, target, currentTarget }: MouseEvent): boolean {
  if (target !== currentTarget || !(currentTarget instanceof Element)) return false;
  const { left, right, top, bottom } = currentTarget.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

export function Dialog({ title, onClose, closesBeside = false, fits = false, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [depth, setDepth] = useState(0);

  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = element.current;
    openDialogs.value += 1;
    setDepth(openDialogs.value);
    dialog?.showModal();
    // The button that closes it comes first, as it is seen, and what the dialog is for has the focus.
    if (document.activeElement?.classList.contains('dialog-close'))
      dialog?.querySelector<HTMLElement>(`.dialog-content :is(${reachable})`)?.focus();
    return () => {
      openDialogs.value -= 1;
      dialog?.close();
      // The opener may vanish with the dialog (a removed contact): then the page itself takes the focus.
      queueMicrotask(() => {
        const usable = opener instanceof HTMLElement && opener !== document.body && opener.isConnected;
        const places = usable ? [opener] : ['dialog[open]', 'main h1[tabindex]', 'main'].map(focusable);
        places.find(Boolean)?.focus();
      });
    };
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard closes it by Escape, which the browser turns into onCancel.
    <dialog
      ref={element}
      class={`dialog${fits ? ' fits' : ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
      onClick={(event) => {
        if (closesBeside && isBeside(event)) onClose();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <IconButton icon={X} label={text('uiClose')} class="dialog-close" onClick={onClose} />
      <div class="dialog-content">{children}</div>
      <LiveRegion depth={depth} />
    </dialog>
  );
}

const focusable = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);

export interface ConfirmDialogProps {
  readonly title: string;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

/** Asks before something that cannot be undone. The harmless answer comes first. */
export function ConfirmDialog({ title, confirmLabel, cancelLabel, onConfirm, onClose, children }: ConfirmDialogProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {cancelLabel}
        </button>
        <button type="button" class="button danger" onClick={onConfirm}>
          {confirmLabel}
        </button>
      </div>
    </Dialog>
  );
}
