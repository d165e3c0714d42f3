// Finds people by what is typed of their names. Pure.
import type { InvitablePerson } from '../model/group-model.ts';

/** Those whose name has every word that was typed, in any case and without regard to accents. */
export function matching(people: readonly InvitablePerson[], typed: string): readonly InvitablePerson[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return people.filter(({ name }) => words.every((word) => plain(name).includes(word)));
}

function plain(written: string): string {
  return written
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
