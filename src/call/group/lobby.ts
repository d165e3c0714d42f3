// Guests who ask to be let into the call of this page: shown until somebody admits or refuses them. Whoever was refused twice is not heard
// again in this call.
import type { Clock, Sealer } from '../../core/base/ports.ts';
import type { DoorAnswer } from '../../core/call/call-machine.ts';
import type { KnockAnswer, KnockDecision, KnockView } from '../../core/call/requests.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { whoKnocks } from '../../core/identity/passing-contact.ts';
import type { AddressHiding } from '../../core/network/hidden-address.ts';
import type { GroupActions, GroupModel } from '../model/group-model.ts';
import type { Admission } from './admission.ts';
import type { CallHiding } from './call-hiding.ts';
import type { CallPeople } from './call-people.ts';
import type { GroupSession } from './group-session.ts';
import type { PairCall } from './seat.ts';

export interface LobbyParts {
  readonly model: GroupModel;
  readonly group: Pick<GroupSession, 'sit' | 'seatOf'> & {
    readonly people: Pick<CallPeople, 'isFull'>;
    readonly admission: { readonly hiding: Pick<CallHiding, 'toward'>; lookalike: Admission['lookalike'] };
  };
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly contact: (id: string) => Promise<Contact | undefined>;
  readonly makeCall: (contact: Contact) => PairCall;
  /** What was made ready for somebody who does not come in is let go. */
  readonly onGone: (id: string) => void;
  /** Opens the door for this call. @param secret 16 bytes: of the inbox where guests ask. @returns the link for them. */
  readonly openDoor: (secret: Uint8Array<ArrayBuffer>) => Promise<string>;
  /** The secret of the inbox where guests of this call ask, base64url; undefined while there is no door. */
  readonly door: () => string | undefined;
  /** What whoever knocks hears before a person decides. */
  readonly tell: (call: KnockView['call'], name: string, says: KnockAnswer) => void;
  /** Somebody has decided, or they have gone: nobody need be told of this knock any more. */
  readonly onTaken: (id: string) => void;
  readonly fault: (what: string, error: unknown) => void;
}

const maxRefusals = 2;

interface Waiting {
  readonly knock: KnockView;
  readonly contact: Contact;
  readonly isContact: boolean;
  readonly hiding: AddressHiding;
}

export class Lobby implements Pick<GroupActions, 'admit' | 'refuse' | 'makeGuestLink'> {
  readonly #parts: LobbyParts;
  readonly #waiting = new Map<string, Waiting>();
  /** Calls that were answered, one way or the other. */
  readonly #done = new Set<string>();
  readonly #refusals = new Map<string, number>();
  /** A decision that was made before this page saw the knock: it was opened for it. */
  #ahead: KnockDecision | undefined;
  #isOpen = false;

