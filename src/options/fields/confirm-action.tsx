// A button for something that cannot be taken back: it asks before it acts.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { ConfirmDialog } from '../../ui/dialog.tsx';

interface Props {
  readonly label: string;
  readonly title: string;
  readonly confirmLabel: string;
  readonly cancelLabel: string;
  readonly quietDanger?: boolean;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
  /** What the dialog explains. */
  readonly children: ComponentChildren;
}

export function ConfirmAction({ label, quietDanger = false, disabled = false, onConfirm, children, ...words }: Props) {
  const asking = useSignal(false);
  const close = () => {
    asking.value = false;
  };
  return (
    <div class="actions">
      <button
        type="button"
        class={quietDanger ? 'button quiet-danger' : 'button'}
        disabled={disabled}
        onClick={() => {
          asking.value = true;
        }}
      >
        {label}
      </button>
      {asking.value ? (
        <ConfirmDialog
          {...words}
          onConfirm={() => {
            close();
            onConfirm();
          }}
          onClose={close}
        >
          {children}
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
