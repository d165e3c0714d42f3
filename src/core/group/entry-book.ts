// Which entries of the roster are kept, and which are believed. Believed is who speaks over an own link, or who answers a question that only
// this page has asked, and not long ago: nothing of another call, and nothing old, counts, whatever clocks say. Kept are those who matter
// here, and of everybody else a few for each link that tells of them: no flood drives anybody out. Pure.
import { toBase64url } from '../base/bytes.ts';
import { keepLatest } from '../base/keep-latest.ts';
import { claimedBy, maxHeard, peopleIn, type Roster, type RosterEntry, type SignedEntry } from './roster.ts';

/** Entries of people of no account here that are kept for each link that told of them. */
const maxStrangers = 16;
/** A person may have reloaded the page, or be in the call with two devices; older pages of theirs are of no use. */
const maxPages = 3;
/** The last questions, all of which may be answered: the last but one was still right when the answer was written. */
const maxAsks = 3;

/** Pages that said goodbye: an older entry of theirs must not bring them back. */
const maxGone = 64;

interface Held {
  readonly page: string;
  readonly entry: RosterEntry;
  readonly signed: SignedEntry;
  /** The link over which the first entry of this page came. */
  readonly via: string;
}

/** One page of one person: with every new page they begin anew. */
export function pageOf({ id, ek }: Pick<RosterEntry, 'id' | 'ek'>): string {
  return `${id} ${toBase64url(ek)}`;
}

export class EntryBook {
  readonly #self: string;
  /** Own links -> the page at the other end, once it has spoken. */
  readonly #links = new Map<string, string | undefined>();
  /** By page, the first told first. */
  readonly #held = new Map<string, Held>();
  /** By page, the number of the goodbye. */
  readonly #gone = new Map<string, number>();
  #own: { readonly entry: RosterEntry; readonly signed: SignedEntry } | undefined;
  #asks: readonly string[];
  #roster: Roster = new Map();
  #people: ReadonlySet<string> = new Set();
  #claimed: readonly string[] = [];

  /** @param ask the first question: 16 random bytes, base64url. */
  constructor(self: string, ask: string) {
    this.#self = self;
    this.#asks = [ask];
  }

  /** What is believed: one entry of each author, the own one among them. */
  get roster(): Roster {
    return this.#roster;
  }

  /** Everybody else in the call. */
  get people(): ReadonlySet<string> {
    return this.#people;
  }

  /** The question that the own entry asks. */
  get ask(): string {
    return this.#asks[0] ?? '';
  }

