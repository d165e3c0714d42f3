// Where files, pictures and sound of rooms lie: the origin's private file system, a folder for each room and in it one for each blob, with its list
// and one file for each block. So several pages write at once, a block is there whole or not at all, and a blob goes on from where it was.
import type { ByteSource } from '../../core/base/byte-source.ts';
import { type Bytes, concat, fromUtf8, toBase64url, utf8 } from '../../core/base/bytes.ts';
import type { Sealer } from '../../core/base/ports.ts';
import { BlobList } from '../../core/blobs/blob-list.ts';
import { blockLength } from '../../core/transfer/file-message.ts';
import { blobSource } from '../files/blob-source.ts';
import { ignoreMissing } from '../files/ignore-missing.ts';
import { checkRoom } from './disk-room.ts';

const folderName = 'room-blobs';
const channelName = 'freeflow-connect/room-blobs';
const [listName, wantedName, wrongName] = ['list', 'wanted', 'wrong'];
/** Members who have sent something else under one name. */
const mostWrong = 16;

/** How much of a blob is here. */
export interface BlobState {
  /** All of it, some of it, or nothing. */
  readonly here: 'whole' | 'part' | 'none';
  /** Blocks that are here, and that there are. */
  readonly blocks: number;
  readonly of: number;
  /** It is to be fetched, as the person here has asked for it. */
  readonly isWanted: boolean;
  /** Members, by key, who have sent something else under its name. */
  readonly wrongFrom: readonly string[];
}

export interface BlobPlace {
  readonly root: () => Promise<FileSystemDirectoryHandle>;
  /** @throws NoRoomError where so many bytes do not fit. */
  readonly checkRoom: (bytes: number) => Promise<void>;
}

const ownPlace: BlobPlace = { root: () => navigator.storage.getDirectory(), checkRoom };

export class RoomBlobs {
  readonly #sealer: Pick<Sealer, 'sha256'>;
  readonly #place: BlobPlace;

  constructor(sealer: Pick<Sealer, 'sha256'>, place = ownPlace) {
    this.#sealer = sealer;
    this.#place = place;
  }

  /**
   * Keeps a file of this computer as a blob of a room. @param onDone bytes that are done, of twice its size: it is read twice.
   * @throws NoRoomError, what the disk throws, or an error when the file changes meanwhile.
   */
  async put(room: string, file: Blob, onDone: (bytes: number) => void = () => undefined): Promise<string> {
    await this.#place.checkRoom(file.size);
    const list = await this.#listFor(blobSource(file), onDone);
    await this.#putWhole(room, list, blobSource(file), (bytes) => onDone(file.size + bytes));
    return list.hash;
  }

  /**
   * Keeps bytes that are said to be this blob, if they are it. @returns whether they are; else nothing is kept.
   * @throws as `put` does.
   */
  async putAs(room: string, hash: string, source: ByteSource): Promise<boolean> {
    await this.#place.checkRoom(source.size);
    const list = await this.#listFor(source, () => undefined);
    if (list.hash !== hash) return false;
    await this.#putWhole(room, list, source, () => undefined);
    return true;
  }

