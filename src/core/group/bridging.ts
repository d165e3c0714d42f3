// Who forwards between two people in a call that find no way to each other. Everybody works it out from the roster alone and, from equal
// rosters, comes to the same: nothing is negotiated. Pure.
import { bothSay, type Roster } from './roster.ts';

export interface Bridge {
  /** Whoever forwards: holds a link to both. */
  readonly by: string;
  /** In order of their ids. */
  readonly between: readonly [string, string];
  /** The sound goes through in any case. */
  readonly withPictures: boolean;
}

/** One person forwards pictures for so many pairs: each costs the computer two more pictures to encode. */
const maxPictures = 3;

/**
 * One bridge for each two who both say that they lack each other, if somebody holds a link to both: whoever has the fewest pairs so far,
 * then the smallest id.
 */
export function bridges(roster: Roster): readonly Bridge[] {
  const ids = [...roster.keys()].sort();
  const pairs = new Map<string, number>();
  const found: Bridge[] = [];
  for (const [at, one] of ids.entries())
    for (const other of ids.slice(at + 1)) {
      if (!bothSay(roster, 'lacks', one, other)) continue;
      const able = ids.filter((id) => bothSay(roster, 'links', id, one) && bothSay(roster, 'links', id, other));
      const least = Math.min(...able.map((id) => pairs.get(id) ?? 0));
      const by = able.find((id) => (pairs.get(id) ?? 0) === least);
      if (by === undefined) continue;
      pairs.set(by, least + 1);
      found.push({ by, between: [one, other], withPictures: least < maxPictures });
    }
  return found;
}

/** Who forwards each person to `self`. */
export function forwardersTo(plan: readonly Bridge[], self: string): ReadonlyMap<string, string> {
  return new Map(
    plan.flatMap(({ by, between: [one, other] }) =>
      one === self ? [[other, by] as const] : other === self ? [[one, by] as const] : [],
    ),
  );
}
