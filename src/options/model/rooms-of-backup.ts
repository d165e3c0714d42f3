// The rooms of this browser into a backup and out of one. Loaded when somebody makes a backup or opens one that has rooms.
import { partOf } from '../../core/base/byte-source.ts';
import { areRoomsOf, type BackupRooms, openedRooms, sealRooms } from '../../core/data/backup-rooms.ts';
import { openOwnShelf } from '../../link/rooms/own-shelf.ts';
import {
  collectRooms,
  type RestoredRooms,
  type RoomsToSave,
  restoreRooms,
  roomsToSave,
} from '../../link/rooms/rooms-backup.ts';
import { discardScratch, scratchFile } from '../../platform/backup/scratch-file.ts';
import type { OwnIdentity } from '../../platform/crypto/own-identity.ts';
import { webCryptoBlockCipher } from '../../platform/crypto/web-crypto-block-cipher.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { blobSource } from '../../platform/files/blob-source.ts';
import { NoRoomError } from '../../platform/store/disk-room.ts';

const tools = { sealer: new WebCryptoSealer(), cipherOf: webCryptoBlockCipher };
const openShelf = (identity: OwnIdentity) => openOwnShelf(identity, () => undefined);

export async function countRooms(identity: OwnIdentity): Promise<RoomsToSave> {
  return roomsToSave(await openShelf(identity));
}

export interface SealedRooms {
  readonly rooms: BackupRooms;
  readonly sealed: Blob;
}

/** @returns undefined without any room, 'no-space' where the disk has no place for it on its way. */
export async function sealOwnRooms(
  identity: OwnIdentity,
  withFiles: boolean,
): Promise<SealedRooms | 'no-space' | undefined> {
  try {
    await discardScratch();
    const collected = await collectRooms(await openShelf(identity), withFiles);
    if (!collected) return undefined;
    const { list, parts, files } = collected;
    const source = blobSource(new Blob([...parts]));
    const scratch = await scratchFile(source.size);
    const key = tools.sealer.randomBytes(32);
    const hash = await sealRooms(tools, key, source, (sealed) => scratch.write(sealed));
    const rooms = { list, files: files.count, fileBytes: files.bytes, length: source.size, key, hash };
    return { rooms, sealed: await scratch.done() };
  } catch (error) {
    if (error instanceof NoRoomError) return 'no-space';
    throw error;
  }
}

/** Whether what stands behind the head of a backup is what its owner has put there. @param headLength in bytes. */
export function hasItsRooms(rooms: BackupRooms, file: Blob, headLength: number): Promise<boolean> {
  return areRoomsOf(rooms, tools.sealer, partOf(blobSource(file), headLength));
}

/** Takes the rooms of a backup in that was looked at. */
export async function takeRoomsIn(
  identity: OwnIdentity,
  rooms: BackupRooms,
  file: Blob,
  headLength: number,
): Promise<RestoredRooms | 'no-space'> {
  try {
    const source = openedRooms(rooms, tools.cipherOf, partOf(blobSource(file), headLength));
    return await restoreRooms(await openShelf(identity), rooms, source);
  } catch (error) {
    if (error instanceof NoRoomError) return 'no-space';
    throw error;
  }
}
