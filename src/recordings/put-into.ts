// A file of this computer becomes a file of a room, all of it or nothing.
import type { LivingRoom } from '../link/rooms/living-room.ts';
import { NoRoomError } from '../platform/store/disk-room.ts';
import type { RoomBlobs } from '../platform/store/room-blobs.ts';

export type PutOutcome = 'put' | 'no-space' | 'not-written' | 'unreadable';

/** Keeps a file in a room, as one that a person adds there. */
export async function putInto(
  room: LivingRoom,
  blobs: Pick<RoomBlobs, 'put' | 'remove'>,
  file: Blob,
  { name, type }: { readonly name: string; readonly type: string },
  onShare: (share: number) => void,
): Promise<PutOutcome> {
  const { size } = file;
  let hash: string;
  try {
    hash = await blobs.put(room.name, file, (done) => onShare(size === 0 ? 1 : done / (2 * size)));
  } catch (error) {
    return error instanceof NoRoomError ? 'no-space' : 'unreadable';
  }
  try {
    await room.write(() => [{ k: 'file', name, type, size, hash }]);
    return 'put';
  } catch {
    const isNamed = room.view.show('files').some((one) => one.hash === hash);
    if (!isNamed) await blobs.remove(room.name, hash).catch(() => undefined);
    return 'not-written';
  }
}
