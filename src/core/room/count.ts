// Which entries count (docs/rooms.md#what-counts). What its author stood for counts; of what somebody wrote who did not know yet that they had
// been shown out, words count that others have built upon, and nothing that decides. The same set gives the same answer in whatever order it
// came; what is kept between two looks only saves work.
import { inOrder } from './entry.ts';
import { knows, type Placed, type RoomGraph } from './graph.ts';
import { Past } from './past.ts';
import { isControl, Standing } from './standing.ts';

/** Of one person; entries of further ones are kept and do not count. */
const maxDevices = 8;
/** Different views of who may, for one person's words from outside; what needs more does not count. */
const maxViews = 64;

/** What decides something is never let in by what others build upon it. */
const deciding: ReadonlySet<string> = new Set([
  'found',
  'admit',
  'remove',
  'leave',
  'policy',
  'rename',
  'vote',
  'close',
  'join',
  'profile',
]);

/** Who may and what counts, as far as somebody could see it. */
export interface Sight {
  readonly standing: Standing;
  /** Whether the author stood there, by one of their first devices. */
  stood(entry: Placed, role?: 'steward'): boolean;
}

export class RoomCount {
  readonly #graph: RoomGraph;
  readonly #control: Placed[] = [];
  readonly #content: Placed[] = [];
  #standing = new Standing([]);
  /** Entries whose author stood. */
  #stood = new Set<string>();
  /** Person -> all that is behind what they wrote while they stood. */
  #seenBy = new Map<string, Past>();
  readonly #views = new Map<string, Standing>();
  readonly #viewKeys = new Map<string, string>();
  #counted: readonly Placed[] = [];
  #late: ReadonlySet<string> = new Set();

  constructor(graph: RoomGraph) {
    this.#graph = graph;
  }

  /** All that counts, in its order. */
  get counted(): readonly Placed[] {
    return this.#counted;
  }

  /** Names of what counts only because others have built upon it. */
  get lateWords(): readonly string[] {
    return [...this.#late];
  }

  /**
   * Whether an honest writer builds upon this entry. Whoever knows of a removal does not name what it has cut, or the words of somebody who was
   * shown out would count for ever by being read.
   */
  isFit(entry: Placed): boolean {
    if (entry.body !== undefined) return this.#stood.has(entry.id) || this.#late.has(entry.id);
    // A later version's: it counts there.
    return this.#isOfFirstDevices(entry) && this.#standing.stands(entry.author, entry);
  }

  /** As all entries together tell it. */
  get sight(): Sight {
    return {
      standing: this.#standing,
      stood: (entry, role) => this.#stood.has(entry.id) && (!role || this.#standing.stands(entry.author, entry, role)),
    };
  }

  /** Counts these entries of the graph too. @returns whether who may has changed. */
  add(entries: readonly Placed[]): boolean {
    const control = entries.filter(isControl);
    this.#control.push(...control);
    this.#content.push(...entries.filter(({ body }) => body !== undefined));
    // A ninth device with an older first entry takes the place of one that counted.
    const hasMany = entries.some(({ author, seq }) => seq === 1 && this.#graph.writersOf(author).size > maxDevices);
    const isNew = control.length > 0 || hasMany;
    if (isNew) {
      this.#standing = new Standing(this.#control);
      this.#stood = new Set();
      this.#seenBy = new Map();
    }
    for (const entry of isNew ? this.#content : entries) this.#stand(entry);
    this.#counted = [...this.#content].sort(inOrder);
    this.#late = this.#builtUpon(this.#counted.filter(({ id }) => !this.#stood.has(id)));
    this.#counted = this.#counted.filter(({ id }) => this.#stood.has(id) || this.#late.has(id));
    return isNew;
  }

  /** What the author of an entry could see when they wrote it. It never changes, whatever comes. */
  seenAt(at: Placed): Sight {
    const standing = this.#viewAt(at);
    return {
      standing,
      stood: (entry, role) =>
        knows(at, entry) && this.#isOfFirstDevices(entry, at) && standing.stands(entry.author, entry, role),
    };
  }

  #stand(entry: Placed): void {
    const { author, id, past, body } = entry;
    if (body === undefined || !this.#isOfFirstDevices(entry) || !this.#standing.stands(author, entry)) return;
    this.#stood.add(id);
    this.#seenBy.set(author, (this.#seenBy.get(author) ?? Past.none).joined(past));
  }

  /** Words of people who were out without knowing it, as far as others who stood have built upon them. */
  #builtUpon(outside: readonly Placed[]): ReadonlySet<string> {
    const builtUpon = new Map<string, Past>();
    const viewsOf = new Map<string, Set<string>>();
    const late = new Set<string>();
    for (const entry of outside) {
      const { author, kind, id } = entry;
      if (deciding.has(kind) || !this.#isOfFirstDevices(entry)) continue;
      const views = viewsOf.get(author) ?? new Set();
      viewsOf.set(author, views);
      const key = this.#viewKey(entry);
      if (!views.has(key) && views.size >= maxViews) continue;
      views.add(key);
      const past = builtUpon.get(author) ?? this.#seenByOthers(author);
      builtUpon.set(author, past);
      if (knows({ past }, entry) && this.#viewAt(entry).members().has(author)) late.add(id);
    }
    return late;
  }

  #seenByOthers(author: string): Past {
    return [...this.#seenBy].reduce((all, [who, past]) => (who === author ? all : all.joined(past)), Past.none);
  }

  /** Which control entries are known there, in one text; only compared with others of this graph. */
  #viewKey(at: Placed): string {
    const known = this.#viewKeys.get(at.id);
    if (known !== undefined) return known;
    const last = this.#control.findLastIndex((control) => knows(at, control));
    const key = this.#control
      .slice(0, last + 1)
      .map((control) => (knows(at, control) ? '1' : '0'))
      .join('');
    this.#viewKeys.set(at.id, key);
    return key;
  }

  #viewAt(at: Placed): Standing {
    const key = this.#viewKey(at);
    const view = this.#views.get(key) ?? new Standing(this.#control.filter((control) => knows(at, control)));
    this.#views.set(key, view);
    return view;
  }

  /** By the first entry of each device, of those that `at` knows. */
  #isOfFirstDevices({ author, writer }: Placed, at?: Placed): boolean {
    const writers = this.#graph.writersOf(author);
    if (writers.size <= maxDevices) return true;
    const firsts = [...writers].flatMap((one) => {
      const entries = this.#graph.at(one, 1).flatMap((id) => this.#graph.get(id) ?? []);
      return entries.filter((entry) => !at || knows(at, entry)).sort(inOrder)[0] ?? [];
    });
    return firsts
      .sort(inOrder)
      .slice(0, maxDevices)
      .some((first) => first.writer === writer);
  }
}
