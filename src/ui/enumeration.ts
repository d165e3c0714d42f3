// Several names as people say them.
import { formatTag } from './texts/text.ts';

/** "Bob", "Bob and Carol", "Bob, Carol, and Dave", as the language of the texts has it. */
export function enumeration(names: readonly string[]): string {
  return new Intl.ListFormat(formatTag(), { type: 'conjunction' }).format(names);
}