  async #listFor(source: ByteSource, onDone: (bytes: number) => void): Promise<BlobList> {
    const digests: Bytes[] = [];
    for (let at = 0; at * blockLength < source.size; at++) {
      digests.push(await this.#sealer.sha256(await blockOf(source, at)));
      onDone(Math.min(source.size, (at + 1) * blockLength));
    }
    const bytes = concat(...digests);
    const hash = toBase64url(await this.#sealer.sha256(bytes));
    const list = await BlobList.read(this.#sealer, hash, source.size, bytes);
    if (!list) throw new Error('a list that does not fit its own name');
    return list;
  }

  async #putWhole(room: string, list: BlobList, source: ByteSource, onDone: (bytes: number) => void): Promise<void> {
    const here = await this.blocks(room, list.hash);
    for (let at = 0; at < list.blocks; at++) {
      const block = here.has(at) ? undefined : await blockOf(source, at);
      if (block && !(await list.isBlock(this.#sealer, at, block))) throw new Error('the file has changed');
      if (block) await this.#write(room, list.hash, String(at), block);
      onDone(Math.min(source.size, (at + 1) * blockLength));
    }
    await this.keepList(room, list.hash, list.bytes);
  }

  /** What of a blob is here. Nothing is read. */
  async state(room: string, hash: string, size: number): Promise<BlobState> {
    const folder = await this.#folder(room, hash, false);
    const names = folder ? await namesIn(folder) : new Set<string>();
    const of = Math.ceil(size / blockLength);
    let blocks = 0;
    for (let at = 0; at < of; at++) if (names.has(String(at))) blocks += 1;
    const isWhole = blocks === of && names.has(listName);
    return {
      here: isWhole ? 'whole' : blocks > 0 ? 'part' : 'none',
      blocks,
      of,
      isWanted: names.has(wantedName),
      wrongFrom: names.has(wrongName) ? await this.#wrongFrom(room, hash) : [],
    };
  }

  /** It is to be fetched from members, now or when one of them is met. */
  async want(room: string, hash: string): Promise<void> {
    await this.#write(room, hash, wantedName, new Uint8Array(1));
  }

  async list(room: string, hash: string): Promise<Bytes | undefined> {
    return this.#read(room, hash, listName);
  }

  async keepList(room: string, hash: string, list: Bytes): Promise<void> {
    await this.#write(room, hash, listName, list);
  }

  /** The numbers of the blocks that are here. */
  async blocks(room: string, hash: string): Promise<ReadonlySet<number>> {
    const folder = await this.#folder(room, hash, false);
    const names = folder ? [...(await namesIn(folder))] : [];
    return new Set(names.filter((name) => /^\d+$/.test(name)).map(Number));
  }

  /** As it stands on the disk: nothing of it is checked. */
  async block(room: string, hash: string, at: number): Promise<Bytes | undefined> {
    return this.#read(room, hash, String(at));
  }

  /** @throws NoRoomError, or what the disk throws. */
  async write(room: string, hash: string, at: number, block: Bytes): Promise<void> {
    await this.#place.checkRoom(block.length);
    await this.#write(room, hash, String(at), block);
  }

  async noteWrong(room: string, hash: string, author: string): Promise<void> {
    const before = await this.#wrongFrom(room, hash);
    const all = [...new Set([...before, author])].slice(0, mostWrong);
    await this.#write(room, hash, wrongName, utf8(all.join('\n')));
  }

  /** The blocks that are not what was put there. @returns undefined when its list is not here, or wrong itself. */
  async wrongBlocks(room: string, hash: string, size: number): Promise<readonly number[] | undefined> {
    const list = await this.#listOf(room, hash, size);
    return list?.wrong(this.#sealer, (at) => this.block(room, hash, at));
  }

  /** These blocks go, to be fetched again; with none, its list. */
  async drop(room: string, hash: string, blocks: readonly number[]): Promise<void> {
    const folder = await this.#folder(room, hash, false);
    const names = blocks.length === 0 ? [listName] : blocks.map(String);
    for (const name of names) await folder?.removeEntry(name).catch(() => undefined);
    tellBlobChanged(room, hash);
  }

  /** The whole blob, every byte of it checked. @returns the numbers of the blocks that are wrong or not here, where there are any. */
  async open(
    room: string,
    hash: string,
    size: number,
    type: string,
  ): Promise<Blob | { readonly wrong: readonly number[] }> {
    const wrong = await this.wrongBlocks(room, hash, size);
    if (wrong === undefined || wrong.length > 0) return { wrong: wrong ?? [] };
    const folder = await this.#folder(room, hash, true);
    const parts: File[] = [];
    for (let at = 0; at * blockLength < size; at++)
      parts.push(await (await (folder as FileSystemDirectoryHandle).getFileHandle(String(at))).getFile());
    return new Blob(parts, { type });
  }

  /** A block for somebody else: only if it is what it should be. @param size as an entry says it. */
  async checked(room: string, hash: string, size: number, at: number): Promise<Bytes | undefined> {
    const [list, block] = [await this.#listOf(room, hash, size), await this.block(room, hash, at)];
    return list && block && (await list.isBlock(this.#sealer, at, block)) ? block : undefined;
  }

  /** Nothing of it is kept or wanted here any more. */
  async remove(room: string, hash: string): Promise<void> {
    const folder = await this.#folder(room, undefined, false);
    await folder?.removeEntry(hash, { recursive: true }).catch(ignoreMissing);
    tellBlobChanged(room, hash);
  }

  /** Everything of all rooms. */
  async removeAll(): Promise<void> {
    await (await this.#place.root()).removeEntry(folderName, { recursive: true }).catch(ignoreMissing);
  }

  /** Everything of a room. */
  async removeRoom(room: string): Promise<void> {
    const all = await this.#folder(undefined, undefined, false);
    await all?.removeEntry(room, { recursive: true }).catch(ignoreMissing);
  }

  /** The names of all blobs of a room of which something is here. */
  async all(room: string): Promise<readonly string[]> {
    const folder = await this.#folder(room, undefined, false);
    return folder ? [...(await namesIn(folder))] : [];
  }

  async #listOf(room: string, hash: string, size: number): Promise<BlobList | undefined> {
    const list = await this.list(room, hash);
    return list && BlobList.read(this.#sealer, hash, size, list);
  }

  async #wrongFrom(room: string, hash: string): Promise<readonly string[]> {
    const bytes = await this.#read(room, hash, wrongName);
    return ((bytes && fromUtf8(bytes)) ?? '').split('\n').filter((author) => author !== '');
  }

  async #read(room: string, hash: string, name: string): Promise<Bytes | undefined> {
    const folder = await this.#folder(room, hash, false);
    const handle = await folder?.getFileHandle(name).catch(ignoreMissing);
    return handle && new Uint8Array(await (await handle.getFile()).arrayBuffer());
  }

  /** Whole, or not at all: what was there before stays until it is closed. */
  async #write(room: string, hash: string, name: string, bytes: Bytes): Promise<void> {
    const folder = await this.#folder(room, hash, true);
    const writable = await (await folder?.getFileHandle(name, { create: true }))?.createWritable();
    await writable?.write(bytes);
    await writable?.close();
    tellBlobChanged(room, hash);
  }

  /** @returns undefined when it is not there and none is to be made. */
  async #folder(
    room: string | undefined,
    hash: string | undefined,
    create: boolean,
  ): Promise<FileSystemDirectoryHandle | undefined> {
    let folder: FileSystemDirectoryHandle | undefined = await this.#place.root();
    for (const name of [folderName, room, hash])
      if (name !== undefined) folder = await folder?.getDirectoryHandle(name, { create }).catch(ignoreMissing);
    return folder;
  }
}

const blockOf = ({ read }: ByteSource, at: number): Promise<Bytes> => read(at * blockLength, (at + 1) * blockLength);

async function namesIn(folder: FileSystemDirectoryHandle): Promise<Set<string>> {
  const names = new Set<string>();
  for await (const [name] of folder.entries()) names.add(name);
  return names;
}

function tellBlobChanged(room: string, hash: string): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage({ room, hash });
  channel.close();
}

/** Calls back with each blob of which something has come or gone, here or in another context. Returns a function that stops it. */
export function onBlobChanged(listener: (room: string, hash: string) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<{ readonly room: string; readonly hash: string }>) =>
    listener(data.room, data.hash);
  return () => channel.close();
}