  constructor(parts: LobbyParts) {
    this.#parts = parts;
    parts.model.isLocked.subscribe((isLocked) => {
      if (isLocked) for (const id of [...this.#waiting.keys()]) this.#turnAway(id, 'locked');
    });
  }

  readonly makeGuestLink = (): void => {
    if (this.#isOpen) return;
    this.#isOpen = true;
    const { sealer, openDoor, model, fault } = this.#parts;
    openDoor(sealer.randomBytes(16)).then(
      (link) => {
        model.guestLink.value = link;
      },
      (error: unknown) => {
        this.#isOpen = false;
        fault('guest link', error);
      },
    );
  };

  readonly admit = (id: string): void => {
    const waiting = this.#take(id);
    if (waiting) this.#admit(waiting).catch((error: unknown) => this.#parts.fault('admit', error));
  };

  /** Who came meanwhile may have changed from whom the address is hidden. */
  async #admit(waiting: Waiting): Promise<void> {
    const { group, makeCall } = this.#parts;
    const { contact, isContact } = waiting;
    const hiding = await group.admission.hiding.toward(isContact ? contact : undefined);
    const seat = group.seatOf(contact.id);
    if (seat && !seat.isOver) return;
    const whyNot = this.#whyNobody();
    if (whyNot) {
      this.#parts.tell(waiting.knock.call, contact.name, whyNot);
      return;
    }
    if (hiding === 'impossible') {
      this.#waiting.set(contact.id, { ...waiting, hiding });
      this.#show();
      return;
    }
    const call = makeCall(hiding === 'on' ? { ...contact, hideAddress: true } : contact);
    group.sit(call, false, { isContact });
    call.session.prepareIncoming(waiting.knock.call);
    call.session.accept(call.model.media.value);
  }

  readonly refuse = (id: string): void => {
    const waiting = this.#take(id);
    if (!waiting) return;
    this.#refusals.set(id, (this.#refusals.get(id) ?? 0) + 1);
    const { makeCall, onGone, group } = this.#parts;
    if (group.seatOf(id)) return;
    const { session } = makeCall(waiting.contact);
    session.prepareIncoming(waiting.knock.call);
    session.turnAway();
    onGone(id);
  };

  /** The person has answered outside of the page. */
  answered({ callId, admits }: KnockDecision): void {
    this.#ahead = { callId, admits };
    for (const [id, { knock }] of [...this.#waiting])
      if (knock.call.callId === callId) (admits ? this.admit : this.refuse)(id);
  }

  /** All who ask now, at whichever door of this browser: those at the door of another call are not ours (docs/hostile-cases.md#e81). */
  async heard(all: readonly KnockView[]): Promise<void> {
    const own = this.#parts.door();
    const knocks = all.filter(({ door }) => door === own);
    // Who asks anew stays where they are: they have not gone and come.
    for (const id of this.#waiting.keys()) if (!knocks.some(({ call }) => call.contactId === id)) this.#take(id);
    for (const knock of knocks) await this.#ask(knock).catch((error: unknown) => this.#parts.fault('knock', error));
  }

  async #ask(knock: KnockView): Promise<void> {
    const { call } = knock;
    const { clock, contact, tell } = this.#parts;
    const id = call.contactId;
    const isHeard = (this.#refusals.get(id) ?? 0) < maxRefusals;
    if (!isHeard || this.#done.has(call.callId) || this.#waiting.get(id)?.knock.call.callId === call.callId) return;
    const known = await contact(id);
    const guest = known ?? (await whoKnocks(knock.link, id, this.#parts.sealer));
    if (!guest || guest.blocked) return;
    const whyNot = this.#whyNobody();
    if (whyNot) {
      this.#done.add(call.callId);
      tell(call, guest.name, whyNot);
      return;
    }
    const hiding = await this.#parts.group.admission.hiding.toward(known);
    this.#waiting.set(id, { knock, contact: guest, isContact: known !== undefined, hiding });
    clock.after(Math.max(0, call.expiresAt - clock.now()), () => {
      if (this.#waiting.get(id)?.knock === knock) this.#take(id);
    });
    this.#show();
    if (this.#ahead?.callId === call.callId) this.answered(this.#ahead);
    else tell(call, guest.name, 'shown');
  }

  #whyNobody(): DoorAnswer | undefined {
    const { group, model } = this.#parts;
    if (model.isLocked.value) return 'locked';
    return group.people.isFull ? 'full' : undefined;
  }

  /** No person has decided: they may ask once more when it is otherwise. */
  #turnAway(id: string, why: DoorAnswer): void {
    const waiting = this.#take(id);
    if (waiting) this.#parts.tell(waiting.knock.call, waiting.contact.name, why);
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (!waiting) return undefined;
    this.#done.add(waiting.knock.call.callId);
    this.#waiting.delete(id);
    this.#parts.onTaken(id);
    this.#show();
    return waiting;
  }

  #show(): void {
    const { model, group } = this.#parts;
    model.knocks.value = [...this.#waiting].map(([id, { contact, isContact, hiding }]) => ({
      id,
      name: contact.name,
      isContact,
      lookalike: isContact ? undefined : group.admission.lookalike(contact),
      hiding,
    }));
  }
}
