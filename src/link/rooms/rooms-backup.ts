// All rooms of a browser for a backup, and those of a backup into this browser: by the rules of a room file, and with what the other browser knew
// beside the entries. Devices and what was allowed for a room stay with a computer (decisions 45 and 57).
import type { ByteSource } from '../../core/base/byte-source.ts';
import { type BackupRoom, type BackupRooms, mostSeen } from '../../core/data/backup-rooms.ts';
import { parseRoomFile } from '../../core/data/room-file.ts';
import type { KeptRoom } from '../../platform/store/room-database.ts';
import type { RoomTools } from './living-room.ts';
import { carriedRoom, type FilesHere, filesHere, takeRoom } from './room-carrying.ts';
import type { RoomShelf } from './room-shelf.ts';

export interface OwnShelf {
  readonly shelf: RoomShelf;
  readonly tools: RoomTools;
}

/** What a backup of the rooms would hold. */
export interface RoomsToSave {
  readonly rooms: number;
  /** Of what was written. */
  readonly bytes: number;
  readonly files: FilesHere;
}

export async function roomsToSave({ shelf, tools }: OwnShelf): Promise<RoomsToSave> {
  const kept = await shelf.all();
  let [bytes, count, fileBytes] = [0, 0, 0];
  for (const { room } of kept) {
    const open = await shelf.open(room);
    if (!open) continue;
    for (const { signed } of open.graph.all()) bytes += signed.e.length + signed.s.length;
    const files = await filesHere(open, tools.blobs);
    count += files.count;
    fileBytes += files.bytes;
  }
  return { rooms: kept.length, bytes, files: { count, bytes: fileBytes } };
}

/** The rooms of this browser, one behind the other; undefined where there is none. Nothing is sealed yet. */
export interface CollectedRooms {
  readonly list: readonly BackupRoom[];
  readonly parts: readonly (string | Blob)[];
  readonly files: FilesHere;
  /** Files that were left out: something on this disk is not what their author signed. */
  readonly wrong: number;
}

export async function collectRooms(
  { shelf, tools }: OwnShelf,
  withFiles: boolean,
): Promise<CollectedRooms | undefined> {
  const kept = await shelf.all();
  const parts: (string | Blob)[] = [];
  let [count, bytes, wrong] = [0, 0, 0];
  for (const { room } of kept) {
    const open = await shelf.open(room);
    if (!open || open.graph.size === 0) continue;
    const carried = await carriedRoom(open, withFiles ? tools.blobs : undefined);
    // A spread would be too many arguments for a long room.
    for (const part of carried.parts) parts.push(part);
    count += carried.files.count;
    bytes += carried.files.bytes;
    wrong += carried.wrong;
  }
  if (kept.length === 0) return undefined;
  return { list: kept.map(asInBackup), parts, files: { count, bytes }, wrong };
}

function asInBackup({ room, name, joinedAt, seen, invitedBy, shownOut }: KeptRoom): BackupRoom {
  return {
    ...{ room, name, joinedAt, seen: seen.slice(0, mostSeen) },
    ...(invitedBy === undefined ? {} : { invitedBy }),
    ...(shownOut === undefined ? {} : { shownOut }),
  };
}

/** What has come of the rooms of a backup. */
export interface RestoredRooms {
  readonly rooms: number;
  readonly files: number;
  /** Files and rooms that were not taken. */
  readonly wrong: number;
}

/** @param source what `collectRooms` gave. @throws NoRoomError, or what disk and database throw; what was taken until then stays. */
export async function restoreRooms(
  { shelf, tools }: OwnShelf,
  { list }: Pick<BackupRooms, 'list'>,
  source: ByteSource,
): Promise<RestoredRooms> {
  const { store, blobs } = tools;
  let [rooms, files, wrong] = [0, 0, 0];
  for (let at = 0; at < source.size; ) {
    const read = await parseRoomFile(source, at);
    if (!read) break;
    at = read.end;
    const isNew = (await store.get(read.room)) === undefined;
    const taken = await takeRoom(shelf, blobs, source, read);
    if (!taken) wrong += 1;
    else {
      rooms += 1;
      files += taken.files;
      wrong += taken.wrong;
    }
    const told = list.find(({ room }) => room === read.room);
    if (!taken || !told) continue;
    if (isNew) await store.change(read.room, { joinedAt: told.joinedAt, seen: told.seen });
    const open = await shelf.open(read.room);
    if (isNew) await open?.readAgain([]);
    if (told.shownOut) await open?.heardOut(told.shownOut);
  }
  for (const told of list)
    if (told.invitedBy !== undefined && (await shelf.waitFor({ ...told, invitedBy: told.invitedBy }))) rooms += 1;
  return { rooms, files, wrong };
}
