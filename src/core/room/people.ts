// Who is in a room, what it is called, and how its members can be reached.
import type { BodyOf } from './entry-body.ts';
import { isSaid, type RoomFacts } from './room-facts.ts';
import type { Role } from './standing.ts';

export interface Member {
  readonly id: string;
  readonly role: Role;
  /** How they call themselves, or were called by whoever let them in. */
  readonly name: string;
  /** Who let them in; undefined for the founder. */
  readonly letInBy: string | undefined;
  /** How to reach them; undefined before they have come. */
  readonly reach: Pick<BodyOf<'join'>, 'x' | 'relays' | 'inbox'> | undefined;
  /** Members who say that they have compared keys with this one. */
  readonly comparedBy: ReadonlySet<string>;
}

export interface People {
  readonly name: string;
  /** What the room is for; '' where no one has said it. */
  readonly purpose: string;
  readonly founder: string;
  readonly members: ReadonlyMap<string, Member>;
  /** The founder has gone, and nobody can take their place. */
  readonly isFounderGone: boolean;
  /** Who may let in members, as of now. */
  readonly admit: 'stewards' | 'members';
}

/** @returns undefined while the founding entry is not there. */
export function peopleOf({ counted, sight }: RoomFacts): People | undefined {
  const founding = counted.find((entry) => isSaid(entry, 'found'));
  if (!founding || !isSaid(founding, 'found')) return undefined;
  let { name, admit, purpose = '' } = founding.body;
  let isFounderGone = false;
  const says = new Map<string, BodyOf<'join'> | BodyOf<'profile'>>();
  const compared = new Map<string, Set<string>>();
  for (const entry of counted)
    if (isSaid(entry, 'join', 'profile')) says.set(entry.author, entry.body);
    else if (isSaid(entry, 'compared'))
      compared.set(entry.body.who, (compared.get(entry.body.who) ?? new Set()).add(entry.author));
    else if (isSaid(entry, 'rename') && sight.stood(entry, 'steward')) ({ name, purpose = purpose } = entry.body);
    else if (isSaid(entry, 'policy') && sight.stood(entry, 'steward')) admit = entry.body.admit;
    else if (isSaid(entry, 'leave') && entry.author === founding.author) isFounderGone = true;
    else if (entry.author === founding.author && isSaid(entry, 'say', 'profile')) isFounderGone = false;
  const admissions = sight.standing.members();
  const members = [...admissions].map(([id, { role, name: called, by }]): [string, Member] => {
    const own = says.get(id);
    const comparedBy = new Set([...(compared.get(id) ?? [])].filter((who) => admissions.has(who) && who !== id));
    const reach = own && { x: own.x, relays: own.relays, inbox: own.inbox };
    const letInBy = by.kind === 'found' ? undefined : by.author;
    return [id, { id, role, name: own?.name || called, letInBy, reach, comparedBy }];
  });
  return { name, purpose, founder: founding.author, members: new Map(members), isFounderGone, admit };
}
