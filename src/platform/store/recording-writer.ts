// Writes one recording: its log line by line, its tracks as they come, each to the end of its file. What is written outlives the page that is
// killed. Only a worker may: the handles that write in place exist nowhere else.
import type { Bytes } from '../../core/base/bytes.ts';
import {
  type FirstLine,
  type FurtherLine,
  formatLine,
  type ReadLog,
  readLog,
} from '../../core/recording/recording-log.ts';
import { ignoreMissing } from '../files/ignore-missing.ts';
import { checkRoom, recordingRoom, writeWhole } from './disk-room.ts';
import { logName, recordingFolder } from './recording-store.ts';

type Access = FileSystemSyncAccessHandle;

/** All or nothing: what did not fit is taken off again. */
function append(access: Access, bytes: Bytes): void {
  const end = access.getSize();
  try {
    writeWhole(access, bytes, end);
  } catch (error) {
    access.truncate(end);
    throw error;
  }
}

export class RecordingWriter {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #log: Access;
  readonly #tracks = new Map<string, Promise<Access>>();
  /** File -> of whom. */
  readonly #owners = new Map<string, string>();
  /** What the log said when it was opened. */
  readonly before: ReadLog | undefined;

  private constructor(folder: FileSystemDirectoryHandle, log: Access, before: ReadLog | undefined) {
    this.#folder = folder;
    this.#log = log;
    this.before = before;
    for (const line of before?.lines ?? []) if (line.t === 'segment') this.#owners.set(line.file, line.person);
  }

  /** Begins a recording, or goes on with it after its page was killed. Throws a NoRoomError where nothing new could be begun. */
  static async open(first: FirstLine): Promise<RecordingWriter> {
    const folder = await recordingFolder(first.id, true);
    const log = await (await folder.getFileHandle(logName, { create: true })).createSyncAccessHandle();
    try {
      const bytes = new Uint8Array(log.getSize());
      log.read(bytes, { at: 0 });
      const before = readLog(bytes);
      if (!before) await checkRoom(recordingRoom);
      log.truncate(before?.length ?? 0);
      const writer = new RecordingWriter(folder, log, before);
      if (!before) append(log, formatLine(first));
      return writer;
    } catch (error) {
      log.close();
      throw error;
    }
  }

  /** Everything that happens goes here. */
  log(line: FurtherLine): void {
    append(this.#log, formatLine(line));
    if (line.t === 'segment') this.#owners.set(line.file, line.person);
  }

  /** The next bytes of a track, whose segment is in the log. */
  async write(file: string, bytes: Bytes): Promise<void> {
    if (!this.#owners.has(file)) throw new Error('a track that the log does not know');
    const opening = this.#tracks.get(file) ?? this.#openTrack(file);
    this.#tracks.set(file, opening);
    append(await opening, bytes);
  }

  /** Nothing more comes of a track. */
  async end(file: string, at: number): Promise<void> {
    await this.#closeTrack(file);
    this.log({ t: 'ended', at, file });
  }

  /** Deletes what was written of somebody. The log says so first: what a crash leaves behind goes when it is read. */
  async forget(person: string, at: number): Promise<void> {
    const files = [...this.#owners].flatMap(([file, owner]) => (owner === person ? [file] : []));
    for (const file of files) await this.#closeTrack(file);
    this.log({ t: 'forgotten', at, person });
    for (const file of files) {
      this.#owners.delete(file);
      // A track of which nothing came has no file.
      await this.#folder.removeEntry(file).catch(ignoreMissing);
    }
  }

  /** Against a loss of power; against the end of the browser it is not needed. */
  async flush(): Promise<void> {
    this.#log.flush();
    for (const track of await Promise.all(this.#tracks.values())) track.flush();
  }

  async close(): Promise<void> {
    for (const file of [...this.#tracks.keys()]) await this.#closeTrack(file);
    this.#log.flush();
    this.#log.close();
  }

  async #openTrack(file: string): Promise<Access> {
    return (await this.#folder.getFileHandle(file, { create: true })).createSyncAccessHandle();
  }

  async #closeTrack(file: string): Promise<void> {
    const track = await this.#tracks.get(file);
    this.#tracks.delete(file);
    track?.flush();
    track?.close();
  }
}
