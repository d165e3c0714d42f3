// A double for the origin's private file system, as far as received files need it, with quota, locks and times that a test sets.

import { concat } from '../../../src/core/base/bytes.ts';

interface Entry {
  bytes: Uint8Array<ArrayBuffer>;
  modifiedAt: number;
  isLocked: boolean;
}

const fault = (name: string) => new DOMException(name, name);

export class FakeDirectory {
  readonly kind = 'directory';
  readonly files = new Map<string, Entry>();
  readonly folders = new Map<string, FakeDirectory>();
  /** The whole of it may hold so many bytes. */
  quota = 1_000_000_000;
  now = 1_000;

  /** Puts it in the place of the browser's. */
  install(): void {
    const storage = {
      getDirectory: async () => this,
      estimate: async () => ({ quota: this.quota, usage: this.usage }),
    };
    Object.defineProperty(globalThis, 'navigator', { value: { storage }, configurable: true });
  }

  get usage(): number {
    const own = [...this.files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    return [...this.folders.values()].reduce((sum, folder) => sum + folder.usage, own);
  }

  async getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeDirectory> {
    const found = this.folders.get(name);
    if (found) return found;
    if (!create) throw fault('NotFoundError');
    const made = new FakeDirectory();
    made.quota = this.quota;
    this.folders.set(name, made);
    return made;
  }

  async getFileHandle(name: string, { create = false } = {}): Promise<FakeFileHandle> {
    if (!this.files.has(name)) {
      if (!create) throw fault('NotFoundError');
      this.files.set(name, { bytes: new Uint8Array(0), modifiedAt: this.now, isLocked: false });
    }
    return new FakeFileHandle(this, name);
  }

  async removeEntry(name: string, { recursive = false } = {}): Promise<void> {
    const folder = this.folders.get(name);
    if (folder) {
      const isEmpty = folder.files.size === 0 && folder.folders.size === 0;
      if (!recursive && !isEmpty) throw fault('InvalidModificationError');
      if (folder.isAnyLocked) throw fault('NoModificationAllowedError');
      this.folders.delete(name);
      return;
    }
    const entry = this.files.get(name);
    if (!entry) throw fault('NotFoundError');
    if (entry.isLocked) throw fault('NoModificationAllowedError');
    this.files.delete(name);
  }

  async *entries(): AsyncGenerator<[string, FakeFileHandle | FakeDirectory]> {
    for (const name of [...this.files.keys()]) yield [name, new FakeFileHandle(this, name)];
    for (const [name, folder] of [...this.folders]) yield [name, folder];
  }

  get isAnyLocked(): boolean {
    return (
      [...this.files.values()].some(({ isLocked }) => isLocked) ||
      [...this.folders.values()].some((folder) => folder.isAnyLocked)
    );
  }

  /** What the end of a browser does: every handle is gone, what was written stays. */
  crash(): void {
    for (const entry of this.files.values()) entry.isLocked = false;
    for (const folder of this.folders.values()) folder.crash();
  }

  entry(name: string): Entry {
    const entry = this.files.get(name);
    if (!entry) throw fault('NotFoundError');
    return entry;
  }

  put(name: string, bytes: Uint8Array<ArrayBuffer>): void {
    const entry = this.entry(name);
    if (this.usage - entry.bytes.length + bytes.length > this.quota) throw fault('QuotaExceededError');
    entry.bytes = bytes;
    entry.modifiedAt = this.now;
  }
}

class FakeFileHandle {
  readonly kind = 'file';
  readonly #place: FakeDirectory;
  readonly #name: string;

  constructor(place: FakeDirectory, name: string) {
    this.#place = place;
    this.#name = name;
  }

  async getFile(): Promise<File> {
    const { bytes, modifiedAt } = this.#place.entry(this.#name);
    return new File([bytes], this.#name, { lastModified: modifiedAt });
  }

  async createWritable(): Promise<{
    write(more: string | Uint8Array<ArrayBuffer>): Promise<void>;
    close(): Promise<void>;
  }> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    return {
      write: async (more) => {
        parts.push(typeof more === 'string' ? new TextEncoder().encode(more) : more.slice());
      },
      close: async () => this.#place.put(this.#name, concat(...parts)),
    };
  }

  async createSyncAccessHandle() {
    const place = this.#place;
    const name = this.#name;
    const entry = place.entry(name);
    if (entry.isLocked) throw fault('NoModificationAllowedError');
    entry.isLocked = true;
    return {
      getSize: () => entry.bytes.length,
      truncate: (length: number) => place.put(name, entry.bytes.slice(0, length)),
      read(into: Uint8Array, { at }: { at: number }): number {
        const part = entry.bytes.subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      /** As much as fits, as browsers do. */
      write(bytes: Uint8Array, { at }: { at: number }): number {
        const room = place.quota - place.usage + entry.bytes.length - at;
        if (room <= 0 && bytes.length > 0) throw fault('QuotaExceededError');
        const part = bytes.subarray(0, room);
        const longer = new Uint8Array(Math.max(entry.bytes.length, at + part.length));
        longer.set(entry.bytes);
        longer.set(part, at);
        place.put(name, longer);
        return part.length;
      },
      flush: () => undefined,
      close: () => {
        entry.isLocked = false;
      },
    };
  }
}
