// An on/off choice: a button with aria-pressed, its state shown by place and mark, not by colour alone.
import { Check } from 'lucide-preact';
import { useId } from 'preact/hooks';

export interface ToggleProps {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

export function Toggle({ label, hint, on, onChange }: ToggleProps) {
  const hintId = useId();
  return (
    <div class="toggle-row">
      <button
        type="button"
        class="toggle"
        aria-pressed={on}
        {...(hint === undefined ? {} : { 'aria-describedby': hintId })}
        onClick={() => onChange(!on)}
      >
        <span class="toggle-label">{label}</span>
        <span class="switch" aria-hidden="true">
          <span class="knob">{on ? <Check size={12} strokeWidth={3} /> : null}</span>
        </span>
      </button>
      {hint === undefined ? null : (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
    </div>
  );
}
