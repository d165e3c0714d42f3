// One choice of a few, each with what it means: radio buttons that look like cards.
import { useId } from 'preact/hooks';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

export interface ChoiceGroupProps<Value extends string> {
  readonly legend: string;
  /** A heading above says it already. */
  readonly hidesLegend?: boolean;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: Value;
  readonly disabled?: boolean;
  readonly onChoose: (value: Value) => void;
}

export function ChoiceGroup<Value extends string>(props: ChoiceGroupProps<Value>) {
  const { legend, hidesLegend = false, choices, chosen, disabled = false, onChoose } = props;
  const name = useId();
  return (
    <fieldset class="choice-group" disabled={disabled}>
      <legend class={hidesLegend ? 'visually-hidden' : undefined}>{legend}</legend>
      <div class="choices">
        {choices.map(({ value, label, hint }) => (
          <div key={value} class="choice">
            <input
              type="radio"
              id={`${name}-${value}`}
              name={name}
              value={value}
              checked={value === chosen}
              {...(hint === undefined ? {} : { 'aria-describedby': `${name}-${value}-hint` })}
              onChange={() => onChoose(value)}
            />
            <label for={`${name}-${value}`}>{label}</label>
            {hint === undefined ? null : (
              <p id={`${name}-${value}-hint`} class="hint">
                {hint}
              </p>
            )}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
