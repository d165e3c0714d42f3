// A person without a picture: initials on the person's colour. Decoration, hidden from readers.
import { initials } from '../../ui/initials.ts';
import { personColour } from '../../ui/person-colour.ts';

interface Props {
  /** Ed25519 public key, hex. */
  readonly id: string;
  readonly name: string;
  readonly speaking?: boolean;
}

export function Avatar({ id, name, speaking = false }: Props) {
  return (
    <div class={`avatar${speaking ? ' speaking' : ''}`} style={{ background: personColour(id) }} aria-hidden="true">
      {initials(name)}
    </div>
  );
}
