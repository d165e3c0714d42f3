// A field for something secret, hidden until the person wants to see what stands there.

import { useSignal } from '@preact/signals';
import { Eye, EyeOff } from 'lucide-preact';
import { useId } from 'preact/hooks';
import { IconButton } from '../../ui/icon-button.tsx';

export interface SecretFieldProps {
  readonly label: string;
  readonly showLabel: string;
  readonly hideLabel: string;
  readonly typed: string;
  readonly hint?: string;
  readonly invalid: boolean;
  /** Where what is wrong with it is said. */
  readonly problemId: string;
  readonly onInput: (typed: string) => void;
}

export function SecretField(props: SecretFieldProps) {
  const { label, showLabel, hideLabel, typed, hint, invalid, problemId, onInput } = props;
  const shown = useSignal(false);
  const ids = { field: useId(), hint: useId() };
  const Icon = shown.value ? EyeOff : Eye;
  return (
    <div class="field">
      <label for={ids.field}>{label}</label>
      <div class="secret-line">
        <input
          id={ids.field}
          class="input"
          type={shown.value ? 'text' : 'password'}
          autocomplete="off"
          spellcheck={false}
          dir="ltr"
          value={typed}
          aria-invalid={invalid}
          aria-describedby={hint === undefined ? problemId : `${ids.hint} ${problemId}`}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <IconButton
          icon={Icon}
          label={shown.value ? hideLabel : showLabel}
          size={18}
          onClick={() => {
            shown.value = !shown.value;
          }}
        />
      </div>
      {hint === undefined ? null : (
        <p class="hint" id={ids.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}
