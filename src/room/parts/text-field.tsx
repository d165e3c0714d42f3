// A field of a room's forms, with its label: what is typed goes straight into the signal.
import type { Signal } from '@preact/signals';
import type { InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

interface TextFieldProps
  extends Pick<InputHTMLAttributes<HTMLInputElement>, 'required' | 'maxLength' | 'min' | 'max' | 'aria-invalid'> {
  readonly label: string;
  readonly typed: Signal<string>;
  /** Where the form itself puts the focus here. */
  readonly id?: string;
  /** Words may run either way; figures and moments do not. */
  readonly type?: 'search' | 'number' | 'datetime-local';
}

export function TextField({ label, typed, id: named, type, ...rest }: TextFieldProps) {
  const made = useId();
  const id = named ?? made;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class={type === 'number' ? 'input number-field' : 'input'}
        type={type}
        dir={type === undefined || type === 'search' ? 'auto' : undefined}
        value={typed.value}
        onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
        {...rest}
      />
    </div>
  );
}

interface TextAreaProps {
  readonly label: string;
  readonly typed: Signal<string>;
  readonly rows: number;
  readonly maxLength: number;
}

/** The same for words of several lines. */
export function TextArea({ label, typed, rows, maxLength }: TextAreaProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        class="input"
        dir="auto"
        rows={rows}
        maxLength={maxLength}
        value={typed.value}
        onInput={({ currentTarget }) => (typed.value = currentTarget.value)}
      />
    </div>
  );
}
