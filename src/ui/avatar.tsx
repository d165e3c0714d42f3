// A person without a video: their portrait where there is one, else initials on the person's colour. Decoration, hidden from readers.
import { initials } from './initials.ts';
import { personColour } from './person-colour.ts';
import { shownPortraits } from './portraits/shown-portraits.ts';

interface Props {
  /** Ed25519 public key, hex. */
  readonly id: string;
  readonly name: string;
  /** In CSS pixels. Without it the style of where it stands decides (`--avatar-size`). */
  readonly size?: number;
  readonly speaking?: boolean;
}

export function Avatar({ id, name, size, speaking = false }: Props) {
  const portrait = shownPortraits.value.get(id);
  return (
    <span
      class={`avatar${speaking ? ' speaking' : ''}`}
      style={{ background: personColour(id), ...(size === undefined ? {} : { '--avatar-size': `${size}px` }) }}
      aria-hidden="true"
    >
      {portrait ? <img src={portrait} alt="" /> : initials(name)}
    </span>
  );
}
