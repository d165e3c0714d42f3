// The rules of a room a second time, as plainly as they can be said and without any care for speed: pasts are sets, everything is computed
// anew. Imports nothing of the product but the form of entries.
import type { RoomEntry } from '../../../src/core/room/entry.ts';

interface Admission {
  readonly entry: RoomEntry;
  readonly who: string;
  readonly role: string;
  readonly above: ReadonlySet<Admission>;
  readonly cuts: readonly RoomEntry[];
}

export interface ModelView {
  readonly members: readonly string[];
  readonly stewards: readonly string[];
  /** Names of sayings that count. */
  readonly said: readonly string[];
  /** Ballot -> person -> choice. */
  readonly votes: Readonly<Record<string, Readonly<Record<string, number | 'contradictory'>>>>;
  /** Ballot -> the first closing and what it says. */
  readonly closed: Readonly<
    Record<string, { readonly by: string; readonly votes: Readonly<Record<string, number | 'contradictory'>> }>
  >;
}

type Json = Record<string, string>;
const bodyOf = (entry: RoomEntry): Json => JSON.parse(entry.signed.e) as Json;
const deciding = ['admit', 'remove', 'close', 'vote', 'leave', 'policy', 'found'];

export class RoomModel {
  readonly #entries: readonly RoomEntry[];
  readonly #pasts = new Map<string, ReadonlySet<string>>();

  /** @param entries in an order in which each comes after those that it names. */
  constructor(entries: readonly RoomEntry[]) {
    this.#entries = [...entries].sort((a, b) => a.n - b.n || (a.id < b.id ? -1 : 1));
    for (const entry of this.#entries) {
      const past = new Set([entry.id]);
      for (const id of [entry.before, ...entry.heads]) for (const one of this.#pasts.get(id) ?? []) past.add(one);
      this.#pasts.set(entry.id, past);
    }
  }

  #knows(later: RoomEntry, earlier: RoomEntry): boolean {
    return this.#pasts.get(later.id)?.has(earlier.id) ?? false;
  }

  /** @param only what this entry knows; everything unless given. */
  view(only?: RoomEntry): ModelView {
    return this.#view(only, false);
  }

  #view(only: RoomEntry | undefined, isBare: boolean): ModelView {
    const list = only ? this.#entries.filter((entry) => this.#knows(only, entry)) : this.#entries;
    const admissions: Admission[] = [];
    const through = ({ entry, cuts }: Admission, at: RoomEntry) =>
      this.#knows(at, entry) && cuts.every((cut) => this.#knows(cut, at));
    const standing = (who: string, at: RoomEntry, role?: string) =>
      admissions.filter((one) => one.who === who && (!role || one.role === role) && through(one, at));
    let admitAtFirst: string | undefined;
    for (const entry of list) {
      const body = bodyOf(entry);
      if (entry.kind === 'found') {
        admitAtFirst = body['admit'];
        admissions.push({ entry, who: entry.author, role: 'steward', above: new Set(), cuts: [] });
      }
      if (entry.kind !== 'admit') continue;
      const policies = list.filter(
        (one) => one.kind === 'policy' && this.#knows(entry, one) && standing(one.author, one, 'steward').length > 0,
      );
      const policy = policies.at(-1);
      const isOpen = (policy ? bodyOf(policy)['admit'] : admitAtFirst) === 'members' && body['role'] === 'member';
      const parents = standing(entry.author, entry, isOpen ? undefined : 'steward');
      if (parents.length === 0) continue;
      const above = new Set(parents.flatMap((parent) => [parent, ...parent.above]));
      const cuts = list.filter((one) => {
        if (one.kind === 'leave') return one.author === body['who'] && this.#knows(one, entry);
        if (one.kind !== 'remove' || bodyOf(one)['who'] !== body['who'] || this.#knows(entry, one)) return false;
        return [...above].some((up) => up.who === one.author && up.role === 'steward' && through(up, one));
      });
      admissions.push({ entry, who: body['who'] ?? '', role: body['role'] ?? '', above, cuts });
    }
    const whole = admissions.filter(({ cuts }) => cuts.length === 0);
    const members = [...new Set(whole.map(({ who }) => who))].sort();
    const stewards = [...new Set(whole.filter(({ role }) => role === 'steward').map(({ who }) => who))].sort();
    const stood = list.filter((entry) => standing(entry.author, entry).length > 0);
    const counted = new Set(stood);
    if (!isBare)
      for (const entry of list)
        if (!counted.has(entry) && !deciding.includes(entry.kind)) {
          const isBuiltUpon = stood.some((one) => one.author !== entry.author && this.#knows(one, entry));
          if (isBuiltUpon && this.#view(entry, true).members.includes(entry.author)) counted.add(entry);
        }
    const said = list.filter((entry) => entry.kind === 'say' && counted.has(entry)).map(({ id }) => id);
    const votes = this.#votes(stood);
    return { members, stewards, said, votes, closed: only ? {} : this.#closed(list, stood, standing) };
  }

  #votes(stood: readonly RoomEntry[]): ModelView['votes'] {
    const votes: Record<string, Record<string, number | 'contradictory'>> = {};
    const cast = stood.filter(({ kind }) => kind === 'vote');
    const sameAs = (one: RoomEntry, other: RoomEntry) =>
      one.author === other.author && bodyOf(one)['of'] === bodyOf(other)['of'];
    for (const entry of cast) {
      const own = cast.filter((one) => sameAs(one, entry));
      const last = own.filter((one) => !own.some((other) => other !== one && this.#knows(other, one)));
      const choices = new Set(last.map((one) => Number(bodyOf(one)['choice'])));
      const ballot = bodyOf(entry)['of'] ?? '';
      votes[ballot] ??= {};
      votes[ballot][entry.author] = choices.size === 1 ? ([...choices][0] ?? 'contradictory') : 'contradictory';
    }
    return votes;
  }

  #closed(
    list: readonly RoomEntry[],
    stood: readonly RoomEntry[],
    standing: (who: string, at: RoomEntry, role: string) => readonly Admission[],
  ): ModelView['closed'] {
    const closed: Record<string, { by: string; votes: Record<string, number | 'contradictory'> }> = {};
    for (const entry of stood) {
      const of = bodyOf(entry)['of'] ?? '';
      if (entry.kind !== 'close' || closed[of]) continue;
      const ballot = list.find(({ id }) => id === of);
      if (ballot?.author !== entry.author && standing(entry.author, entry, 'steward').length === 0) continue;
      const seen = this.#view(entry, true);
      const votes = Object.entries(seen.votes[of] ?? {}).filter(([who]) => seen.members.includes(who));
      closed[of] = { by: entry.id, votes: Object.fromEntries(votes) };
    }
    return closed;
  }
}
