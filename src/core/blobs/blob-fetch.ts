// One blob on its way here: its list first, then its blocks from everybody who has them, each checked as it comes. Whoever sends what is not right is
// asked no more for this blob, and named. Knows no channel; what is on the disk stays there, so it goes on from there another time.
//
//   no list --a list that hashes to the name--> blocks are asked for, two of each link --all are written--> whole
//   a link that has none of it, or is silent, rests for a while; what it was asked for is asked of others
import type { Bytes } from '../base/bytes.ts';
import type { Clock, Sealer } from '../base/ports.ts';
import { BlobList, type BlocksWord, ComingList } from './blob-list.ts';

/** Blocks that one link is asked for at a time. */
const atOnce = 2;
/** A link that has said nothing for so long is asked again later. A block over a bad network takes its time. */
const silenceMs = 120_000;
const restMs = 30_000;

/** A link to a member, for the blobs of one room. */
export interface BlobSource {
  /** Whom it leads to, by key. */
  readonly author: string;
  askList(hash: string): void;
  /** @param length of the block. */
  askBlock(hash: string, at: number, length: number): void;
}

/** Where the blobs of one room are kept. */
interface BlobKeep {
  list(hash: string): Promise<Bytes | undefined>;
  keepList(hash: string, list: Bytes): Promise<void>;
  /** The numbers of the blocks that are there. */
  blocks(hash: string): Promise<ReadonlySet<number>>;
  /** @throws what the disk throws. */
  write(hash: string, at: number, block: Bytes): Promise<void>;
  /** This member has sent something else under its name. */
  noteWrong(hash: string, author: string): Promise<void>;
}

export interface BlobFetchParts {
  readonly sealer: Pick<Sealer, 'sha256'>;
  readonly clock: Clock;
  readonly keep: BlobKeep;
  readonly hash: string;
  readonly size: number;
  /** It is whole, nobody has more of it now, or nothing more can be written. */
  readonly onRest: (why: 'whole' | 'nobody' | 'disk') => void;
}

interface Asked {
  readonly source: BlobSource;
  readonly blocks: Set<number>;
  cancel: () => void;
}

export class BlobFetch {
  readonly #parts: BlobFetchParts;
  readonly #sources = new Map<BlobSource, Asked>();
  readonly #coming = new Map<BlobSource, ComingList>();
  readonly #resting = new Map<BlobSource, () => void>();
  readonly #wrong = new Set<string>();
  #list: BlobList | undefined;
  #missing = new Set<number>();
  #isBegun = false;
  #isOver = false;

