// What stands on a tile in signs, for the eye, and in words, for the ear.
import { Hand, type LucideIcon } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';

/** `place` is 1 for the first who raised a hand; 0 for nobody who did. */
export function HandMark({ place }: { readonly place: number }) {
  if (place === 0) return null;
  return (
    <p class="badge tile-hand">
      <Hand size={16} aria-hidden="true" />
      <span aria-hidden="true">{place}</span>
      <span class="visually-hidden">{text('groupHandPlace', String(place))}</span>
    </p>
  );
}

interface NameMarkProps {
  readonly Icon: LucideIcon;
  readonly words: string;
}

/** Beside the name. */
export function NameMark({ Icon, words }: NameMarkProps) {
  return (
    <>
      <Icon size={15} aria-hidden="true" />
      <span class="visually-hidden">{words}</span>
    </>
  );
}
