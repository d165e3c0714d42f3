// The rooms of a backup (docs/protocol.md#backup-file): room files behind its text, sealed block by block, because they may be larger than memory. The
// key and the hash of the sealed blocks stand in the text, which the owner has signed: what comes back is what went in, or nothing is taken.
import * as v from 'valibot';
import type { ByteSource } from '../base/byte-source.ts';
import { type Bytes, concat, equalBytes, fromBase64url, toBase64url, u32be } from '../base/bytes.ts';
import type { BlockCipher, BlockCipherOf, Sealer } from '../base/ports.ts';
import { byteString, whole } from '../base/wire-object.ts';

/** Of the rooms, before they are sealed. */
export const roomsBlockLength = 1_048_576;
const tagLength = 16;
const sealedLength = roomsBlockLength + tagLength;
/** 2^40 bytes: more than any browser keeps. */
const maxLength = 2 ** 40;
const maxRooms = 1_000;
/** Last entries that were seen, of one room. */
export const mostSeen = 256;

/** What the browser that made the backup knew of a room beside its entries. */
export interface BackupRoom {
  readonly room: string;
  readonly name: string;
  readonly joinedAt: number;
  /** What the person had seen of it: its last entries then. */
  readonly seen: readonly string[];
  /** Whose yes it waits for: nothing of it had come yet. */
  readonly invitedBy?: string;
  /** A removal of the owner that was handed over. */
  readonly shownOut?: { readonly e: string; readonly s: string };
}

/** The rooms of a backup as its text tells of them. */
export interface BackupRooms {
  readonly list: readonly BackupRoom[];
  /** Files of these rooms that are in it, and their bytes. */
  readonly files: number;
  readonly fileBytes: number;
  /** Of what stands behind the text: its length before it was sealed, the key, and the hash of the hashes of its sealed blocks. */
  readonly length: number;
  readonly key: Bytes;
  readonly hash: Bytes;
}

const bytes32 = v.pipe(
  v.string(),
  v.maxLength(43),
  v.transform(fromBase64url),
  v.custom<Bytes>((bytes) => bytes instanceof Uint8Array && bytes.length === 32),
);
const name32 = byteString(32);

/** Read strictly, as all of a backup. */
export const backupRoomsSchema = v.strictObject({
  list: v.pipe(
    v.array(
      v.strictObject({
        room: name32,
        name: v.pipe(v.string(), v.maxLength(200)),
        joinedAt: whole(0, 2 ** 48),
        seen: v.pipe(v.array(name32), v.maxLength(mostSeen)),
        invitedBy: v.exactOptional(name32),
        shownOut: v.exactOptional(
          v.strictObject({
            e: v.pipe(v.string(), v.maxLength(4_096)),
            s: v.pipe(v.string(), v.maxLength(86)),
          }),
        ),
      }),
    ),
    v.minLength(1),
    v.maxLength(maxRooms),
    v.check((list) => new Set(list.map(({ room }) => room)).size === list.length),
  ),
  files: whole(0, 2 ** 32),
  fileBytes: whole(0, maxLength),
  length: whole(0, maxLength),
  key: bytes32,
  hash: bytes32,
});

/** As it stands in the text. */
export function formatBackupRooms({ key, hash, ...rooms }: BackupRooms): object {
  return { ...rooms, key: toBase64url(key), hash: toBase64url(hash) };
}

/** How many sealed bytes come of so many. */
const lengthSealed = (length: number): number => length + tagLength * Math.ceil(length / roomsBlockLength);

/** The number of the block; nothing else is bound to it. */
const nonceOf = (number: number): Bytes => concat(new Uint8Array(8), u32be(number));
const noAad = new Uint8Array();

/**
 * Seals rooms block by block; each is written before the next is made. @param key is used for nothing else.
 * @returns the hash of the hashes of the sealed blocks.
 */
export async function sealRooms(
  tools: { readonly sealer: Pick<Sealer, 'sha256'>; readonly cipherOf: BlockCipherOf },
  key: Bytes,
  source: ByteSource,
  write: (sealed: Bytes) => Promise<void>,
): Promise<Bytes> {
  const cipher = await tools.cipherOf(key);
  const digests: Bytes[] = [];
  for (let at = 0; at * roomsBlockLength < source.size; at++) {
    const plain = await source.read(at * roomsBlockLength, (at + 1) * roomsBlockLength);
    const sealed = await cipher.seal(nonceOf(at), plain, noAad);
    digests.push(await tools.sealer.sha256(sealed));
    await write(sealed);
  }
  return tools.sealer.sha256(concat(...digests));
}

/** Whether these bytes are the rooms that the text tells of, each of them. */
export async function areRoomsOf(
  rooms: BackupRooms,
  sealer: Pick<Sealer, 'sha256'>,
  sealed: ByteSource,
): Promise<boolean> {
  if (sealed.size !== lengthSealed(rooms.length)) return false;
  const digests: Bytes[] = [];
  for (let at = 0; at < sealed.size; at += sealedLength)
    digests.push(await sealer.sha256(await sealed.read(at, at + sealedLength)));
  return equalBytes(await sealer.sha256(concat(...digests)), rooms.hash);
}

/** A block that is not what was sealed, though the file was looked at before: it has changed meanwhile. */
export class ChangedBackupError extends Error {
  readonly code = 'changed-backup';
  constructor() {
    super('the file has changed');
    this.name = 'ChangedBackupError';
  }
}

/** The rooms of a backup, opened as they are read. @throws ChangedBackupError while reading. */
export function openedRooms({ length, key }: BackupRooms, cipherOf: BlockCipherOf, sealed: ByteSource): ByteSource {
  let cipher: Promise<BlockCipher> | undefined;
  let last: { readonly at: number; readonly plain: Bytes } | undefined;
  const block = async (at: number): Promise<Bytes> => {
    if (last?.at === at) return last.plain;
    cipher ??= cipherOf(key);
    const ciphertext = await sealed.read(at * sealedLength, (at + 1) * sealedLength);
    const plain = await (await cipher).open(nonceOf(at), ciphertext, noAad);
    if (!plain) throw new ChangedBackupError();
    last = { at, plain };
    return plain;
  };
  const read = async (from: number, to: number): Promise<Bytes> => {
    const parts: Bytes[] = [];
    const end = Math.min(length, to);
    for (let at = from; at < end; ) {
      const begin = Math.floor(at / roomsBlockLength) * roomsBlockLength;
      const plain = await block(begin / roomsBlockLength);
      const part = plain.slice(at - begin, end - begin);
      parts.push(part);
      at = begin + plain.length;
    }
    return concat(...parts);
  };
  return { size: length, read };
}
