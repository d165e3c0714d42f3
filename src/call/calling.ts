// Who is being called into the call, by us and by the others in it. Pure.
import type { RosterEntry } from '../core/roster.ts';
import type { CalledByOther } from './group-model.ts';
import type { Seat } from './seat.ts';

/** Whom we call over relays now, as others are told. */
export function calledByUs(seats: Iterable<Pick<Seat, 'id' | 'phase' | 'call'>>): RosterEntry['calling'] {
  return [...seats].flatMap(({ id, phase, call }) => {
    if (call.route !== 'relays' || (phase !== 'dialing' && phase !== 'ringing')) return [];
    return [{ id, state: phase === 'dialing' ? ('calling' as const) : ('ringing' as const) }];
  });
}

/**
 * Whom the others call now, each once: by the first who says so.
 * @param others those who are in the call, with the names they have here.
 * @param isHere whether somebody has a place in the call already, or is the person here.
 * @param nameHere the name that somebody has in the contacts here.
 */
export function calledByOthers(
  others: readonly { readonly name: string; readonly calling: RosterEntry['calling'] }[],
  isHere: (id: string) => boolean,
  nameHere: (id: string) => string | undefined,
): readonly CalledByOther[] {
  const called = new Map<string, CalledByOther>();
  for (const { name: by, calling } of others)
    for (const { id, state } of calling)
      if (!isHere(id) && !called.has(id))
        called.set(id, { id, name: nameHere(id), by, isRinging: state === 'ringing' });
  return [...called.values()];
}
