// Where something is written: one field and one button. Enter sends, Shift+Enter begins a new line; what could not be kept stays in the field.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';

export interface ComposerProps {
  /** Name of the field. */
  readonly label: string;
  readonly send: string;
  /** UTF-16 units. */
  readonly most: number;
  readonly rows?: number;
  readonly initial?: string;
  /** @returns whether it is written. */
  readonly onSend: (words: string) => Promise<boolean>;
}

export function Composer({ label, send, most, rows = 1, initial = '', onSend }: ComposerProps) {
  const words = useSignal(initial);
  const isSending = useSignal(false);
  const fieldId = useId();
  const submit = async () => {
    const said = words.value.trim();
    if (said === '' || isSending.value) return;
    isSending.value = true;
    if (await onSend(said)) words.value = '';
    isSending.value = false;
  };
  return (
    <form
      class="writing"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label class="visually-hidden" for={fieldId}>
        {label}
      </label>
      <textarea
        id={fieldId}
        class="input"
        dir="auto"
        rows={rows}
        maxLength={most}
        placeholder={label}
        value={words.value}
        onInput={({ currentTarget }) => (words.value = currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void submit();
        }}
      />
      <button type="submit" class="button primary">
        {send}
      </button>
    </form>
  );
}
