// Finds people by what is typed of their names. Pure.

/** Those whose name has every word that was typed, in any case and without regard to accents: José is found by "jose". */
export function matching<Person extends { readonly name: string }>(
  people: readonly Person[],
  typed: string,
): readonly Person[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return people.filter(({ name }) => words.every((word) => plain(name).includes(word)));
}

function plain(written: string): string {
  return written
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
