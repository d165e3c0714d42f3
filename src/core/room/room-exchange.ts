// All rooms on one proven link (docs/rooms.md#meeting): says which there are, without telling more than both know, and keeps each in step while
// the other side may have it. What comes is worked off one after the other. Knows no channel.
import { type Bytes, toBase64url } from '../base/bytes.ts';
import type { Clock, Sealer } from '../base/ports.ts';
import { TokenBucket } from '../base/token-bucket.ts';
import { Turns } from '../base/turns.ts';
import { WordBudget } from '../base/word-budget.ts';
import { BlobLink } from '../blobs/blob-link.ts';
import { parseBlobPiece, pieceMark } from '../blobs/blob-piece.ts';
import type { Placed } from './graph.ts';
import { newOnLink, type OnLink, wordsBeside } from './on-link.ts';
import type { Invitation, RoomCopy } from './room-copy.ts';
import { RoomSync } from './sync-machine.ts';
import {
  formatEntryBatch,
  formatRoomWord,
  parseEntryBatch,
  parseRoomWord,
  type RoomWord,
  roomBytesLimits,
  roomTag,
  roomWordLimits,
  tagCounts,
} from './sync-word.ts';

/** What others wrote is told after this long, together. */
const tellAfterMs = 200;
/** Entries that bring nothing, because they are known or wrong: so many at once, and then each second. A wrong one counts for ten. */
const vain = { atOnce: 10_000, eachSecond: 100, wrong: 10 };

export interface ExchangeParts {
  readonly sealer: Pick<Sealer, 'hkdfSha256' | 'randomBytes'>;
  readonly clock: Clock;
  /** Of the two sides of this link, at its beginning. */
  readonly transcript: Bytes;
  say(text: string): void;
  send(bytes: Bytes): void;
  /** Whether more bytes may be sent now; `drained` is called when they may again. */
  hasRoom(): boolean;
  /** The other side has let us into a room that is not kept here. */
  onInvited?(invitation: Invitation): void;
}

