// The field for one's own name, at the first run and in the settings. The form around it is the caller's.
import { text } from '../../ui/texts/text.ts';

export interface OwnNameFieldProps {
  readonly value: string;
  readonly isMissing: boolean;
  readonly onInput: (value: string) => void;
  readonly onChange?: () => void;
}

export function OwnNameField({ value, isMissing, onInput, onChange }: OwnNameFieldProps) {
  return (
    <>
      <label for="own-name">{text('optionsYourName')}</label>
      <input
        id="own-name"
        class="input"
        maxLength={64}
        autocomplete="name"
        value={value}
        aria-invalid={isMissing}
        aria-describedby="own-name-hint own-name-problem"
        onInput={(event) => onInput(event.currentTarget.value)}
        onChange={() => onChange?.()}
      />
      <p class="hint" id="own-name-hint">
        {text('optionsYourNameHint')}
      </p>
      <div id="own-name-problem" aria-live="polite">
        {isMissing ? <p class="problem">{text('optionsNameMissing')}</p> : null}
      </div>
    </>
  );
}
