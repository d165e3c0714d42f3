// A person without a picture: initials on the person's colour. Decoration, hidden from readers.
import { initials } from './initials.ts';
import { personColour } from './person-colour.ts';

interface Props {
  /** Ed25519 public key, hex. */
  readonly id: string;
  readonly name: string;
  /** In CSS pixels. Without it the style of where it stands decides (`--avatar-size`). */
  readonly size?: number;
  readonly speaking?: boolean;
}

export function Avatar({ id, name, size, speaking = false }: Props) {
  return (
    <span
      class={`avatar${speaking ? ' speaking' : ''}`}
      style={{ background: personColour(id), ...(size === undefined ? {} : { '--avatar-size': `${size}px` }) }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}
