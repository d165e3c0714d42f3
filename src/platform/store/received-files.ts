// Where files from calls lie until a person saves them: the origin's private file system, which no page and no program sees. Per file its
// bytes and a note of what it is. Whatever nobody touched for a day goes. Messages that were left have a folder of their own, with rules of their own.
import * as v from 'valibot';
import { fileFactsSchema } from '../../core/transfer/file-message.ts';

export type FilePlace = 'received-files' | 'messages';
const usual: FilePlace = 'received-files';
const hourMs = 3_600_000;
const keptMs = 24 * hourMs;
const sweepEveryMs = hourMs;

const noteSchema = v.strictObject({
  /** Who sent it: it is offered again only to calls with the same person. */
  participant: v.string(),
  facts: fileFactsSchema,
  /** Whole, and what was sent. */
  verified: v.boolean(),
});

export type ReceivedNote = v.InferOutput<typeof noteSchema>;

/** A file, or its beginning, that an earlier page has left. */
export interface LeftFile extends ReceivedNote {
  readonly written: number;
}

const bytesName = (id: string): string => `${id}.bytes`;
const noteName = (id: string): string => `${id}.json`;
const idIn = (name: string): string => name.replace(/\.(?:bytes|json)$/, '');

/** @returns undefined when there is none and none is wanted. */
export async function receivedFolder(
  place: FilePlace,
  create: boolean,
): Promise<FileSystemDirectoryHandle | undefined> {
  const root = await navigator.storage.getDirectory();
  try {
    return await root.getDirectoryHandle(place, { create });
  } catch (error) {
    if (!create && error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** Where the bytes of a file are written. */
export async function bytesHandle(id: string, place = usual): Promise<FileSystemFileHandle> {
  const folder = await receivedFolder(place, true);
  if (!folder) throw new Error('no folder for received files');
  return folder.getFileHandle(bytesName(id), { create: true });
}

/** All of the bytes, or what was there before. */
export async function writeReceived(id: string, bytes: Uint8Array<ArrayBuffer>, place = usual): Promise<void> {
  const writable = await (await bytesHandle(id, place)).createWritable();
  await writable.write(bytes);
  await writable.close();
}

export async function writeNote(note: ReceivedNote, place = usual): Promise<void> {
  const folder = await receivedFolder(place, true);
  const handle = await folder?.getFileHandle(noteName(note.facts.id), { create: true });
  const writable = await handle?.createWritable();
  await writable?.write(JSON.stringify(note));
  await writable?.close();
}

async function readNote(handle: FileSystemFileHandle): Promise<ReceivedNote | undefined> {
  try {
    const parsed = v.safeParse(noteSchema, JSON.parse(await (await handle.getFile()).text()));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** Whatever may be there of this file. A file that is being written stays. */
export async function removeReceived(id: string, place = usual): Promise<void> {
  const folder = await receivedFolder(place, false);
  for (const name of [bytesName(id), noteName(id)]) await folder?.removeEntry(name).catch(() => undefined);
}

async function allLeft(place: FileSystemDirectoryHandle): Promise<LeftFile[]> {
  const left: LeftFile[] = [];
  for await (const [name, handle] of place.entries()) {
    if (!isFile(handle) || !name.endsWith('.json')) continue;
    const note = await readNote(handle);
    const bytes = note && (await place.getFileHandle(bytesName(note.facts.id)).catch(() => undefined));
    if (note && bytes && noteName(note.facts.id) === name)
      left.push({ ...note, written: (await bytes.getFile()).size });
  }
  return left;
}

const isFile = (handle: FileSystemHandle): handle is FileSystemFileHandle => handle.kind === 'file';

/** What earlier calls with this person have left. */
export async function leftFrom(participant: string, place = usual): Promise<readonly LeftFile[]> {
  const folder = await receivedFolder(place, false);
  return folder ? (await allLeft(folder)).filter((one) => one.participant === participant) : [];
}

/** The bytes of a file, as they are now. */
export async function receivedBytes(id: string, place = usual): Promise<File> {
  return (await bytesHandle(id, place)).getFile();
}

/** Removes what nobody touched for a day: once an hour, however often it is asked. */
export class ReceivedSweep {
  #sweptAt = Number.NEGATIVE_INFINITY;

  async tick(now: number): Promise<void> {
    if (now - this.#sweptAt < sweepEveryMs) return;
    this.#sweptAt = now;
    const place = await receivedFolder(usual, false);
    if (!place) return;
    const touchedAt = new Map<string, number>();
    const names: string[] = [];
    for await (const [name, handle] of place.entries()) {
      names.push(name);
      const at = isFile(handle) ? (await handle.getFile()).lastModified : 0;
      touchedAt.set(idIn(name), Math.max(touchedAt.get(idIn(name)) ?? 0, at));
    }
    // One that is being written is locked, and stays.
    for (const name of names)
      if (now - (touchedAt.get(idIn(name)) ?? 0) >= keptMs) await place.removeEntry(name).catch(() => undefined);
  }
}
