// The way of entries from anywhere into the graph (docs/rooms.md#intake): read, put in order, proven, placed. A chain is proven by the
// signature of its last entry, because each entry names the one before by its hash; the signatures in between are proven later, in idle time.
import type { Sealer } from '../base/ports.ts';
import { inOrder, isRoomEntrySigned, type RoomEntry, readRoomEntry, type SignedText, writerOf } from './entry.ts';
import type { Placed, Refusal, RoomGraph } from './graph.ts';

/** What waits for entries that one source has not sent yet. */
export const maxWaiting = 4_096;
const maxWaitingLength = 16_000_000;
/** Names of refused entries that are remembered of one source: what builds upon them is dropped too. */
const maxRefused = 4_096;
/** Signatures that are proven at once. */
const atOnce = 64;

/** What came of a batch. */
export interface Intake {
  readonly taken: readonly Placed[];
  /** Names of entries that something waits for. */
  readonly missing: readonly string[];
  readonly refused: readonly (Refusal | 'form' | 'signature' | 'waits-for-refused' | 'too-many-wait')[];
}

/** Entries of one source that wait for others. One for each link or file; what still waits at its end is dropped. */
export class WaitingEntries {
  readonly entries = new Map<string, RoomEntry>();
  readonly refused = new Set<string>();
  #length = 0;

  /** @returns whether there was room. */
  add(entry: RoomEntry): boolean {
    if (this.entries.has(entry.id)) return true;
    if (this.entries.size >= maxWaiting || this.#length + entry.signed.e.length > maxWaitingLength) return false;
    this.entries.set(entry.id, entry);
    this.#length += entry.signed.e.length;
    return true;
  }

  remove(entry: RoomEntry): void {
    if (this.entries.delete(entry.id)) this.#length -= entry.signed.e.length;
  }

  refuse(entry: RoomEntry): void {
    this.remove(entry);
    if (this.refused.size < maxRefused) this.refused.add(entry.id);
  }
}

export class RoomIntake {
  readonly #sealer: Pick<Sealer, 'sha256' | 'verify'>;
  readonly #room: string;
  readonly #graph: RoomGraph;
  /** Entries whose own signature was not looked at. */
  readonly #unproven = new Set<string>();

  constructor(sealer: Pick<Sealer, 'sha256' | 'verify'>, room: string, graph: RoomGraph) {
    this.#sealer = sealer;
    this.#room = room;
    this.#graph = graph;
  }

  /** One batch after the other: never two at a time. */
  async take(batch: readonly SignedText[], waiting: WaitingEntries): Promise<Intake> {
    const refused: Intake['refused'][number][] = [];
    const read = await Promise.all(batch.map((signed) => readRoomEntry(this.#sealer, this.#room, signed)));
    /** What found no room to wait may still be placed by what comes with it. */
    const inHand = new Map(waiting.entries);
    for (const entry of read)
      if (!entry) refused.push('form');
      else if (this.#graph.has(entry.id)) await this.#provenAgain(entry);
      else if (!inHand.has(entry.id)) inHand.set(entry.id, entry);
    const sorted = [...inHand.values()].sort(inOrder);
    const ready = this.#ready(sorted);
    const authentic = await this.#authentic(ready);
    const taken: Placed[] = [];
    const missing = new Set<string>();
    for (const entry of sorted) {
      const behind = [entry.before, ...entry.heads];
      if (ready.has(entry.id) && !authentic.has(entry.id)) {
        waiting.remove(entry);
        refused.push('signature');
      } else if (behind.some((id) => waiting.refused.has(id))) {
        waiting.refuse(entry);
        refused.push('waits-for-refused');
      } else {
        const result = this.#graph.take(entry);
        if (result.state === 'waits') {
          if (!waiting.add(entry)) refused.push('too-many-wait');
          else for (const id of result.missing) if (!waiting.entries.has(id)) missing.add(id);
        } else waiting.remove(entry);
        if (result.state === 'taken') {
          taken.push(result.entry);
          if (authentic.get(entry.id) === 'by-chain') this.#unproven.add(entry.id);
        } else if (result.state === 'refused') {
          refused.push(result.why);
          if (result.why !== 'full') waiting.refuse(entry);
        }
      }
    }
    return { taken, missing: [...missing], refused };
  }

  /**
   * Looks at signatures that were not needed, up to `most`. @returns the entries whose signature is not their author's: the text is
   * theirs all the same, but it proves nothing by itself until somebody sends the right one.
   */
  async proveLater(most: number): Promise<readonly string[]> {
    const some = [...this.#unproven].slice(0, most);
    const wrong: string[] = [];
    for (const id of some) {
      const entry = this.#graph.get(id);
      if (!entry || (await isRoomEntrySigned(this.#sealer, this.#room, entry))) this.#unproven.delete(id);
      else wrong.push(id);
    }
    // Those that are wrong go to the end, so that the next look is at others.
    for (const id of wrong) {
      this.#unproven.delete(id);
      this.#unproven.add(id);
    }
    return wrong;
  }

  async #provenAgain(entry: RoomEntry): Promise<void> {
    if (!this.#unproven.has(entry.id) || !(await isRoomEntrySigned(this.#sealer, this.#room, entry))) return;
    this.#graph.resign(entry.id, entry.signed);
    this.#unproven.delete(entry.id);
  }

  /** Those behind which nothing is missing. A count that is too small puts an entry before its own past: it will be refused. */
  #ready(sorted: readonly RoomEntry[]): ReadonlyMap<string, RoomEntry> {
    const ready = new Map<string, RoomEntry>();
    for (const entry of sorted)
      if ([entry.before, ...entry.heads].every((id) => id === '' || ready.has(id) || this.#graph.has(id)))
        ready.set(entry.id, entry);
    return ready;
  }

  /** From the last to the first: whatever an authentic entry of the same writer goes on from is authentic. */
  async #authentic(ready: ReadonlyMap<string, RoomEntry>): Promise<ReadonlyMap<string, 'by-signature' | 'by-chain'>> {
    const authentic = new Map<string, 'by-signature' | 'by-chain'>();
    const goneOnFrom = new Set([...ready.values()].map(({ before }) => before));
    const down = (last: RoomEntry): void => {
      for (let next = last; ; ) {
        const before = ready.get(next.before);
        if (!before || authentic.has(before.id) || writerOf(before) !== writerOf(next)) return;
        authentic.set(before.id, 'by-chain');
        next = before;
      }
    };
    const doubtful = [...ready.values()].filter(({ id }) => !goneOnFrom.has(id));
    while (doubtful.length > 0) {
      const now = doubtful.splice(0, atOnce);
      const signed = await Promise.all(now.map((entry) => isRoomEntrySigned(this.#sealer, this.#room, entry)));
      for (const [i, entry] of now.entries())
        if (signed[i] === true) {
          authentic.set(entry.id, 'by-signature');
          down(entry);
        }
      // Behind a forged entry the one before it has to stand by itself.
      for (const [i, entry] of now.entries()) {
        const before = signed[i] === true ? undefined : ready.get(entry.before);
        if (before && !authentic.has(before.id)) doubtful.push(before);
      }
    }
    return authentic;
  }
}
