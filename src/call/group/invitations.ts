// Calls contacts into the call: several together, or one more while it runs. Each gets a seat first. Knows no words of the mesh.

import type { TakenCall } from '../../core/call/requests.ts';
import type { CallMedia, Contact } from '../../core/identity/contact.ts';
import type { PairCall, Seat } from './seat.ts';

export interface InvitationsParts {
  readonly seats: ReadonlyMap<string, Seat>;
  /** Nobody new comes in: all places are taken, or somebody locked the call. */
  readonly isClosed: () => boolean;
  /** The person here has left. */
  readonly isOver: () => boolean;
  readonly contact: (id: string) => Promise<Contact | undefined>;
  readonly makeCall: (contact: Contact, route: 'relays' | 'people') => PairCall;
  readonly sit: (call: PairCall, isCaller: boolean) => Seat;
  readonly forget: (seat: Seat) => void;
}

export class Invitations {
  readonly #parts: InvitationsParts;

  constructor(parts: InvitationsParts) {
    this.#parts = parts;
  }

  /**
   * Makes ready to call these contacts too, together with whoever sits here. Nothing is sent before `startCall`.
   * @param when `after-click`: not even made ready before `makeReady` or `startCall`.
   */
  gather(contacts: readonly Contact[], media: CallMedia, when: 'now' | 'after-click' = 'now'): void {
    const { seats, isClosed, makeCall, sit } = this.#parts;
    for (const contact of contacts) {
      if (seats.has(contact.id) || isClosed()) continue;
      sit(makeCall(contact, 'relays'), true).call.session.prepareOutgoing(media, when);
    }
  }

  /** Makes ready everybody who is still to be called, where nothing was yet. */
  makeReady(): void {
    for (const { phase, call } of [...this.#parts.seats.values()])
      if (phase === 'before' && call.model.awaitsClick.value) call.session.prepareOutgoing(call.model.media.value);
  }

  /** Calls everybody for whom a call is ready: all ring at once. */
  startCall(media: CallMedia): void {
    for (const { phase, call } of [...this.#parts.seats.values()])
      if (phase === 'before') call.session.startCall(media);
  }

  /** Calls nobody any longer. */
  cancelCall(): void {
    for (const { isOver, call } of [...this.#parts.seats.values()]) if (!isOver) call.session.cancelCall();
  }

  /** Glare: whoever is called by this call calls here. */
  crossOver(outgoingId: string, call: TakenCall): void {
    this.#parts.seats.get(call.contactId)?.call.session.crossOver(outgoingId, call);
  }

  /** Calls one more contact into this call. */
  async addPerson(contactId: string): Promise<void> {
    const { seats, isClosed, isOver, makeCall, sit } = this.#parts;
    const isTaken = () => seats.get(contactId)?.isTaken === true;
    if (isTaken() || isClosed()) return;
    const contact = await this.#parts.contact(contactId);
    if (!contact || contact.blocked || isOver() || isTaken() || isClosed()) return;
    const { session, model } = sit(makeCall(contact, 'relays'), true).call;
    session.prepareOutgoing(model.media.value);
    session.startCall(model.media.value);
  }

  /** Stops calling somebody, or takes somebody who is gone off the screen. */
  dismiss(id: string): void {
    const seat = this.#parts.seats.get(id);
    if (!seat || seat.isUp) return;
    if (!seat.isOver) seat.call.session.leave();
    this.#parts.forget(seat);
  }
}
