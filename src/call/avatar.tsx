// A person without a picture: initials on a colour that is always the same for the same name. Decoration, hidden from readers.
import { initials } from '../ui/initials.ts';

function hueOf(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 360;
  return sum;
}

export function Avatar({ name, speaking = false }: { readonly name: string; readonly speaking?: boolean }) {
  return (
    <div class={`avatar${speaking ? ' speaking' : ''}`} style={{ '--hue': `${hueOf(name)}` }} aria-hidden="true">
      {initials(name)}
    </div>
  );
}
