// Everything that lies here of messages that were left. By itself: who removes everything needs to know nothing else of them.
import { ignoreMissing } from '../files/ignore-missing.ts';
import type { FilePlace } from '../store/received-files.ts';

const place: FilePlace = 'messages';

export async function removeAllMessages(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(place, { recursive: true }).catch(ignoreMissing);
}
