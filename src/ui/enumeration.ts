// Several names as people say them.

/** "Bob", "Bob and Carol", "Bob, Carol, and Dave", as the browser's language has it. */
export function enumeration(names: readonly string[]): string {
  return new Intl.ListFormat(undefined, { type: 'conjunction' }).format(names);
}
