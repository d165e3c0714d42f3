// Writes files from calls into the origin's private file system, block by block, and knows the hash of each block. Only a worker may:
// the handles that write in place, so that what is written outlives the page, exist nowhere else.
import { type Bytes, concat, toBase64url } from '../../core/base/bytes.ts';
import { blockLength } from '../../core/transfer/file-message.ts';
import { checkRoom, writeWhole } from './disk-room.ts';
import { bytesHandle, type FilePlace, type ReceivedNote, removeReceived, writeNote } from './received-files.ts';

async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

class OpenFile {
  readonly note: ReceivedNote;
  readonly #access: FileSystemSyncAccessHandle;
  readonly #digests: Promise<Bytes>[] = [];

  constructor(note: ReceivedNote, access: FileSystemSyncAccessHandle) {
    this.note = note;
    this.#access = access;
  }

  get length(): number {
    return this.#access.getSize();
  }

  /** Cuts back to the last whole block and reads what is there. */
  readBack(): void {
    const { size } = this.note.facts;
    const length =
      this.length === size ? size : Math.min(this.length, size) - (Math.min(this.length, size) % blockLength);
    this.#access.truncate(length);
    for (let at = this.#digests.length * blockLength; at < length; at += blockLength) {
      const block = new Uint8Array(Math.min(blockLength, length - at));
      this.#access.read(block, { at });
      this.#digests[at / blockLength] = sha256(block);
    }
    this.#digests.length = Math.ceil(length / blockLength);
  }

  startOver(): void {
    this.#access.truncate(0);
    this.#digests.length = 0;
  }

  write(at: number, block: Bytes): void {
    if (at !== this.length || at % blockLength !== 0) throw new Error(`block at ${at}, file ends at ${this.length}`);
    writeWhole(this.#access, block, at);
    this.#digests[at / blockLength] = sha256(block);
  }

  async hash(): Promise<string> {
    return toBase64url(await sha256(concat(...(await Promise.all(this.#digests)))));
  }

  close(): void {
    this.#access.flush();
    this.#access.close();
  }
}

export class BlockWriter {
  readonly #files = new Map<string, OpenFile>();
  readonly #place: FilePlace;

  constructor(place: FilePlace = 'received-files') {
    this.#place = place;
  }

  /** Makes room, or finds what is there. @returns where to go on, and the hash of what is before. */
  async open(note: ReceivedNote, fresh: boolean): Promise<{ readonly at: number; readonly head: string }> {
    const { id, size } = note.facts;
    let file = this.#files.get(id);
    if (!file) {
      const access = await (await bytesHandle(id, this.#place)).createSyncAccessHandle();
      file = new OpenFile(note, access);
      this.#files.set(id, file);
      await writeNote(note, this.#place);
    }
    if (fresh) file.startOver();
    file.readBack();
    await checkRoom(size - file.length);
    return { at: file.length, head: await file.hash() };
  }

  write(id: string, at: number, block: Bytes): void {
    this.#open(id).write(at, block);
  }

  hash(id: string): Promise<string> {
    return this.#open(id).hash();
  }

  /** Whole and right: stays until it is saved, or for a day. */
  async keep(id: string): Promise<void> {
    const file = this.#open(id);
    file.close();
    this.#files.delete(id);
    await writeNote({ ...file.note, verified: true }, this.#place);
  }

  async discard(id: string): Promise<void> {
    this.#files.get(id)?.close();
    this.#files.delete(id);
    await removeReceived(id, this.#place);
  }

  #open(id: string): OpenFile {
    const file = this.#files.get(id);
    if (!file) throw new Error('the file is not open');
    return file;
  }
}
