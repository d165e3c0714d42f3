// Takes a room file in, and says what has come of it.
import { parseRoomFile } from '../../core/data/room-file.ts';
import { takeRoom } from '../../link/rooms/room-carrying.ts';
import type { RoomShelf } from '../../link/rooms/room-shelf.ts';
import { blobSource } from '../../platform/files/blob-source.ts';
import { NoRoomError } from '../../platform/store/disk-room.ts';
import type { RoomBlobs } from '../../platform/store/room-blobs.ts';
import { plural, text } from '../../ui/texts/text.ts';

export interface TakenFile {
  /** The room to show. */
  readonly room: string | undefined;
  readonly said: string;
  /** What was wrong with the file. */
  readonly problem: string | undefined;
}

const refused = (room: string | undefined, problem: string): TakenFile => ({ room, said: '', problem });

/** @throws what the database throws. */
export async function takeRoomFile(shelf: RoomShelf, blobs: RoomBlobs | undefined, file: File): Promise<TakenFile> {
  const source = blobSource(file);
  const read = await parseRoomFile(source);
  if (!read || !blobs) return refused(undefined, text('roomsFileNone'));
  try {
    const taken = await takeRoom(shelf, blobs, source, read);
    if (!taken) return refused(undefined, text('roomsFileNone'));
    const { entries, files, wrong, isCut } = taken;
    const said = [plural('roomsFileTaken', entries), ...(files > 0 ? [plural('roomsFileTakenFiles', files)] : [])].join(
      '. ',
    );
    const problem = [
      ...(wrong > 0 ? [plural('roomsFileWrong', wrong)] : []),
      ...(isCut ? [text('roomsFileCut')] : []),
    ].join(' ');
    return { room: read.room, said, problem: problem === '' ? undefined : problem };
  } catch (error) {
    if (error instanceof NoRoomError) return refused(read.room, text('roomsFileNoSpace'));
    throw error;
  }
}
