// Memory of a bounded size: what was put in last stays.

/** Lets go of what was put in first, where there is more than `most`. To be called after each that is put in. */
export function keepLatest<Key>(
  entries: Pick<Map<Key, unknown> | Set<Key>, 'size' | 'keys' | 'delete'>,
  most: number,
): void {
  const [oldest] = entries.keys();
  if (entries.size > most && oldest !== undefined) entries.delete(oldest);
}
