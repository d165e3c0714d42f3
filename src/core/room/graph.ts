// The entries of one room, each at its place behind those that its author had. A set without order of arrival: whoever has the same entries
// has the same graph. What is not right is refused; who may is not asked here but for strangers, who cannot fill a disk (docs/rooms.md#intake).
import { type RoomEntry, type SignedText, writerOf } from './entry.ts';
import { Past } from './past.ts';

/** A room that holds more is full. */
const maxEntries = 250_000;

/** An entry at its place. */
export interface Placed extends Omit<RoomEntry, 'signed'> {
  /** Another signature may take the place of one that was never proven by itself. */
  signed: SignedText;
  readonly writer: string;
  /** A chain of one writer, or what forks off it; a number of this graph alone. */
  readonly branch: number;
  /** Of all branches, itself included. */
  readonly past: Past;
}

export type Refusal =
  /** Does not go on from its writer's entry before. */
  | 'chain'
  /** Its count is not one more than the greatest before it. */
  | 'count'
  /** A second beginning, or none. */
  | 'beginning'
  /** Nobody in its past has named its author. */
  | 'stranger'
  | 'full';

export type Taken =
  | { readonly state: 'taken'; readonly entry: Placed }
  | { readonly state: 'known' }
  | { readonly state: 'waits'; readonly missing: readonly string[] }
  | { readonly state: 'refused'; readonly why: Refusal };

/** Two entries of one writer at one place: signed proof of two histories. */
export interface Evidence {
  readonly writer: string;
  readonly seq: number;
  readonly entries: readonly [string, string];
}

interface Branch {
  readonly writer: string;
  tip: Placed;
}

/** Whether `later` was written by somebody who had `earlier`, or is it. */
export function knows(later: Pick<Placed, 'past'>, earlier: Pick<Placed, 'branch' | 'seq'>): boolean {
  return later.past.at(earlier.branch) >= earlier.seq;
}

export class RoomGraph {
  readonly #entries = new Map<string, Placed>();
  readonly #branches: Branch[] = [];
  /** Writer -> number -> names of the entries there; more than one is evidence. */
  readonly #places = new Map<string, Map<number, string[]>>();
  /** Writer -> the first number at which there are two entries. */
  readonly #forked = new Map<string, number>();
  readonly #last = new Map<string, number>();
  /** Person -> entries that name them as let in, the founding entry among them. */
  readonly #naming = new Map<string, Placed[]>();
  readonly #heads = new Set<string>();
  readonly #writers = new Map<string, Set<string>>();
  readonly #most: number;
  #founding: Placed | undefined;

  /** @param most entries that it holds. */
  constructor(most = maxEntries) {
    this.#most = most;
  }

  get founding(): Placed | undefined {
    return this.#founding;
  }

  /** Nothing can be added any more. */
  get isFull(): boolean {
    return this.#entries.size >= this.#most;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): Placed | undefined {
    return this.#entries.get(id);
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  all(): IterableIterator<Placed> {
    return this.#entries.values();
  }

  /** Takes an entry that is proven to be its author's. */
  take(entry: RoomEntry): Taken {
    if (this.#entries.has(entry.id)) return { state: 'known' };
    const behind = entry.before === '' ? entry.heads : [entry.before, ...entry.heads];
    const missing = behind.filter((id) => !this.#entries.has(id));
    if (missing.length > 0) return { state: 'waits', missing };
    const why = this.#refusal(entry, behind);
    return why ? { state: 'refused', why } : { state: 'taken', entry: this.#place(entry, behind) };
  }

  /** Another signature of a text that is known already: the one that was proven by itself. */
  resign(id: string, signed: SignedText): void {
    const entry = this.#entries.get(id);
    if (entry?.signed.e === signed.e) entry.signed = signed;
  }

  /** Entries that no other one knows of, sorted. */
  heads(): readonly string[] {
    return [...this.#heads].sort();
  }

  /** The last entry of each branch. */
  tips(): readonly Placed[] {
    return this.#branches.map(({ tip }) => tip);
  }

  /** Each writer who has signed two histories, by the first place where they differ. */
  evidence(): readonly Evidence[] {
    return [...this.#forked]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([writer, seq]) => {
        const [one, other] = [...(this.#places.get(writer)?.get(seq) ?? [])].sort();
        return one !== undefined && other !== undefined ? [{ writer, seq, entries: [one, other] as const }] : [];
      });
  }

  /** The entries of one writer at one place. */
  at(writer: string, seq: number): readonly string[] {
    return this.#places.get(writer)?.get(seq) ?? [];
  }

  /** The greatest number of a writer; 0 when nothing of theirs is here. */
  lastOf(writer: string): number {
    return this.#last.get(writer) ?? 0;
  }

  /** How many devices a person writes with. */
  writersOf(author: string): ReadonlySet<string> {
    return this.#writers.get(author) ?? new Set();
  }

  #refusal(entry: RoomEntry, behind: readonly string[]): Refusal | undefined {
    if (this.isFull) return 'full';
    const before = this.#entries.get(entry.before);
    const writer = writerOf(entry);
    if (before ? before.writer !== writer || entry.seq !== before.seq + 1 : entry.seq !== 1) return 'chain';
    if (entry.n !== 1 + Math.max(0, ...behind.map((id) => this.#entries.get(id)?.n ?? 0))) return 'count';
    if (behind.length === 0 || entry.kind === 'found')
      return this.#founding || behind.length > 0 ? 'beginning' : undefined;
    const past = this.#pastOf(behind);
    return this.#naming.get(entry.author)?.some((named) => knows({ past }, named)) ? undefined : 'stranger';
  }

  #pastOf(behind: readonly string[]): Past {
    return behind.reduce((past, id) => past.joined(this.#entries.get(id)?.past ?? Past.none), Past.none);
  }

  #place(entry: RoomEntry, behind: readonly string[]): Placed {
    const writer = writerOf(entry);
    const before = this.#entries.get(entry.before);
    const goesOn = before !== undefined && this.#branches[before.branch]?.tip.id === before.id;
    const branch = goesOn ? before.branch : this.#branches.length;
    const placed: Placed = { ...entry, writer, branch, past: this.#pastOf(behind).with(branch, entry.seq) };
    const onBranch = this.#branches[branch];
    if (onBranch) onBranch.tip = placed;
    else this.#branches.push({ writer, tip: placed });
    this.#entries.set(entry.id, placed);
    this.#note(placed);
    for (const id of behind) this.#heads.delete(id);
    this.#heads.add(entry.id);
    return placed;
  }

  #note(placed: Placed): void {
    const { writer, seq, id, author, body } = placed;
    const places = this.#places.get(writer) ?? new Map<number, string[]>();
    this.#places.set(writer, places);
    const there = places.get(seq);
    if (there) {
      there.push(id);
      this.#forked.set(writer, Math.min(seq, this.#forked.get(writer) ?? seq));
    } else places.set(seq, [id]);
    this.#last.set(writer, Math.max(seq, this.#last.get(writer) ?? 0));
    this.#writers.set(author, (this.#writers.get(author) ?? new Set()).add(writer));
    if (body?.k === 'found') this.#founding = placed;
    const named = body?.k === 'found' ? author : body?.k === 'admit' ? body.who : undefined;
    if (named === undefined) return;
    const naming = this.#naming.get(named);
    if (naming) naming.push(placed);
    else this.#naming.set(named, [placed]);
  }
}
