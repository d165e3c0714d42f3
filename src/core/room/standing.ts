// Who may, in a room: the tree of admissions (docs/rooms.md#standing). Everybody but the founder was let in by somebody who stood above them;
// whoever stands above an admission can take it back, and nobody else can. So it is decided without a vote, a clock or a leader.
import { inOrder } from './entry.ts';
import { knows, type Placed } from './graph.ts';

/** People in one room. */
export const maxMembers = 216;
/** Entries of one person that let in, show out or set the policy; further ones are kept and do not count. */
export const maxControlEntries = 1_000;

export type Role = 'steward' | 'member';

/** Somebody was let in. */
export interface Admission {
  readonly by: Placed;
  readonly who: string;
  readonly role: Role;
  readonly name: string;
  /** The admissions that this one hangs on, up to the founding entry. */
  readonly above: ReadonlySet<Admission>;
  /** What takes it back. */
  readonly cuts: readonly Placed[];
}

/** Whether an entry says who may. */
export function isControl({ body }: Pick<Placed, 'body'>): boolean {
  return body !== undefined && ['found', 'admit', 'remove', 'leave', 'policy'].includes(body.k);
}

/** Who stood when, as far as some of a room's control entries tell. */
export class Standing {
  readonly #admissions: Admission[] = [];
  readonly #byPerson = new Map<string, Admission[]>();
  readonly #removals = new Map<string, Placed[]>();
  readonly #policies: Placed[] = [];

  /** @param control entries for which `isControl` holds, in any order. */
  constructor(control: readonly Placed[]) {
    const sorted = counting(control);
    for (const entry of sorted) {
      const { body, author } = entry;
      const out = body?.k === 'remove' ? body.who : body?.k === 'leave' ? author : undefined;
      if (out !== undefined) this.#removals.set(out, [...(this.#removals.get(out) ?? []), entry]);
    }
    for (const entry of sorted) {
      const { body, author } = entry;
      if (body?.k === 'found')
        this.#add({ by: entry, who: author, role: 'steward', name: '', above: new Set(), cuts: [] });
      else if (body?.k === 'policy' && this.stands(author, entry, 'steward')) this.#policies.push(entry);
      else if (body?.k === 'admit') this.#admit(entry, body);
    }
  }

  /** Whether this person may write at this place: somebody has let them in, and whoever has taken that back had seen this. */
  stands(who: string, at: Placed, role?: 'steward'): boolean {
    return this.#standing(who, at, role).length > 0;
  }

  /** Everybody whose admission nothing has taken back, each by the first that holds; a steward is one by any. */
  members(): ReadonlyMap<string, Admission> {
    const members = new Map<string, Admission>();
    for (const admission of this.#admissions)
      if (admission.cuts.length === 0) {
        const known = members.get(admission.who);
        if (!known || (known.role === 'member' && admission.role === 'steward')) members.set(admission.who, admission);
      }
    return members;
  }

  /** What has taken back the admissions of somebody who is no member any more, the first first. */
  cutsOf(who: string): readonly Placed[] {
    const all = this.#byPerson.get(who) ?? [];
    return all.some(({ cuts }) => cuts.length === 0) ? [] : all.flatMap(({ cuts }) => cuts).sort(inOrder);
  }

  /** Whether a removal by this person, who has seen everything that is known here, would count. */
  canRemove(who: string, whom: string): boolean {
    return (this.#byPerson.get(whom) ?? []).some(
      ({ cuts, above }) =>
        cuts.length === 0 &&
        [...above].some((one) => one.who === who && one.role === 'steward' && one.cuts.length === 0),
    );
  }

  #add(admission: Admission): void {
    this.#admissions.push(admission);
    const known = this.#byPerson.get(admission.who);
    if (known) known.push(admission);
    else this.#byPerson.set(admission.who, [admission]);
  }

  #standing(who: string, at: Placed, role?: 'steward'): readonly Admission[] {
    return (this.#byPerson.get(who) ?? []).filter(
      (one) => (role === undefined || one.role === role) && standsThrough(one, at),
    );
  }

  #admit(entry: Placed, { who, role, name }: { who: string; role: Role; name: string }): void {
    const isOpen = this.#policyAt(entry) === 'members';
    const parents = this.#standing(entry.author, entry, isOpen && role === 'member' ? undefined : 'steward');
    if (parents.length === 0 || this.#isFull(entry, who)) return;
    const above = new Set(parents.flatMap((parent) => [parent, ...parent.above]));
    const cuts = (this.#removals.get(who) ?? []).filter(
      (removal) => !knows(entry, removal) && mayCut(removal, entry, above),
    );
    this.#add({ by: entry, who, role, name, above, cuts });
  }

  /** The last that the author had seen, or how the room was founded. */
  #policyAt(entry: Placed): 'stewards' | 'members' {
    const last = this.#policies.findLast((policy) => knows(entry, policy))?.body;
    const founding = this.#admissions[0]?.by.body;
    if (last?.k === 'policy') return last.admit;
    return founding?.k === 'found' ? founding.admit : 'stewards';
  }

  /** The author could see that there are as many as a room holds. */
  #isFull(entry: Placed, who: string): boolean {
    if (this.#byPerson.size < maxMembers) return false;
    const seen = this.#admissions.filter((one) => knows(entry, one.by) && !one.cuts.some((cut) => knows(entry, cut)));
    const people = new Set(seen.map((one) => one.who));
    return people.size >= maxMembers && !people.has(who);
  }
}

/** What the remover had seen stays. */
function standsThrough({ by, cuts }: Admission, at: Placed): boolean {
  return knows(at, by) && cuts.every((cut) => knows(cut, at));
}

/** Leaving needs nobody; showing out needs a place above, in which the remover stands. */
function mayCut(removal: Placed, admission: Placed, above: ReadonlySet<Admission>): boolean {
  if (removal.body?.k === 'leave') return knows(removal, admission);
  return [...above].some((one) => one.who === removal.author && one.role === 'steward' && standsThrough(one, removal));
}

/** In their order, each person's first ones only. */
function counting(control: readonly Placed[]): readonly Placed[] {
  const ofPerson = new Map<string, number>();
  return [...control].sort(inOrder).filter(({ author }) => {
    const before = ofPerson.get(author) ?? 0;
    ofPerson.set(author, before + 1);
    return before < maxControlEntries;
  });
}