export class RoomExchange {
  readonly #parts: ExchangeParts;
  readonly #rooms = new Map<string, OnLink>();
  readonly #words = new WordBudget(roomWordLimits);
  readonly #bytes = new WordBudget(roomBytesLimits);
  readonly #vain = new TokenBucket(vain.atOnce, vain.eachSecond);
  #ourTags: readonly string[] = [];
  #theirTags: ReadonlySet<string> = new Set();
  #hasHeardTags = false;
  readonly #turns = new Turns();
  readonly #blobs: BlobLink;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    this.#blobs = new BlobLink({
      block: async ({ tag, hash, at }) => this.#open(tag)?.copy.block?.(hash, at),
      isOpen: (tag) => this.#open(tag) !== undefined,
      none: (name) => this.#say({ t: 'blob-none', ...name }),
      send: (bytes) => parts.send(bytes),
      hasRoom: () => parts.hasRoom(),
    });
  }

  /** The rooms that are kept here; at most 128 are told. Called at the beginning, and again whenever one comes or goes. */
  setRooms(copies: readonly RoomCopy[]): Promise<void> {
    return this.#turns.next(async () => {
      const tags: string[] = [];
      for (const copy of copies.slice(0, tagCounts.at(-1))) {
        const tag = await roomTag(this.#parts.sealer, copy.room, this.#parts.transcript);
        tags.push(tag);
        if (!this.#rooms.has(tag)) this.#rooms.set(tag, newOnLink(copy, tag));
      }
      for (const [tag, { cancel }] of this.#rooms)
        if (!tags.includes(tag)) {
          cancel();
          this.#rooms.delete(tag);
        }
      const count = tagCounts.find((one) => one >= tags.length) ?? tags.length;
      while (tags.length < count) tags.push(toBase64url(this.#parts.sealer.randomBytes(16)));
      this.#ourTags = tags.toSorted();
      this.#sayRooms();
      this.#meet();
    });
  }

  /** A word from the other side. */
  heard(text: string): Promise<void> {
    return this.#turns.received(text.length, async () => {
      if (!this.#words.take(this.#parts.clock.now(), text.length)) return;
      const word = parseRoomWord(text);
      if (word?.t === 'rooms') {
        this.#theirTags = new Set(word.tags);
        this.#hasHeardTags = true;
        // Said again by a side that had not let us have a room before: it has not listened to what we told of it.
        for (const { tag, sync } of this.#rooms.values())
          if (sync && !sync.isHeard && this.#open(tag)) for (const one of sync.tipsAgain()) this.#say(one);
        this.#meet();
      } else if (word?.t === 'invite') {
        const { room, name, members } = word;
        if (name !== '' && !this.#of(room)) this.#parts.onInvited?.({ room, name, members });
      } else if (word) await this.#heardOf(word);
    });
  }

  /** Entries from the other side. */
  heardBytes(bytes: Uint8Array): Promise<void> {
    return this.#turns.received(bytes.length, async () => {
      const now = this.#parts.clock.now();
      if (bytes[0] === pieceMark) {
        this.#heardPiece(bytes, now);
        return;
      }
      if (!this.#bytes.take(now, bytes.length) || !this.#vain.has(now)) return;
      const batch = parseEntryBatch(bytes);
      const on = batch && this.#open(batch.tag);
      if (!on?.sync || !batch) return;
      const intake = await on.copy.intake.take(batch.entries, on.waiting);
      const brought = intake.taken.length + intake.refused.length;
      let cost = Math.max(0, batch.entries.length - brought) + vain.wrong * intake.refused.length;
      while (cost > 0 && !this.#vain.take(now, cost)) cost = Math.floor(cost / 2);
      for (const word of on.sync.took(intake)) this.#say(word);
      if (intake.taken.length > 0) on.copy.onTaken(intake.taken);
    });
  }

  /** Own new entries of a room. */
  wrote(room: string, entries: readonly Placed[]): Promise<void> {
    return this.#turns.next(async () => {
      this.#of(room)?.sync?.wrote(entries);
      this.#fill();
    });
  }

  /** Something has come into a room from elsewhere, or who may have it has changed. */
  changed(room: string): void {
    const on = this.#of(room);
    if (!on || this.#turns.isOver) return;
    on.cancel();
    on.cancel = this.#parts.clock.after(tellAfterMs, () => {
      void this.#turns.next(async () => {
        if (this.#isToMeet(on)) this.#sayRooms();
        this.#meet();
        for (const word of this.#open(on.tag)?.sync?.tips() ?? []) this.#say(word);
      });
    });
  }

  /** Looks at signatures that were not needed so far, and asks for those that are wrong. */
  proveLater(room: string, most: number): Promise<void> {
    return this.#turns.next(async () => {
      const on = this.#of(room);
      const wrong = (await on?.copy.intake.proveLater(most)) ?? [];
      for (const word of on?.sync?.mend(wrong) ?? []) this.#say(word);
    });
  }

  /** Asks the other side for the block list of a blob. */
  wantBlob(room: string, hash: string): Promise<void> {
    return this.#turns.next(async () => {
      const on = this.#of(room);
      if (on?.sync && this.#open(on.tag)) this.#say({ t: 'blob-want', tag: on.tag, hash });
    });
  }

  /** Asks the other side for one block of it. @param length of the block. */
  wantBlock(room: string, hash: string, at: number, length: number): Promise<void> {
    return this.#turns.next(async () => {
      const on = this.#of(room);
      if (!on?.sync || !this.#open(on.tag)) return;
      const name = { tag: on.tag, hash, at };
      this.#blobs.expect(name, length);
      this.#say({ t: 'blob-get', ...name });
    });
  }

  /** There is room for more bytes. */
  drained(): void {
    if (!this.#turns.isOver) this.#fill();
  }

  /** The link is over: what waits is dropped. */
  close(): void {
    this.#turns.close();
    this.#blobs.close();
    for (const { cancel } of this.#rooms.values()) cancel();
    this.#rooms.clear();
  }

  async #heardOf(word: Exclude<RoomWord, { t: 'rooms' | 'invite' }>): Promise<void> {
    if (word.t === 'out') {
      this.#rooms.get(word.tag)?.copy.onOut?.({ e: word.e, s: word.s });
      return;
    }
    const on = this.#open(word.tag);
    if (!on?.sync) return;
    if (word.t === 'tips') for (const answer of on.sync.heardTips(word)) this.#say(answer);
    else if (word.t === 'need') on.sync.heardNeed(word.ids);
    else if (word.t === 'blob-want') {
      const { tag, hash } = word;
      const none = { t: 'blob-blocks', tag, hash, size: 0, at: 0, list: '' } as const;
      for (const answer of (await on.copy.blob?.(hash))?.words(tag) ?? [none]) this.#say(answer);
    } else if (word.t === 'blob-get') this.#blobs.heardGet(word);
    else if (word.t === 'blob-none') {
      this.#blobs.forget(word);
      on.copy.onBlock?.(word.hash, word.at, undefined);
    } else if (word.t === 'meeting') on.copy.onMeeting?.(word.meeting);
    else on.copy.onBlocks?.(word);
    this.#fill();
  }

  /** What was asked for is paid for by that; whatever else comes costs as much as entries do. */
  #heardPiece(bytes: Uint8Array, now: number): void {
    const piece = parseBlobPiece(bytes);
    const block = piece && this.#open(piece.tag) ? this.#blobs.heardPiece(piece) : 'strange';
    if (block === 'strange') this.#bytes.take(now, bytes.length);
    else if (piece && block) this.#open(piece.tag)?.copy.onBlock?.(piece.hash, piece.at, block);
  }

  /** A room is begun where both have it and the other side may. */
  #meet(): void {
    for (const on of this.#rooms.values())
      if (this.#isToMeet(on)) {
        on.sync = new RoomSync(on.tag, on.copy.graph);
        for (const word of on.sync.tips()) this.#say(word);
        on.copy.onMet?.();
      }
    if (!this.#hasHeardTags) return;
    for (const on of this.#rooms.values())
      for (const word of wordsBeside(on, this.#theirTags.has(on.tag))) this.#say(word);
  }

  #isToMeet({ sync, tag, copy }: OnLink): boolean {
    return !sync && this.#theirTags.has(tag) && copy.mayHave();
  }

  #sayRooms(): void {
    this.#say({ t: 'rooms', tags: [...this.#ourTags] });
  }

  /** Silence towards everybody else: they learn no more than by guessing. */
  #open(tag: string): OnLink | undefined {
    const on = this.#rooms.get(tag);
    return on?.copy.mayHave() ? on : undefined;
  }

  #of(room: string): OnLink | undefined {
    return [...this.#rooms.values()].find(({ copy }) => copy.room === room);
  }

  /** Sends while there is room, a batch of each room in turn. */
  #fill(): void {
    for (let isMore = true; isMore; ) {
      isMore = false;
      for (const { tag } of this.#rooms.values()) {
        const sync = this.#open(tag)?.sync;
        if (!sync?.hasMore || !this.#parts.hasRoom()) continue;
        this.#parts.send(formatEntryBatch({ tag, entries: sync.nextBatch() }));
        isMore = true;
      }
    }
    this.#blobs.fill();
  }

  #say(word: RoomWord): void {
    if (!this.#turns.isOver) this.#parts.say(formatRoomWord(word));
  }
}
