// Which recordings are being written now: their pages hold a lock as long as they live, however they end.
const prefix = 'recording ';

/** From now on it is being written. @returns a function that says that it no longer is. */
export function recordingLives(id: string): () => void {
  let end: () => void = () => undefined;
  const life = new Promise<void>((resolve) => {
    end = resolve;
  });
  void navigator.locks.request(`${prefix}${id}`, () => life);
  return end;
}

export async function runningRecordings(): Promise<ReadonlySet<string>> {
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name = '' }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}
