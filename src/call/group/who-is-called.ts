// Who is being called into the call, by us and by the others in it.
import type { RosterEntry } from '../../core/group/roster.ts';
import type { CalledByOther, GroupModel } from '../model/group-model.ts';
import type { Mesh } from './mesh.ts';
import type { Seat } from './seat.ts';

interface CallingParts {
  readonly self: string;
  readonly model: Pick<GroupModel, 'calledByOthers' | 'invitable'>;
  readonly mesh: Pick<Mesh, 'entry' | 'own' | 'state'>;
  readonly seats: ReadonlyMap<string, Seat>;
}

export class WhoIsCalled {
  readonly #parts: CallingParts;

  constructor(parts: CallingParts) {
    this.#parts = parts;
  }

  /** Whom the others call, as far as they have a seat here: who says it is somebody whom the person here knows of. */
  show(people: ReadonlySet<string>): void {
    const { self, model, mesh, seats } = this.#parts;
    const others = [...people].flatMap((id) => {
      const [entry, seat] = [mesh.entry(id), seats.get(id)];
      return entry && seat ? [{ name: seat.call.contact.name, calling: entry.calling }] : [];
    });
    const called = calledByOthers(
      others,
      (id) => id === self || people.has(id) || seats.get(id)?.isTaken === true,
      (id) => model.invitable.peek().find((one) => one.id === id)?.name,
    );
    if (JSON.stringify(called) !== JSON.stringify(model.calledByOthers.peek())) model.calledByOthers.value = called;
  }

  /** Others see whom we are calling. */
  tell(): void {
    const { mesh, seats } = this.#parts;
    const calling = calledByUs(seats.values());
    if (JSON.stringify(calling) !== JSON.stringify(mesh.own.calling)) mesh.state({ calling });
  }
}

/** Whom we call over relays now, as others are told. */
function calledByUs(seats: Iterable<Pick<Seat, 'id' | 'phase' | 'call'>>): RosterEntry['calling'] {
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
function calledByOthers(
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
