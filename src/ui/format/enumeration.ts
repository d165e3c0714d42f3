// Several names as people say them.
import { isolated } from '../texts/isolation.ts';
import { direction, formatTag } from '../texts/text.ts';

/** "Bob", "Bob and Carol", "Bob, Carol, and Dave", as the language of the texts has it. */
export function enumeration(names: readonly string[]): string {
  const runs = direction();
  return new Intl.ListFormat(formatTag(), { type: 'conjunction' }).format(names.map((name) => isolated(name, runs)));
}
