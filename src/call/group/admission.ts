// Who may be linked from this page and what it is told of them: the questions about newcomers, the lock, whether the address stays hidden,
// and who is a contact or only has the name of one. Joins these four for the group session.

import type { Lookalike } from '../../core/base/lookalike-name.ts';
import type { RosterEntry } from '../../core/group/roster.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { GroupModel } from '../model/group-model.ts';
import { NameMarks } from '../model/name-marks.ts';
import { CallHiding, type CallHidingParts } from './call-hiding.ts';
import { CallLock } from './call-lock.ts';
import type { Mesh } from './mesh.ts';
import { Newcomers } from './newcomers.ts';
import type { Seat } from './seat.ts';

export interface AdmissionParts {
  readonly self: Pick<RosterEntry, 'id' | 'name'>;
  readonly model: Pick<GroupModel, 'newcomers' | 'isLocked'>;
  readonly mesh: Mesh;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly contact: (id: string) => Promise<Contact | undefined>;
  readonly contacts: () => Promise<readonly Contact[]>;
  /** As they are now. */
  readonly settings: CallHidingParts['settings'];
  /** What the person here is called on their own screen: nobody else should be. */
  readonly ownWord: string;
  readonly fault: (what: string, error: unknown) => void;
  readonly onChange: () => void;
  /** From now on nobody who is no contact is told our address. */
  readonly onHides: () => void;
  /** Takes somebody off the screen. */
  readonly forget: (seat: Seat) => void;
}

export class Admission {
  readonly #parts: AdmissionParts;
  readonly #lock: CallLock;
  readonly #marks: NameMarks;
  /** Who is in the call without a link to us. */
  readonly newcomers: Newcomers;
  /** Whether our address stays hidden in this call. */
  readonly hiding: CallHiding;

  constructor(parts: AdmissionParts) {
    const { self, ownWord, contacts, onChange } = parts;
    this.#parts = parts;
    this.#marks = new NameMarks({ self: [self.name, ownWord], contacts, onRead: onChange });
    const onHides = (): void => {
      parts.onHides();
      onChange();
    };
    this.hiding = new CallHiding({ ...parts, present: () => this.#present(), onHides });
    this.#lock = new CallLock({ ...parts, self: self.id });
    this.newcomers = new Newcomers({
      ...parts,
      self: self.id,
      marks: this.#marks,
      hiding: this.hiding,
      lock: this.#lock,
    });
  }

  /** The phone book or the settings are different. */
  readAgain(): void {
    const asked = Promise.all([this.#marks.read(), this.hiding.refresh()]);
    asked.catch((error: unknown) => this.#parts.fault('contacts', error));
  }

  get isLocked(): boolean {
    return this.#lock.isOn;
  }

  /** Whoever has a seat was chosen by the person here, one way or another. */
  sat(seat: Seat): void {
    this.newcomers.allow(seat.id);
    this.hiding.note(seat.call.contact);
    this.mark(seat);
  }

  /** The roster, a seat or an answer is different. */
  look(people: ReadonlySet<string>): void {
    this.#lock.look(people);
    this.#parts.model.isLocked.value = this.#lock.isOn;
    this.#endUnwanted();
    this.newcomers.look(people);
  }

  /** Shows who this is, as far as the phone book knows. */
  mark({ participant, id, call }: Seat): void {
    if (!this.#marks.isRead) return;
    const contact = this.#marks.contact(id);
    participant.isContact.value = contact !== undefined;
    if (contact) participant.introducedBy.value = undefined;
    const found = this.lookalike(call.contact);
    if (JSON.stringify(found) !== JSON.stringify(participant.lookalike.peek())) participant.lookalike.value = found;
  }

  /** Somebody of the contacts; nobody is said to be none before the phone book was read. */
  knows(id: string): boolean {
    return !this.#marks.isRead || this.#marks.contact(id) !== undefined;
  }

  /** Whom somebody who is no contact could be taken for by name. */
  lookalike(one: Pick<Contact, 'id' | 'name'>): Lookalike | undefined {
    const others = [...this.#parts.seats.values()].map(({ id, call }) => ({ id, name: call.contact.name }));
    return this.#marks.lookalike(one, others);
  }

  close(): void {
    this.newcomers.close();
  }

  /** Nobody is called who comes too late for a lock, nor whoever has not let us in. */
  #endUnwanted(): void {
    for (const seat of [...this.#parts.seats.values()]) {
      if (!seat.isCaller || seat.isUp || seat.isOver || seat.phase === 'connecting') continue;
      const { session } = seat.call;
      if (seat.call.route === 'relays') {
        if (this.#lock.keepsOut(seat.id)) session.cancelCall();
      } else if (this.newcomers.isAwaited(seat.id)) {
        session.leave();
        this.#parts.forget(seat);
      }
    }
  }

  /** Everybody who is in the call, or called into it by anybody. */
  #present(): Iterable<string> {
    const { mesh, seats } = this.#parts;
    const people = [...mesh.people()];
    const called = people.flatMap((id) => mesh.entry(id)?.calling.map((one) => one.id) ?? []);
    return [...seats.keys(), ...people, ...called];
  }
}
