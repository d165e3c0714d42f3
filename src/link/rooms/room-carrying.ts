// A room that leaves a browser as one file, or comes into it: its entries, and its files where they are wanted (docs/rooms.md#room-file). What comes
// in is held against the same rules as what comes over a link.
import { type ByteSource, partOf } from '../../core/base/byte-source.ts';
import { formatBlobLine, formatRoomFile, type ReadRoom } from '../../core/data/room-file.ts';
import type { RoomBlobs } from '../../platform/store/room-blobs.ts';
import { blobsOf } from './blob-fetching.ts';
import type { LivingRoom } from './living-room.ts';
import type { RoomShelf } from './room-shelf.ts';

/** The files of a room of which all is here. */
export interface FilesHere {
  readonly count: number;
  readonly bytes: number;
}

export async function filesHere(room: LivingRoom, blobs: Pick<RoomBlobs, 'state'>): Promise<FilesHere> {
  let [count, bytes] = [0, 0];
  for (const { hash, size } of blobsOf(room).values()) {
    if ((await blobs.state(room.name, hash, size)).here !== 'whole') continue;
    count += 1;
    bytes += size;
  }
  return { count, bytes };
}

/** What a room's file is put together from. Files stay on the disk: their bytes are read when the file is saved. */
export interface CarriedRoom {
  readonly parts: readonly (string | Blob)[];
  readonly entries: number;
  readonly files: FilesHere;
  /** Files that were left out, because something on this disk is not what their author signed. */
  readonly wrong: number;
}

/** @param blobs of the room, every byte of them checked; without them no file goes along. */
export async function carriedRoom(room: LivingRoom, blobs?: Pick<RoomBlobs, 'state' | 'open'>): Promise<CarriedRoom> {
  const entries = [...room.graph.all()].map(({ signed }) => signed);
  const parts: (string | Blob)[] = [...formatRoomFile({ room: room.name, entries })];
  let [count, bytes, wrong] = [0, 0, 0];
  for (const { hash, size } of blobs ? blobsOf(room).values() : []) {
    if (!blobs || (await blobs.state(room.name, hash, size)).here !== 'whole') continue;
    const opened = await blobs.open(room.name, hash, size, '');
    if (!(opened instanceof Blob)) {
      wrong += 1;
      continue;
    }
    parts.push(formatBlobLine({ hash, size }), opened, '\n');
    count += 1;
    bytes += size;
  }
  return { parts, entries: entries.length, files: { count, bytes }, wrong };
}

/** What has come of a room's file. */
export interface TakenRoom {
  /** Entries that were not here. */
  readonly entries: number;
  /** Files that were not here. */
  readonly files: number;
  /** Files that are not what a member signed, or that nobody has named. */
  readonly wrong: number;
  /** The file breaks off. */
  readonly isCut: boolean;
}

/**
 * Takes a room in: entries by the rules of a link, then the files that those name. @returns undefined where there is no room in it that could be read.
 * @throws NoRoomError, or what disk and database throw; what was taken until then stays.
 */
export async function takeRoom(
  shelf: Pick<RoomShelf, 'takeFile' | 'open'>,
  blobs: Pick<RoomBlobs, 'state' | 'putAs'>,
  source: ByteSource,
  read: ReadRoom,
): Promise<TakenRoom | undefined> {
  const entries = await shelf.takeFile(read);
  const room = entries === undefined ? undefined : await shelf.open(read.room);
  if (entries === undefined || !room) return undefined;
  const named = blobsOf(room);
  let [files, wrong] = [0, 0];
  for (const { hash, size, at } of read.blobs) {
    if (named.get(hash)?.size !== size) wrong += 1;
    else if ((await blobs.state(room.name, hash, size)).here === 'whole') continue;
    else if (await blobs.putAs(room.name, hash, partOf(source, at, at + size))) files += 1;
    else wrong += 1;
  }
  return { entries, files, wrong, isCut: read.isCut };
}
