// One line of a small menu: a sign and a word.
import type { LucideIcon } from 'lucide-preact';

interface Props {
  readonly icon: LucideIcon;
  readonly label: string;
  /** For what is on or off. */
  readonly isPressed?: boolean;
  readonly keys?: string;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
}

export function MenuItem({ icon: Icon, label, isPressed, keys, isDisabled = false, onClick }: Props) {
  return (
    <button type="button" class="menu-item" aria-pressed={isPressed} disabled={isDisabled} onClick={onClick}>
      <Icon size={18} aria-hidden="true" />
      <span class="menu-item-label">{label}</span>
      {keys !== undefined && (
        <span class="menu-item-key" aria-hidden="true">
          {keys}
        </span>
      )}
    </button>
  );
}
