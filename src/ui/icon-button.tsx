// A button that is a sign alone: its title is its name to readers, and shown while the pointer rests on it; said once.
import type { LucideIcon } from 'lucide-preact';
import type { ButtonHTMLAttributes } from 'preact';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'icon' | 'label' | 'size'> {
  readonly icon: LucideIcon;
  /** Its name. */
  readonly label: string;
  /** `plain` (the usual one) has no line around it. */
  readonly look?: 'plain' | 'outlined' | 'primary' | 'round-accent';
  /** Of the sign, in CSS pixels. */
  readonly size?: number;
  /** Of where it stands. */
  readonly class?: string;
}

export function IconButton({ icon: Icon, label, look = 'plain', size = 20, class: own, ...rest }: Props) {
  const classes = ['button', 'icon', ...(look === 'outlined' ? [] : [look]), ...(own === undefined ? [] : [own])];
  return (
    <button type="button" title={label} class={classes.join(' ')} {...rest}>
      <Icon aria-hidden="true" size={size} />
    </button>
  );
}
