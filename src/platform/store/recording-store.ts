// Recordings in the origin's private file system: a folder each, with the log and the files of tracks. Read and deleted from any page; written
// by recording-writer.ts in a worker.
import { fromBase64url, toHex } from '../../core/base/bytes.ts';
import { type KeptRecording, keptRecording } from '../../core/recording/kept-recording.ts';
import { readLog } from '../../core/recording/recording-log.ts';
import { ignoreMissing } from '../files/ignore-missing.ts';

const rootName = 'recordings';
export const logName = 'log.jsonl';

/** Its page holds its files. */
const isHeld = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'NoModificationAllowedError';

async function rootFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(rootName, { create: true });
}

/** Lower-case hex: some disks do not know large letters from small ones. */
function folderNameOf(id: string): string {
  const bytes = fromBase64url(id);
  if (bytes?.length !== 16) throw new Error('no name of a recording');
  return toHex(bytes);
}

/** Where the log and the tracks of a recording are. */
export async function recordingFolder(id: string, create: boolean): Promise<FileSystemDirectoryHandle> {
  return (await rootFolder()).getDirectoryHandle(folderNameOf(id), { create });
}

export interface ListedRecording extends KeptRecording {
  /** Bytes of all its files. */
  readonly size: number;
  /** Names of all its files. */
  readonly files: readonly string[];
}

async function listed(folder: FileSystemDirectoryHandle): Promise<ListedRecording | undefined> {
  const handle = await folder.getFileHandle(logName);
  const log = readLog(new Uint8Array(await (await handle.getFile()).arrayBuffer()));
  if (!log) return undefined;
  const recording = keptRecording(log);
  const files: string[] = [];
  let size = 0;
  for await (const [name, entry] of folder.entries()) {
    if (entry.kind !== 'file') continue;
    // A page that deletes ends before it has: what somebody wanted forgotten goes now.
    if (recording.forgotten.includes(name)) await folder.removeEntry(name);
    else {
      files.push(name);
      size += (await (entry as FileSystemFileHandle).getFile()).size;
    }
  }
  return { ...recording, size, files };
}

/** All of them, the newest first. A folder without a log that says what it is has nothing in it that could be shown. */
export async function listRecordings(): Promise<readonly ListedRecording[]> {
  const found: ListedRecording[] = [];
  for await (const [, entry] of (await rootFolder()).entries()) {
    if (entry.kind !== 'directory') continue;
    const recording = await listed(entry as FileSystemDirectoryHandle).catch(ignoreMissing);
    if (recording) found.push(recording);
  }
  return found.sort((a, b) => b.startedAt - a.startedAt);
}

/** A file of a recording, to be read while it is played or saved. */
export async function trackFile(id: string, file: string): Promise<File> {
  return (await (await recordingFolder(id, false)).getFileHandle(file)).getFile();
}

/** With everything in it; nothing happens when it is gone already. */
export async function deleteRecording(id: string): Promise<void> {
  await (await rootFolder()).removeEntry(folderNameOf(id), { recursive: true }).catch(ignoreMissing);
}

/** All but what is being written. */
export async function deleteAllRecordings(): Promise<void> {
  for (const { id } of await listRecordings())
    await deleteRecording(id).catch((error: unknown) => {
      if (!isHeld(error)) throw error;
    });
}

/** Whether a file was made of the tracks: to be played, to be saved, or as a film. */
const isMade = (name: string): boolean => /^(?:ready|saved|film)\b/.test(name);

/** Deletes what was made of the tracks and shows or says something that is no longer so; tracks and log stay. */
export async function deleteMade(id: string, isMeant: (name: string) => boolean = isMade): Promise<void> {
  const folder = await recordingFolder(id, false);
  for await (const name of folder.keys()) if (isMade(name) && isMeant(name)) await folder.removeEntry(name);
}

/** What was written anew to be saved is in the downloads by now, or nobody wanted it. */
export async function deleteSavedCopies(): Promise<void> {
  for (const { id } of await listRecordings()) {
    const folder = await recordingFolder(id, false);
    for await (const name of folder.keys()) if (name.startsWith('saved-')) await folder.removeEntry(name);
  }
}
