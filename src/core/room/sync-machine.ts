// One room on one link: what the other side lacks and what is lacking here (docs/rooms.md#meeting). Chains make that a comparison of one line for
// each branch. Pure: what is to be said comes back as data, entries go out as fast as they are fetched from `nextBatch`.
//
//   silent --start--> told: all tips --tips heard--> the other's chains are known: what is above them goes out
//   later: own entries go out at once; entries of others are told by their tips alone, for whoever lacks them to ask for
import { inOrder, type SignedText, writerOf } from './entry.ts';
import type { Placed, RoomGraph } from './graph.ts';
import type { Intake } from './intake.ts';
import { lengthInBatch, maxBatchLength, maxNeeded, maxTips, type RoomWord, type Tip } from './sync-word.ts';

/** An entry goes over one link so often: once, and once more when it is asked for. */
const mostTimes = 2;
/** Entries before one that is asked for, which come with it. */
const mostBefore = 63;
/** Names that are asked for and have not come. */
const mostAsked = 8_192;
/** Writers of whom the other side's places are kept: of others it is sent what it may have already. */
const mostWriters = 65_536;

type Word = Extract<RoomWord, { tag: string }>;

export class RoomSync {
  readonly #tag: string;
  readonly #graph: RoomGraph;
  /** Writer -> the greatest number that the other side has told or sent. */
  readonly #theirs = new Map<string, number>();
  readonly #sent = new Map<string, number>();
  readonly #toldTips = new Set<string>();
  readonly #asked = new Set<string>();
  /** The other side has said all its tips: from then on it is sent what it lacks. */
  #isHeard = false;
  #queue: Placed[] = [];

  constructor(tag: string, graph: RoomGraph) {
    this.#tag = tag;
    this.#graph = graph;
  }

  /** Whether the other side has told what it has. */
  get isHeard(): boolean {
    return this.#isHeard;
  }

  /** All tips, whatever was told before. */
  tipsAgain(): readonly Word[] {
    this.#toldTips.clear();
    return this.tips();
  }

  /** Entries wait to be fetched. */
  get hasMore(): boolean {
    return this.#queue.length > 0;
  }

  /** Tips that were not told yet: all of them, the first time. Said even when there are none, for the other side waits for them. */
  tips(): readonly Word[] {
    const isFirst = this.#toldTips.size === 0;
    const fresh = this.#graph.tips().filter(({ id }) => !this.#toldTips.has(id));
    if (fresh.length === 0 && !isFirst) return [];
    for (const { id } of fresh) this.#toldTips.add(id);
    const lines = fresh.map(({ author, device, seq, id }): Tip => [author, device, seq, id]);
    const words: Word[] = [];
    do {
      const tips = lines.splice(0, maxTips);
      words.push({ t: 'tips', tag: this.#tag, tips, more: lines.length > 0 });
    } while (lines.length > 0);
    return words;
  }

  /** What the other side has. @returns what is asked for: its entries at places where there are others here. */
  heardTips({ tips, more }: Extract<RoomWord, { t: 'tips' }>): readonly Word[] {
    const forks: string[] = [];
    for (const [author, device, seq, id] of tips) {
      const writer = writerOf({ author, device });
      this.#know(writer, seq);
      if (this.#graph.has(id)) continue;
      // What is above our own last comes by itself, unless it was told after the beginning.
      if (seq <= this.#graph.lastOf(writer) || this.#isHeard) forks.push(id);
    }
    if (!more && !this.#isHeard) {
      this.#isHeard = true;
      this.#enqueue([...this.#graph.all()].filter((entry) => entry.seq > (this.#theirs.get(entry.writer) ?? 0)));
      this.#theirs.clear();
    }
    return this.#need(forks);
  }

  /** Answers with what is asked for, and with what is before it on its branch. */
  heardNeed(ids: readonly string[]): void {
    const wanted = new Map<string, Placed>();
    for (const id of ids) {
      let entry = this.#graph.get(id);
      const { branch } = entry ?? {};
      for (let i = 0; entry && entry.branch === branch && i <= mostBefore; i++) {
        if (i > 0 && this.#sent.has(entry.id)) break;
        wanted.set(entry.id, entry);
        entry = this.#graph.get(entry.before);
      }
    }
    this.#enqueue([...wanted.values()], mostTimes);
  }

  /** Own new entries: they go out at once. */
  wrote(entries: readonly Placed[]): void {
    if (this.#isHeard) this.#enqueue(entries);
  }

  /** What came of entries from the other side. @returns what is asked for. */
  took({ taken, missing }: Intake): readonly Word[] {
    for (const entry of taken) {
      this.#asked.delete(entry.id);
      this.#sent.set(entry.id, mostTimes - 1);
      this.#know(entry.writer, entry.seq);
    }
    return this.#need(missing);
  }

  /** Only until all is told: from then on nothing is asked of it. */
  #know(writer: string, seq: number): void {
    if (this.#isHeard || (this.#theirs.size >= mostWriters && !this.#theirs.has(writer))) return;
    this.#theirs.set(writer, Math.max(seq, this.#theirs.get(writer) ?? 0));
  }

  /** Entries whose signature here is not their author's. */
  mend(ids: readonly string[]): readonly Word[] {
    return this.#need(ids);
  }

  /** What goes out next: at most `maxBatchLength` bytes. Empty when there is nothing. */
  nextBatch(): readonly SignedText[] {
    const batch: SignedText[] = [];
    let length = 32;
    let taken = 0;
    for (const { signed } of this.#queue) {
      length += lengthInBatch(signed);
      if (length > maxBatchLength) break;
      batch.push(signed);
      taken += 1;
    }
    this.#queue.splice(0, taken);
    return batch;
  }

  /** In order, so that nothing has to wait over there. */
  #enqueue(entries: readonly Placed[], most = 1): void {
    const fresh = entries.filter(({ id }) => (this.#sent.get(id) ?? 0) < most);
    for (const { id } of fresh) this.#sent.set(id, (this.#sent.get(id) ?? 0) + 1);
    this.#queue.push(...fresh.toSorted(inOrder));
  }

  #need(ids: readonly string[]): readonly Word[] {
    const fresh = ids.filter((id) => !this.#asked.has(id)).slice(0, Math.max(0, mostAsked - this.#asked.size));
    for (const id of fresh) this.#asked.add(id);
    const words: Word[] = [];
    for (let at = 0; at < fresh.length; at += maxNeeded)
      words.push({ t: 'need', tag: this.#tag, ids: fresh.slice(at, at + maxNeeded) });
    return words;
  }
}
