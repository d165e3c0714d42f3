// A long file that is made before it is handed to the downloads: on the disk, so that it need not fit into memory.
import type { Bytes } from '../../core/base/bytes.ts';
import { checkRoom } from '../store/disk-room.ts';

const folderName = 'scratch';
/** Up to this it is kept in memory, in bytes: not every window has private files. */
const smallLength = 32_000_000;

export interface ScratchFile {
  write(bytes: Bytes): Promise<void>;
  /** Everything that was written, for as long as nothing is discarded. */
  done(): Promise<Blob>;
}

/** @param length of the whole. @throws NoRoomError where it does not fit, or what the disk throws. */
export async function scratchFile(length: number): Promise<ScratchFile> {
  if (length <= smallLength) {
    const parts: Bytes[] = [];
    return { write: async (bytes) => void parts.push(bytes), done: async () => new Blob(parts) };
  }
  await checkRoom(length);
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true });
  const handle = await folder.getFileHandle(crypto.randomUUID(), { create: true });
  const writable = await handle.createWritable();
  return {
    write: (bytes) => writable.write(bytes),
    async done() {
      await writable.close();
      return handle.getFile();
    },
  };
}

/** What was made before is in the downloads by now, or nobody wanted it. */
export async function discardScratch(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(folderName, { recursive: true }).catch(() => undefined);
}
