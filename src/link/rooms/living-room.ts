// One room as it is open on a page: read from the disk, written to by this person, filled by links and by what other pages of this browser
// write. Whatever comes, comes in by the same rules and one after the other; whatever is written is on the disk before it is told to anybody.

import { toBase64url } from '../../core/base/bytes.ts';
import type { Clock, Sealer, Signer } from '../../core/base/ports.ts';
import { parseSmallJson } from '../../core/base/safe-json.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import { isRoomEntrySigned, readRoomEntry, type SignedText, signRoomEntry, writerOf } from '../../core/room/entry.ts';
import type { EntryBody } from '../../core/room/entry-body.ts';
import { type Placed, RoomGraph } from '../../core/room/graph.ts';
import { type Intake, RoomIntake, WaitingEntries } from '../../core/room/intake.ts';
import { RoomView } from '../../core/room/room-view.ts';
import { placeOfNext } from '../../core/room/writing.ts';
import type { RoomBlobs } from '../../platform/store/room-blobs.ts';
import type { KeptRoom } from '../../platform/store/room-database.ts';
import type { NewPacks, RoomStore } from '../../platform/store/room-store.ts';

export interface RoomTools {
  readonly store: RoomStore;
  readonly blobs: RoomBlobs;
  readonly sealer: Pick<Sealer, 'sha256' | 'verify' | 'hkdfSha256' | 'randomBytes'>;
  readonly signer: Signer;
  readonly clock: Clock;
  /** Nobody else of this browser runs anything under this name meanwhile. */
  readonly alone: (name: string, run: () => Promise<void>) => Promise<void>;
  readonly fault: (what: string, error: unknown) => void;
}

/** Where something new has come from: written here, by another page of this browser, or over a link. */
export type NewsFrom = 'here' | 'store' | { readonly link: unknown };

/** This person is no member, as far as is known here: what they write would count for nothing. */
export class NoMemberError extends Error {
  readonly code = 'no-member';
  constructor() {
    super('only members write in a room');
    this.name = 'NoMemberError';
  }
}

/** The room holds as much as a room may: what is written now would be shown to nobody. */
export class RoomFullError extends Error {
  readonly code = 'room-full';
  constructor() {
    super('the room is full');
    this.name = 'RoomFullError';
  }
}

/** Of an entry that was looked at before it was kept. */
function authorOf({ e }: SignedText): string | undefined {
  const { a } = (parseSmallJson(e) ?? {}) as { readonly a?: unknown };
  return typeof a === 'string' ? a : undefined;
}

type Listener = (entries: readonly Placed[], from: NewsFrom) => void;

export class LivingRoom {
  readonly graph = new RoomGraph();
  readonly view: RoomView;
  readonly #tools: RoomTools;
  readonly #intake: RoomIntake;
  readonly #listeners = new Set<Listener>();
  /** Every text that is here: what another page has told of is read once. */
  readonly #texts = new Set<string>();
  #kept: KeptRoom;
  readonly #work = new TaskQueue();

  private constructor(kept: KeptRoom, tools: RoomTools) {
    this.#kept = kept;
    this.#tools = tools;
    this.#intake = new RoomIntake(tools.sealer, kept.room, this.graph);
    this.view = new RoomView(this.graph);
  }

  /** Reads all that is kept of a room. @throws what the database throws. */
  static async open(kept: KeptRoom, tools: RoomTools): Promise<LivingRoom> {
    const room = new LivingRoom(kept, tools);
    await room.#takeFromDisk(await tools.store.entries(kept.room));
    return room;
  }

  get name(): string {
    return this.#kept.room;
  }

  /** What is known of the room beside its entries. */
  get kept(): KeptRoom {
    return this.#kept;
  }

