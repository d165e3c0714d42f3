// A round mark for a person: initials on the person's colour.
import { initials } from './initials.ts';
import { personColour } from './person-colour.ts';

export interface NameAvatarProps {
  readonly name: string;
  /** Ed25519 public key, hex. */
  readonly id: string;
  readonly size?: number;
}

export function NameAvatar({ name, id, size = 40 }: NameAvatarProps) {
  return (
    <span
      class="avatar"
      aria-hidden="true"
      style={{
        width: `${size}px`,
        height: `${size}px`,
        fontSize: `${Math.round(size * 0.4)}px`,
        background: personColour(id),
      }}
    >
      {initials(name)}
    </span>
  );
}