  constructor(parts: BlobFetchParts) {
    this.#parts = parts;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Looks at what is here already, and asks for the rest. @throws what the disk throws. */
  async begin(): Promise<void> {
    const { keep, sealer, hash, size } = this.#parts;
    const kept = await keep.list(hash);
    const list = kept ?? (size === 0 ? new Uint8Array(0) : undefined);
    const read = list && (await BlobList.read(sealer, hash, size, list));
    this.#isBegun = true;
    if (read) await this.#listIsHere(read, kept !== undefined);
    this.#next();
  }

  linked(source: BlobSource): void {
    this.#sources.set(source, { source, blocks: new Set(), cancel: () => undefined });
    this.#next();
  }

  parted(source: BlobSource): void {
    this.#giveUp(source);
    this.#sources.delete(source);
    this.#coming.delete(source);
    this.#resting.get(source)?.();
    this.#resting.delete(source);
    this.#next();
  }

  /** What somebody tells of the blob. */
  async heardBlocks(source: BlobSource, word: BlocksWord): Promise<void> {
    const coming = this.#coming.get(source);
    if (!coming || this.#list || this.#isOver) return;
    // It is not there, or they know one of another size: an entry may have named it wrongly.
    if (word.size !== this.#parts.size) return this.#rest(source);
    const list = await coming.hear(this.#parts.sealer, word);
    if (list === undefined || this.#list) return;
    this.#coming.delete(source);
    this.#sources.get(source)?.cancel();
    if (list === 'wrong') await this.#isWrong(source);
    else await this.#listIsHere(list, false);
    this.#next();
  }

  /** A block has come. */
  async heardBlock(source: BlobSource, at: number, block: Bytes): Promise<void> {
    const asked = this.#sources.get(source);
    const { sealer, keep, hash } = this.#parts;
    if (!asked?.blocks.has(at) || !this.#list || this.#isOver) return;
    if (!(await this.#list.isBlock(sealer, at, block))) {
      await this.#isWrong(source);
      this.#next();
      return;
    }
    try {
      await keep.write(hash, at, block);
    } catch {
      this.#end('disk');
      return;
    }
    this.#missing.delete(at);
    asked.blocks.delete(at);
    asked.cancel();
    if (asked.blocks.size > 0) this.#waitFor(asked);
    this.#next();
  }

  /** They do not have this block. */
  heardNone(source: BlobSource, at: number): void {
    if (this.#sources.get(source)?.blocks.has(at)) this.#rest(source);
  }

  /** Nothing more is asked for. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { cancel } of this.#sources.values()) cancel();
    for (const cancel of this.#resting.values()) cancel();
  }

  async #listIsHere(list: BlobList, isKept: boolean): Promise<void> {
    const { keep, hash } = this.#parts;
    this.#list = list;
    this.#coming.clear();
    for (const { cancel } of this.#sources.values()) cancel();
    if (!isKept)
      try {
        await keep.keepList(hash, list.bytes);
      } catch {
        this.#end('disk');
        return;
      }
    const here = await keep.blocks(hash);
    for (let at = 0; at < list.blocks; at++) if (!here.has(at)) this.#missing.add(at);
  }

  #next(): void {
    if (this.#isOver || !this.#isBegun) return;
    if (this.#list && this.#missing.size === 0) {
      this.#end('whole');
      return;
    }
    for (const asked of this.#sources.values()) {
      const { source } = asked;
      if (this.#resting.has(source) || this.#wrong.has(source.author)) continue;
      if (this.#list) this.#askBlocks(asked, this.#list);
      else if (!this.#coming.has(source)) {
        this.#coming.set(source, new ComingList(this.#parts.hash, this.#parts.size));
        this.#waitFor(asked);
        source.askList(this.#parts.hash);
      }
    }
    const isAsking = this.#coming.size > 0 || [...this.#sources.values()].some(({ blocks }) => blocks.size > 0);
    if (!isAsking) this.#end('nobody');
  }

  #askBlocks(asked: Asked, list: BlobList): void {
    const { source, blocks } = asked;
    const taken = new Set([...this.#sources.values()].flatMap((one) => [...one.blocks]));
    for (const at of this.#missing) {
      if (blocks.size >= atOnce) return;
      if (taken.has(at)) continue;
      blocks.add(at);
      this.#waitFor(asked);
      source.askBlock(this.#parts.hash, at, list.lengthOf(at));
    }
  }

  #waitFor(asked: Asked): void {
    asked.cancel();
    asked.cancel = this.#parts.clock.after(silenceMs, () => this.#rest(asked.source));
  }

  /** They have none of it now, or are silent: others are asked meanwhile. */
  #rest(source: BlobSource): void {
    if (this.#isOver) return;
    this.#giveUp(source);
    this.#coming.delete(source);
    this.#resting.get(source)?.();
    const again = this.#parts.clock.after(restMs, () => {
      this.#resting.delete(source);
      this.#next();
    });
    this.#resting.set(source, again);
    this.#next();
  }

  async #isWrong(source: BlobSource): Promise<void> {
    this.#giveUp(source);
    this.#wrong.add(source.author);
    await this.#parts.keep.noteWrong(this.#parts.hash, source.author).catch(() => undefined);
  }

  #giveUp(source: BlobSource): void {
    const asked = this.#sources.get(source);
    asked?.cancel();
    asked?.blocks.clear();
  }

  #end(why: 'whole' | 'nobody' | 'disk'): void {
    if (this.#isOver) return;
    this.close();
    this.#parts.onRest(why);
  }
}
