// Appends what is being recorded to a file. Only a worker may: what is written that way outlives a page that is killed.
import { writeWhole } from '../store/disk-room.ts';

export class DraftWriter {
  readonly #access: FileSystemSyncAccessHandle;

  private constructor(access: FileSystemSyncAccessHandle) {
    this.#access = access;
  }

  /** What was in it before is gone. */
  static async open(handle: FileSystemFileHandle): Promise<DraftWriter> {
    const access = await handle.createSyncAccessHandle();
    access.truncate(0);
    return new DraftWriter(access);
  }

  /** Throws a NoRoomError where not all of it fits. */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    writeWhole(this.#access, bytes, this.#access.getSize());
  }

  close(): void {
    this.#access.flush();
    this.#access.close();
  }
}
