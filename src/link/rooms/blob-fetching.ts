// Fetches what is wanted of the blobs of all rooms of a page, from the members who are linked: what a person has asked for, everything of rooms of
// which all is kept, and what chapters need to be read. Some at a time; what nobody here has waits until somebody comes.

import type { Bytes } from '../../core/base/bytes.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import { BlobFetch, type BlobSource } from '../../core/blobs/blob-fetch.ts';
import type { Placed } from '../../core/room/graph.ts';
import type { RoomWord } from '../../core/room/sync-word.ts';
import { onBlobChanged } from '../../platform/store/room-blobs.ts';
import type { LivingRoom, RoomTools } from './living-room.ts';

/** Blobs on their way at a time. */
const mostAtOnce = 4;
/** What nobody has given is asked for again so much later, while somebody is linked. */
const againMs = 60_000;
/** Texts and pictures of chapters up to this are fetched without being asked for, in bytes. */
const smallLength = 1_048_576;

export interface RoomBlob {
  readonly hash: string;
  readonly size: number;
}

/**
 * Every blob that something in a room names, and whether it comes by itself. Where one name is said with several sizes the first one counts: whoever
 * names the blob of somebody else later does not stand in its way.
 */
export function blobsOf({ view }: LivingRoom): ReadonlyMap<string, RoomBlob & { readonly comesAlone: boolean }> {
  const blobs = new Map<string, RoomBlob & { readonly comesAlone: boolean }>();
  const add = (hash: string, size: number, comesAlone: boolean) => {
    const known = blobs.get(hash);
    blobs.set(hash, { hash, size: known?.size ?? size, comesAlone: comesAlone || known?.comesAlone === true });
  };
  for (const { hash, size } of view.show('files')) add(hash, size, false);
  for (const { chapters } of view.show('books'))
    for (const { versions } of chapters)
      for (const { parts } of versions)
        for (const { blob } of parts)
          if (blob) add(blob.hash, blob.size, blob.size <= smallLength && /^(?:image|text)\//.test(blob.type));
  return blobs;
}

const kindsWithBlobs = new Set(['file', 'unfile', 'chapter']);

export class BlobFetching {
  readonly #tools: RoomTools;
  readonly #rooms = new Map<string, { readonly room: LivingRoom; readonly sources: Set<BlobSource> }>();
  readonly #running = new Map<string, { readonly fetch: BlobFetch; readonly room: string }>();
  /** What nobody has given, until somebody else comes or some time has passed. */
  readonly #waiting = new Set<string>();
  readonly #stop: () => void;
  readonly #looks = new TaskQueue();
  #isPlanned = false;
  #cancelAgain: (() => void) | undefined;

  constructor(tools: RoomTools) {
    this.#tools = tools;
    this.#stop = onBlobChanged((room) => {
      if (this.#rooms.get(room)?.sources.size) this.lookAgain();
    });
  }

  close(): void {
    this.#stop();
    this.#cancelAgain?.();
    for (const { fetch } of this.#running.values()) fetch.close();
  }

  /** A room that is here. */
  add(room: LivingRoom): void {
    this.#rooms.set(room.name, { room, sources: new Set() });
  }

  remove(room: string): void {
    for (const [key, running] of this.#running)
      if (running.room === room) {
        running.fetch.close();
        this.#running.delete(key);
      }
    this.#rooms.delete(room);
  }

  /** Entries have come. */
  news(entries: readonly Placed[]): void {
    if (entries.length === 0 || entries.some(({ body }) => body && kindsWithBlobs.has(body.k))) this.lookAgain();
  }

  linked(room: string, source: BlobSource): void {
    this.#rooms.get(room)?.sources.add(source);
    for (const running of this.#running.values()) if (running.room === room) running.fetch.linked(source);
    for (const key of this.#waiting) if (key.startsWith(room)) this.#waiting.delete(key);
    this.lookAgain();
  }

  parted(room: string, source: BlobSource): void {
    this.#rooms.get(room)?.sources.delete(source);
    for (const running of this.#running.values()) if (running.room === room) running.fetch.parted(source);
  }

  heardBlocks(room: string, source: BlobSource, word: Extract<RoomWord, { t: 'blob-blocks' }>): Promise<void> {
    return this.#running.get(keyOf(room, word.hash))?.fetch.heardBlocks(source, word) ?? Promise.resolve();
  }

  async heardBlock(room: string, source: BlobSource, hash: string, at: number, block: Bytes | undefined) {
    const fetch = this.#running.get(keyOf(room, hash))?.fetch;
    if (block) await fetch?.heardBlock(source, at, block);
    else fetch?.heardNone(source, at);
  }

  /** Something may be wanted that was not, or not any more. Asked often: looked at once. */
  lookAgain(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#looks
      .run(() => {
        this.#isPlanned = false;
        return this.#look();
      })
      .catch((error: unknown) => this.#tools.fault('files of rooms', error));
  }

  async #look(): Promise<void> {
    const { blobs } = this.#tools;
    for (const { room, sources } of this.#rooms.values()) {
      if (sources.size === 0) continue;
      for (const { hash, size, comesAlone } of blobsOf(room).values()) {
        const key = keyOf(room.name, hash);
        const running = this.#running.get(key);
        if (!running && (this.#running.size >= mostAtOnce || this.#waiting.has(key))) continue;
        const { here, isWanted } = await blobs.state(room.name, hash, size);
        const isToCome = here !== 'whole' && (isWanted || comesAlone || room.kept.keepsBlobs);
        if (running && !isToCome && here !== 'whole') this.#end(key);
        if (!running && isToCome) await this.#begin(room, { hash, size }, sources);
      }
    }
  }

  async #begin({ name }: LivingRoom, { hash, size }: RoomBlob, sources: ReadonlySet<BlobSource>): Promise<void> {
    const { blobs, sealer, clock } = this.#tools;
    const key = keyOf(name, hash);
    const fetch = new BlobFetch({
      sealer,
      clock,
      hash,
      size,
      keep: {
        list: (of) => blobs.list(name, of),
        keepList: (of, list) => blobs.keepList(name, of, list),
        blocks: (of) => blobs.blocks(name, of),
        write: (of, at, block) => blobs.write(name, of, at, block),
        noteWrong: (of, author) => blobs.noteWrong(name, of, author),
      },
      onRest: (why) => {
        this.#running.delete(key);
        if (why !== 'whole') this.#wait(key);
        this.lookAgain();
      },
    });
    this.#running.set(key, { fetch, room: name });
    for (const source of sources) fetch.linked(source);
    try {
      await fetch.begin();
    } catch (error) {
      this.#end(key);
      this.#wait(key);
      throw error;
    }
  }

  #end(key: string): void {
    this.#running.get(key)?.fetch.close();
    this.#running.delete(key);
  }

  #wait(key: string): void {
    this.#waiting.add(key);
    this.#cancelAgain ??= this.#tools.clock.after(againMs, () => {
      this.#cancelAgain = undefined;
      this.#waiting.clear();
      this.lookAgain();
    });
  }
}

const keyOf = (room: string, hash: string): string => `${room} ${hash}`;
