// How much may still be written into the origin's private file system.

/** Left free on the disk for everything else. */
export const spareLength = 50_000_000;

/** Some minutes of a call: less is no beginning of a recording. */
export const recordingRoom = 500_000_000;

/** There is not enough room. */
export class NoRoomError extends Error {
  constructor() {
    super('no room');
    this.name = 'NoRoomError';
  }
}

/** Throws a NoRoomError where so many bytes do not fit; where the browser does not say, they do. */
export async function checkRoom(wanted: number): Promise<void> {
  const { quota, usage } = await navigator.storage.estimate();
  if (quota !== undefined && usage !== undefined && quota - usage < wanted + spareLength) throw new NoRoomError();
}

/** Writes all of the bytes, or throws a NoRoomError. */
export function writeWhole(access: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  for (let done = 0; done < bytes.length; ) {
    const written = access.write(bytes.subarray(done), { at: at + done });
    if (written === 0) throw new NoRoomError();
    done += written;
  }
}
