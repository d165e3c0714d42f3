// Guests who ask to be let into the call of this page: shown until somebody admits or refuses them. Whoever was refused twice is not heard
// again in this call.
import { equalBytes, fromHex, toBase64url } from '../../core/base/bytes.ts';
import { cleanDisplayName } from '../../core/base/display-name.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import type { KnockView } from '../../core/call/requests.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { type ContactLink, parseContactLink, parseGuestLink } from '../../core/identity/contact-link.ts';
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
  /** The secret of the inbox where guests of this call ask, base64url; undefined while there is no door. */
  #door: string | undefined;

  constructor(parts: LobbyParts) {
    this.#parts = parts;
    parts.model.isLocked.subscribe(() => this.#show());
  }

  readonly makeGuestLink = (): void => {
    if (this.#door !== undefined) return;
    const { sealer, openDoor, model, fault } = this.#parts;
    const secret = sealer.randomBytes(16);
    this.#door = toBase64url(secret);
    openDoor(secret).then(
      (link) => {
        model.guestLink.value = link;
      },
      (error: unknown) => {
        this.#door = undefined;
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
    const { group, makeCall, model } = this.#parts;
    const { contact, isContact } = waiting;
    const hiding = await group.admission.hiding.toward(isContact ? contact : undefined);
    const seat = group.seatOf(contact.id);
    if (group.people.isFull || model.isLocked.value || (seat && !seat.isOver)) return;
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

  /** All who ask now, at whichever door of this browser: those at the door of another call are not ours (docs/hostile-cases.md#e81). */
  async heard(all: readonly KnockView[]): Promise<void> {
    const knocks = all.filter(({ door }) => door === this.#door);
    for (const [id, { knock }] of this.#waiting)
      if (!knocks.some(({ call }) => call.callId === knock.call.callId)) this.#take(id);
    for (const knock of knocks) await this.#ask(knock).catch((error: unknown) => this.#parts.fault('knock', error));
  }

  async #ask(knock: KnockView): Promise<void> {
    const { call } = knock;
    const { clock, contact, model } = this.#parts;
    const id = call.contactId;
    const isHeard = (this.#refusals.get(id) ?? 0) < maxRefusals && !model.isLocked.value;
    if (!isHeard || this.#done.has(call.callId) || this.#waiting.get(id)?.knock.call.callId === call.callId) return;
    const known = await contact(id);
    const guest = known ?? (await this.#stranger(knock));
    if (!guest || guest.blocked) return;
    const hiding = await this.#parts.group.admission.hiding.toward(known);
    this.#waiting.set(id, { knock, contact: guest, isContact: known !== undefined, hiding });
    clock.after(Math.max(0, call.expiresAt - clock.now()), () => {
      if (this.#waiting.get(id)?.knock === knock) this.#take(id);
    });
    this.#show();
  }

  /** Who the invite says it is from; undefined when its link is not the sender's own. */
  async #stranger({ call, link }: KnockView): Promise<Contact | undefined> {
    const { sealer } = this.#parts;
    const passing = await parseGuestLink(link, sealer);
    // Whoever has us among their contacts gives their own link, everybody else one that is good for this call.
    const parsed = 'link' in passing ? passing : await parseContactLink(link, sealer);
    if ('refused' in parsed || !equalBytes(parsed.link.ed25519, fromHex(call.contactId) ?? new Uint8Array()))
      return undefined;
    return passingContact(parsed.link, call.contactId);
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (!waiting) return undefined;
    this.#done.add(waiting.knock.call.callId);
    this.#waiting.delete(id);
    this.#show();
    return waiting;
  }

  #show(): void {
    const { model, group } = this.#parts;
    const shown = model.isLocked.value ? [] : [...this.#waiting];
    model.knocks.value = shown.map(([id, { contact, isContact, hiding }]) => ({
      id,
      name: contact.name,
      isContact,
      lookalike: isContact ? undefined : group.admission.lookalike(contact),
      hiding,
    }));
  }
}

/** Somebody who is in one call with us and not in the phone book. */
export function passingContact(link: ContactLink, id: string): Contact {
  const { ed25519, x25519, inboxSecret, relays, name } = link;
  return {
    id,
    name: cleanDisplayName(name) || id.slice(0, 8),
    ed25519,
    x25519,
    inboxSecret,
    relays,
    addedAt: 0,
    addedFrom: 'link',
    blocked: false,
    verification: { state: 'unverified' },
  };
}