  /** Somebody is in the call to whom there is no link from here: whether they still are only their answers can tell. */
  get needsAnswers(): boolean {
    return [...this.#people].some((id) => !this.#links.has(id));
  }

  /** Asks anew: who does not answer this or one of the two before is not believed any more. */
  askAnew(ask: string): void {
    this.#asks = [ask, ...this.#asks].slice(0, maxAsks);
    this.#refresh();
  }

  linked(id: string): void {
    this.#links.set(id, this.#links.get(id));
    this.#refresh();
  }

  unlinked(id: string): void {
    this.#links.delete(id);
    this.#refresh();
  }

  /** The own entry, which nothing from outside replaces. */
  write(entry: RosterEntry, signed: SignedEntry): void {
    this.#own = { entry, signed };
    this.#refresh();
  }

  /** Whether this entry, or a newer one of its page, is here: only otherwise is its signature worth a look. */
  knows(entry: RosterEntry, via: string): boolean {
    const page = pageOf(entry);
    if ((this.#gone.get(page) ?? 0) > entry.n) return true;
    const held = this.#held.get(page);
    if (!held || held.entry.n < entry.n) return false;
    this.#spoke(page, entry.id, via);
    return true;
  }

  /** Whether these very words are here, and came over this link before or are nobody's there: then there is nothing to look at. */
  holds({ e }: SignedEntry, via: string): boolean {
    for (const { page, entry, signed } of this.#held.values())
      if (signed.e === e) return entry.id !== via || this.#links.get(via) === page;
    return false;
  }

  /** Takes in an entry whose signature is right. @param via the link that it came over. @returns false when it says nothing new. */
  take(entry: RosterEntry, signed: SignedEntry, via: string): boolean {
    if (entry.id === this.#self || this.knows(entry, via)) return false;
    const page = pageOf(entry);
    const held: Held = { page, entry, signed, via: this.#held.get(page)?.via ?? via };
    this.#held.set(page, held);
    this.#spoke(page, entry.id, via);
    if (!entry.here && this.#isBelieved(held)) this.#rememberGone(page, entry.n);
    this.#refresh();
    return true;
  }

  /** All pages whose entries are handed on. */
  get pages(): readonly string[] {
    return [...this.#held.keys()];
  }

  /** The newest entry of a page. */
  signed(page: string): SignedEntry | undefined {
    return this.#held.get(page)?.signed;
  }

  /** Whether the page is that of somebody who is in the call, or on the way into it: they are told of before all others. */
  matters(page: string): boolean {
    const held = this.#held.get(page);
    return held !== undefined && this.#isKept(held.entry.id);
  }

  /** The questions to answer, those of people in the call first; sorted, so that the same ones are the same list. */
  heard(): readonly string[] {
    const ids = new Set([...this.#links.keys(), ...this.#people, ...this.#claimed]);
    const pages = this.#pagesByAuthor();
    const asks = [...ids].flatMap((id) =>
      (pages.get(id) ?? []).slice(0, this.#links.get(id) ? 1 : 2).flatMap(({ entry }) => (entry.here ? entry.ask : [])),
    );
    return [...new Set(asks)].slice(0, maxHeard).sort();
  }

  /** Over their own link they say themselves which page it leads to. */
  #spoke(page: string, id: string, via: string): void {
    if (id !== via || !this.#links.has(via) || this.#links.get(via) === page) return;
    this.#links.set(via, page);
    this.#refresh();
  }

  #rememberGone(page: string, n: number): void {
    this.#gone.delete(page);
    this.#gone.set(page, n);
    keepLatest(this.#gone, maxGone);
  }

  #isKept(id: string): boolean {
    return this.#links.has(id) || this.#people.has(id) || this.#claimed.includes(id);
  }

  #isBelieved({ page, entry }: Held): boolean {
    const linkedPage = this.#links.get(entry.id);
    if (linkedPage !== undefined) return linkedPage === page;
    return entry.heard.some((ask) => this.#asks.includes(ask));
  }

  /** The pages of each author: believed ones first, of those the ones that are in the call, then the newest. */
  #pagesByAuthor(): ReadonlyMap<string, readonly Held[]> {
    const byAuthor = new Map<string, Held[]>();
    for (const held of this.#held.values()) byAuthor.set(held.entry.id, [...(byAuthor.get(held.entry.id) ?? []), held]);
    const rank = (held: Held): number => (this.#isBelieved(held) ? (held.entry.here ? 2 : 1) : 0);
    for (const pages of byAuthor.values())
      if (pages.length > 1) pages.sort((a, b) => rank(b) - rank(a) || b.entry.n - a.entry.n);
    return byAuthor;
  }

  #refresh(): void {
    const byAuthor = this.#pagesByAuthor();
    const roster = new Map<string, { entry: RosterEntry; signed: SignedEntry }>();
    if (this.#own) roster.set(this.#self, this.#own);
    for (const [id, [first]] of byAuthor) if (first && this.#isBelieved(first)) roster.set(id, first);
    this.#roster = roster;
    const links = new Set(this.#links.keys());
    this.#people = peopleIn(roster, this.#self, links, this.#people);
    this.#claimed = claimedBy(roster, new Set([...links, ...this.#people]), this.#self);
    this.#forget(byAuthor);
  }

  #forget(byAuthor: ReadonlyMap<string, readonly Held[]>): void {
    for (const pages of byAuthor.values()) for (const { page } of pages.slice(maxPages)) this.#held.delete(page);
    const strangers = new Map<string, string[]>();
    for (const [page, { entry, via }] of this.#held)
      if (!this.#isKept(entry.id)) strangers.set(via, [...(strangers.get(via) ?? []), page]);
    for (const [via, pages] of strangers) {
      const tooMany = this.#links.has(via) ? pages.length - maxStrangers : pages.length;
      for (const page of pages.slice(0, Math.max(0, tooMany))) this.#held.delete(page);
    }
  }
}
