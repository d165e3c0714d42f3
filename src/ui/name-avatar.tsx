// A round mark for a person: initials on a colour that follows from the key, so that two people of one name look different.
import { initials } from './initials.ts';

export interface NameAvatarProps {
  readonly name: string;
  /** Ed25519 public key, hex. */
  readonly id: string;
  readonly size?: number;
}

/** 24 hues of the same lightness: white letters stay readable on all of them. */
function hueOf(id: string): number {
  return ((Number.parseInt(id.slice(0, 4), 16) || 0) % 24) * 15;
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
        background: `oklch(0.46 0.09 ${hueOf(id)})`,
      }}
    >
      {initials(name)}
    </span>
  );
}
