// People in the call to whom there is no link because one of the two has not said yes to it: whoever is no contact is asked about before the
// first link, so that neither address nor sound nor picture goes to somebody whom others brought in. Knows roster and seats, no view.
import { cleanDisplayName } from '../../core/base/display-name.ts';
import { bothSay, maxPeople } from '../../core/group/roster.ts';
import type { AddressHiding } from '../../core/network/hidden-address.ts';
import type { GroupModel, Newcomer } from '../model/group-model.ts';
import type { NameMarks } from '../model/name-marks.ts';
import type { CallHiding } from './call-hiding.ts';
import type { CallLock } from './call-lock.ts';
import type { Mesh } from './mesh.ts';
import type { Seat } from './seat.ts';

export interface NewcomersParts {
  readonly self: string;
  readonly model: Pick<GroupModel, 'newcomers'>;
  readonly mesh: Pick<Mesh, 'people' | 'entry' | 'roster' | 'own' | 'state' | 'between'>;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly marks: NameMarks;
  readonly hiding: Pick<CallHiding, 'toward'>;
  readonly lock: Pick<CallLock, 'keepsOut'>;
  /** Something about who may be linked is different. */
  readonly onChange: () => void;
}

type Answer = 'in' | 'out';

/** Nothing is in the way here. */
const theirs: ReadonlySet<Newcomer['state']> = new Set(['waiting', 'connecting']);

export class Newcomers {
  readonly #parts: NewcomersParts;
  /** What was answered in this call; it is not asked again. */
  readonly #answers = new Map<string, Answer>();
  /** Whether a link would tell our address, as last found out, by id. */
  readonly #hiding = new Map<string, AddressHiding>();
  #isOver = false;

  constructor(parts: NewcomersParts) {
    this.#parts = parts;
  }

  /** A person here chose to have them in: called them, took their call, or admitted them. */
  allow(id: string): void {
    this.#answers.set(id, 'in');
  }

  /** Nothing has come of it: the person here is asked again before anything else goes to them. */
  takeBack(id: string): void {
    if (this.#answers.get(id) === 'in') this.#answers.delete(id);
    this.#parts.onChange();
  }

  readonly letIn = (id: string): void => {
    if (!this.#isAsked(id)) return;
    this.allow(id);
    this.#parts.onChange();
  };

  readonly letAllIn = (): void => {
    for (const { id, state } of this.#parts.model.newcomers.value) if (state === 'asking') this.allow(id);
    this.#parts.onChange();
  };

  readonly keepOut = (id: string): void => {
    if (!this.#isAsked(id)) return;
    this.#answers.set(id, 'out');
    this.#parts.onChange();
  };

  /** It is known who is a contact: before that nobody is asked about or linked. */
  get isReady(): boolean {
    return this.#parts.marks.isRead;
  }

  /** Whether there may be a new link with this person now, by what is known; whether they want it is another matter. */
  mayLink(id: string): boolean {
    return this.isReady && this.#stateOf(id) === undefined;
  }

  /** They have not said yes: nobody is called in vain. */
  isAwaited(id: string): boolean {
    return this.#parts.mesh.entry(id)?.waiting?.includes(this.#parts.self) === true;
  }

  /** The roster, a seat or an answer is different. */
  look(people: ReadonlySet<string>): void {
    const { model, mesh } = this.#parts;
    if (this.#isOver || !this.isReady) return;
    const shown = [...people].flatMap((id) => this.#newcomer(id) ?? []);
    if (JSON.stringify(shown) !== JSON.stringify(model.newcomers.peek())) model.newcomers.value = shown;
    const waiting = shown.flatMap(({ id, state }) => (theirs.has(state) ? [] : [id])).sort();
    const told = waiting.slice(0, maxPeople - 1);
    if (told.join() !== (mesh.own.waiting ?? []).join()) mesh.state({ waiting: told });
    for (const id of people) if (!this.#isSeated(id)) void this.#askHiding(id);
  }

  close(): void {
    this.#isOver = true;
    this.#parts.model.newcomers.value = [];
  }

  /** Who brought somebody in, where that is proven: both say that they are linked, and one is linked to us. Contacts before others. */
  introducer(id: string): Seat | undefined {
    const { mesh, seats, marks } = this.#parts;
    const between = mesh.between(id).filter((one) => bothSay(mesh.roster, 'links', one, id));
    const linked = between.flatMap((one) => seats.get(one) ?? []).filter(({ isUp }) => isUp);
    return linked.find((seat) => marks.contact(seat.id)) ?? linked[0];
  }

  #isAsked(id: string): boolean {
    return this.#parts.model.newcomers.value.some((one) => one.id === id);
  }

  #isSeated(id: string): boolean {
    const seat = this.#parts.seats.get(id);
    return seat !== undefined && (!seat.isOver || seat.isRefused);
  }

  /** Why there is no link; undefined where nothing is in the way here. */
  #stateOf(id: string): Exclude<Newcomer['state'], 'waiting' | 'connecting'> | undefined {
    const { marks, lock } = this.#parts;
    const contact = marks.contact(id);
    const answer = this.#answers.get(id);
    if (answer === 'out') return 'kept-out';
    if (lock.keepsOut(id)) return 'locked-out';
    if (this.#hiding.get(id) === 'impossible') return 'not-hidden';
    return contact || answer === 'in' ? undefined : 'asking';
  }

  #newcomer(id: string): Newcomer | undefined {
    const { mesh, seats, marks } = this.#parts;
    const entry = mesh.entry(id);
    const contact = marks.contact(id);
    if (!entry || contact?.blocked || this.#isSeated(id)) return undefined;
    const state = this.#stateOf(id) ?? (this.isAwaited(id) ? 'waiting' : 'connecting');
    // Whoever has a seat is shown there while a link is tried again.
    if (state === 'connecting' && seats.has(id)) return undefined;
    const name = contact?.name ?? (cleanDisplayName(entry.name) || id.slice(0, 8));
    const others = [...mesh.people()].flatMap((other) => {
      const named = seats.get(other)?.call.contact.name ?? mesh.entry(other)?.name;
      return named ? [{ id: other, name: named }] : [];
    });
    const introducer = this.introducer(id);
    return {
      id,
      name,
      isContact: contact !== undefined,
      lookalike: marks.lookalike({ id, name }, others),
      introducedBy: introducer?.call.contact.name,
      hiding: this.#hiding.get(id) ?? 'off',
      state,
    };
  }

  /** The answer may change with every person who comes, and with the settings. */
  async #askHiding(id: string): Promise<void> {
    const { hiding, marks } = this.#parts;
    const found = await hiding.toward(marks.contact(id));
    if (this.#hiding.get(id) === found || this.#isOver) return;
    this.#hiding.set(id, found);
    this.#parts.onChange();
  }
}