  /** This person, by key. */
  get self(): string {
    return toBase64url(this.#tools.signer.publicKey);
  }

  isMember(who: string): boolean {
    return this.view.sight.standing.members().has(who);
  }

  /** A removal that was handed over, unless the room itself holds it by now. */
  get shownOut(): SignedText | undefined {
    const { shownOut } = this.#kept;
    return shownOut && !this.#texts.has(shownOut.e) ? shownOut : undefined;
  }

  /** Who has shown this person out, by key, if it was that. */
  get outBy(): string | undefined {
    const { shownOut } = this;
    if (this.isMember(this.self)) return shownOut && authorOf(shownOut);
    return this.view.sight.standing.cutsOf(this.self).find(({ body }) => body?.k === 'remove')?.author;
  }

  /** Whether what this person writes counts, as far as is known here. */
  get canWrite(): boolean {
    return this.isMember(this.self) && this.shownOut === undefined;
  }

  /** Calls back after something has come. Returns a function that stops it. */
  onNews(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Writes entries, one behind the other. @param bodies are made when it is this page's turn, out of all that is known then.
   * @throws NoMemberError, RoomFullError, or what the database throws; what was written until then stays.
   */
  write(bodies: () => readonly EntryBody[]): Promise<void> {
    const { alone, store } = this.#tools;
    const { room } = this.#kept;
    return this.#next(() =>
      alone(`freeflow-connect/room ${room}`, async () => {
        this.#kept = (await store.get(room)) ?? this.#kept;
        const writer = writerOf({ author: this.self, device: this.#kept.device });
        const from = this.graph.lastOf(writer) + 1;
        // Another page may have written as this device a moment ago: a second history must not begin here.
        await this.#takeFromDisk(await store.entriesFrom(room, writer, from));
        if (!this.canWrite) throw new NoMemberError();
        for (const body of bodies()) await this.#writeOne(body);
        await this.#keepName();
      }),
    );
  }

  /** What came over a link. Kept on the disk, if that is possible; else it comes again another time. */
  takeFromLink(link: unknown, batch: readonly SignedText[], waiting: WaitingEntries): Promise<Intake> {
    return this.#next(async () => {
      const intake = await this.#intake.take(batch, waiting);
      if (intake.taken.length === 0) return intake;
      await this.#lookForCopy(intake.taken);
      for (const { signed } of intake.taken) this.#texts.add(signed.e);
      await this.#tools.store
        .append(this.#kept.room, intake.taken, 'others')
        .catch((error: unknown) => this.#tools.fault('keeping room entries', error));
      this.#tell(intake.taken, { link });
      await this.#keepName();
      return intake;
    });
  }

  /** Takes entries of a file, by the same rules as from a link. @returns how many are new. @throws what the database throws. */
  takeFromFile(batch: readonly SignedText[]): Promise<number> {
    return this.#next(async () => {
      const { taken } = await this.#intake.take(batch, new WaitingEntries());
      await this.#lookForCopy(taken);
      for (const { signed } of taken) this.#texts.add(signed.e);
      await this.#tools.store.append(this.#kept.room, taken, 'others');
      this.#tell(taken, 'store');
      await this.#keepName();
      return taken.length;
    });
  }

  /** Looks at some signatures that were not needed so far. @returns entries that somebody has to send again. */
  proveLater(most: number): Promise<readonly string[]> {
    return this.#next(() => this.#intake.proveLater(most));
  }

  /** Another page has written: these records, or something beside the entries. */
  readAgain(packs: NewPacks): Promise<void> {
    return this.#next(async () => {
      const { store } = this.#tools;
      this.#kept = (await store.get(this.#kept.room)) ?? this.#kept;
      await this.#takeFromDisk(packs.length === 0 ? [] : await store.entriesIn(this.#kept.room, packs));
    });
  }

  /** We are told that we were shown out: believed when whoever signed it could do so, as far as this copy knows. */
  heardOut(removal: SignedText): Promise<void> {
    return this.#next(async () => {
      const { sealer, store } = this.#tools;
      const { room } = this.#kept;
      const entry = this.shownOut ? undefined : await readRoomEntry(sealer, room, removal);
      if (entry?.body?.k !== 'remove' || entry.body.who !== this.self || this.graph.has(entry.id)) return;
      if (!this.view.sight.standing.canRemove(entry.author, this.self)) return;
      if (!(await isRoomEntrySigned(sealer, room, entry))) return;
      this.#change({ shownOut: removal });
      await store.change(room, { shownOut: removal });
      this.#tell([], 'store');
    });
  }

  /** What this person has seen by now. */
  see(): Promise<void> {
    return this.#next(async () => {
      const seen = this.graph.heads();
      if (seen.join() === this.#kept.seen.join()) return;
      this.#change({ seen });
      await this.#tools.store.change(this.#kept.room, { seen });
    });
  }

  async #writeOne(body: EntryBody): Promise<void> {
    if (this.graph.isFull) throw new RoomFullError();
    const { signer, sealer, store, clock } = this.#tools;
    const { room, device } = this.#kept;
    const place = placeOfNext(this.graph, this.view, this.self, device, clock.now());
    const signed = await signRoomEntry(signer, body.k === 'found' ? '' : room, place, body);
    const entry = await readRoomEntry(sealer, room, signed);
    if (entry?.body === undefined) throw new Error(`a ${body.k} that nobody could read`);
    await store.append(room, [entry], 'us');
    this.#texts.add(signed.e);
    const { taken } = await this.#intake.take([signed], new WaitingEntries());
    this.#tell(taken, 'here');
  }

  async #takeFromDisk(texts: readonly SignedText[]): Promise<void> {
    const fresh = texts.filter(({ e }) => !this.#texts.has(e));
    if (fresh.length === 0) return;
    const { taken } = await this.#intake.take(fresh, new WaitingEntries());
    for (const { signed } of taken) this.#texts.add(signed.e);
    if (taken.length > 0) this.#tell(taken, 'store');
  }

  /** Something of this writer comes from elsewhere that this browser has never written: its profile was copied, and goes on as another device. */
  async #lookForCopy(taken: readonly Placed[]): Promise<void> {
    const { store, sealer } = this.#tools;
    const { room, device } = this.#kept;
    const writer = writerOf({ author: this.self, device });
    const own = taken.filter((entry) => entry.writer === writer);
    if (own.length === 0) return;
    const kept = new Set((await store.entriesFrom(room, writer, 1)).map(({ e }) => e));
    if (own.every(({ signed }) => kept.has(signed.e))) return;
    this.#change({ device: toBase64url(sealer.randomBytes(8)) });
    await store.change(room, { device: this.#kept.device });
  }

  /** The list of rooms is shown before any room is read: it has the name that the room has. */
  async #keepName(): Promise<void> {
    const name = this.view.show('people')?.name;
    if (name === undefined || name === this.#kept.name) return;
    this.#change({ name });
    const { store, fault } = this.#tools;
    await store.change(this.#kept.room, { name }).catch((error: unknown) => fault('keeping the name of a room', error));
  }

  #change(change: Partial<KeptRoom>): void {
    this.#kept = { ...this.#kept, ...change };
  }

  #tell(entries: readonly Placed[], from: NewsFrom): void {
    this.view.add(entries);
    for (const listener of this.#listeners) listener(entries, from);
  }

  #next<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.#work.run(run);
  }
}
