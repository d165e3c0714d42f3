// A field for a passphrase, with what is wrong with it said beside it.
import { useId } from 'preact/hooks';

export interface PassphraseFieldProps {
  readonly label: string;
  readonly typed: string;
  /** Whether the browser may offer to make one up, or to fill in one that it knows. */
  readonly isNew: boolean;
  readonly hint?: string;
  readonly problem: string | undefined;
  readonly onInput: (typed: string) => void;
}

export function PassphraseField({ label, typed, isNew, hint, problem, onInput }: PassphraseFieldProps) {
  const ids = { field: useId(), hint: useId(), problem: useId() };
  return (
    <div class="field">
      <label for={ids.field}>{label}</label>
      <input
        id={ids.field}
        class="input"
        type="password"
        autocomplete={isNew ? 'new-password' : 'current-password'}
        value={typed}
        aria-invalid={problem !== undefined}
        aria-describedby={hint === undefined ? ids.problem : `${ids.hint} ${ids.problem}`}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {hint === undefined ? null : (
        <p class="hint" id={ids.hint}>
          {hint}
        </p>
      )}
      <div id={ids.problem} aria-live="polite">
        {problem === undefined ? null : <p class="problem">{problem}</p>}
      </div>
    </div>
  );
}
