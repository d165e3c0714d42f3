// A modal dialog: has a title, closes by Escape or its button, and gives the focus back to where it came from.
import { X } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { LiveRegion, openDialogs } from './live-region.tsx';
import { text } from './texts/text.ts';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [depth, setDepth] = useState(0);

  useLayoutEffect(() => {
    const opener = document.activeElement;
    const dialog = element.current;
    openDialogs.value += 1;
    setDepth(openDialogs.value);
    dialog?.showModal();
    return () => {
      openDialogs.value -= 1;
      dialog?.close();
      // The opener may vanish with the dialog (a removed contact): then the page itself takes the focus.
      queueMicrotask(() => {
        const usable = opener instanceof HTMLElement && opener !== document.body && opener.isConnected;
        const target = usable ? opener : document.querySelector<HTMLElement>('dialog[open], main');
        target?.focus();
      });
    };
  }, []);

  return (
    <dialog
      ref={element}
      class="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      <div class="dialog-content">{children}</div>
      <button type="button" class="button plain icon dialog-close" aria-label={text('uiClose')} onClick={onClose}>
        <X aria-hidden="true" size={20} />
      </button>
      <LiveRegion depth={depth} />
    </dialog>
  );
}

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
