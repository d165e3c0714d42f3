// The film of a recording in its folder: written in place by a worker under a name that says that it is not finished, and renamed when it is.
import type { FilmBytes } from '../film/film-bytes.ts';
import { writeWhole } from './disk-room.ts';
import { recordingFolder } from './recording-store.ts';

const unfinished = 'film-part.';
const finished = /^film\.(?:mp4|webm)$/;

/** What there is of a film. `interrupted`: the page that made it was closed. */
export type KeptFilm = { readonly state: 'none' | 'interrupted' } | { readonly state: 'whole'; readonly file: string };

/** By the names of the files of a recording. */
export function keptFilm(files: readonly string[]): KeptFilm {
  const file = files.find((name) => finished.test(name));
  if (file !== undefined) return { state: 'whole', file };
  return { state: files.some((name) => name.startsWith(unfinished)) ? 'interrupted' : 'none' };
}

/** Whether a file of a recording is a film of it, or a part of one. */
export const isOfFilm = (name: string): boolean => finished.test(name) || name.startsWith(unfinished);

interface Movable {
  move(name: string): Promise<void>;
}

export class FilmFile implements FilmBytes {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #handle: FileSystemFileHandle;
  readonly #access: FileSystemSyncAccessHandle;
  readonly #format: string;

  private constructor(
    folder: FileSystemDirectoryHandle,
    handle: FileSystemFileHandle,
    access: FileSystemSyncAccessHandle,
    format: string,
  ) {
    this.#folder = folder;
    this.#handle = handle;
    this.#access = access;
    this.#format = format;
  }

  /** An empty one, in place of what was left of an earlier one. Only a worker can; rejects while another page makes one. */
  static async create(id: string, format: 'mp4' | 'webm'): Promise<FilmFile> {
    const folder = await recordingFolder(id, false);
    const handle = await folder.getFileHandle(`${unfinished}${format}`, { create: true });
    const access = await handle.createSyncAccessHandle();
    access.truncate(0);
    return new FilmFile(folder, handle, access, format);
  }

  size(): number {
    return this.#access.getSize();
  }

  read(at: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    const read = this.#access.read(bytes, { at });
    return bytes.slice(0, read);
  }

  write(bytes: Uint8Array<ArrayBuffer>, at: number): void {
    writeWhole(this.#access, bytes, at);
  }

  /** It is whole. @returns its name. */
  async finish(): Promise<string> {
    this.#access.flush();
    this.#access.close();
    const name = `film.${this.#format}`;
    await (this.#handle as FileSystemFileHandle & Movable).move(name);
    return name;
  }

  /** Nothing of it is wanted. */
  async drop(): Promise<void> {
    this.#access.close();
    await this.#folder.removeEntry(this.#handle.name);
  }
}
