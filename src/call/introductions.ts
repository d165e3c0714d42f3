// Links people who are in one call and have no link yet: of two, one calls, through those who know both; the other takes the call without
// being asked again, because the yes to the whole call was given. Knows the roster and no view.
import type { Bytes } from '../core/bytes.ts';
import type { Contact } from '../core/contact.ts';
import { openSignal } from '../core/mail.ts';
import type { Clock, Opener, Sealer } from '../core/ports.ts';
import type { TakenCall } from '../core/requests.ts';
import { callsFirst, type RosterEntry } from '../core/roster.ts';
import type { SignalOf } from '../core/signal.ts';
import type { Mesh } from './mesh.ts';
import type { PairCall, Seat } from './seat.ts';

export interface IntroductionParts {
  readonly mesh: Mesh;
  readonly clock: Clock;
  readonly sealer: Sealer;
  /** Opens what is sealed to the own static key. */
  readonly opener: Opener;
  readonly self: { readonly id: string; readonly ed25519: Bytes };
  readonly contact: (id: string) => Promise<Contact | undefined>;
  readonly makeCall: (contact: Contact, route: 'people') => PairCall;
  readonly seatOf: (id: string) => Seat | undefined;
  readonly sit: (call: PairCall, isCaller: boolean, introducedBy: string | undefined) => Seat;
}

/** A link that could not be made is tried again after these times, and then at the last one. */
const retryMs = [2_000, 5_000, 10_000, 20_000, 40_000] as const;
const longestRetryMs = 60_000;
/** More people than a call has. */
const maxEarly = 8;

export class Introductions {
  readonly #parts: IntroductionParts;
  readonly #tries = new Map<string, { count: number; cancel: (() => void) | undefined }>();
  /** Somebody's contact is being looked up. */
  readonly #lookups = new Set<string>();
  /**
   * The last invite of each whose entry is not here yet, by id: whoever hands over both checks the entry first, so that the invite
   * overtakes it.
   */
  readonly #early = new Map<string, { readonly topicHex: string; readonly message: Bytes }>();
  #isOver = false;

  constructor(parts: IntroductionParts) {
    this.#parts = parts;
  }

  /** Looks at everybody who is in the call. */
  look(people: ReadonlySet<string>): void {
    if (this.#isOver) return;
    for (const id of people) {
      const early = this.#early.get(id);
      this.#early.delete(id);
      if (early) void this.take(early.topicHex, early.message);
      const seat = this.#parts.seatOf(id);
      if (seat && (!seat.isOver || seat.isRefused)) continue;
      if (!callsFirst(this.#parts.self.id, id) || this.#lookups.has(id)) continue;
      if (seat) this.#tryLater(id);
      else void this.#call(id);
    }
  }

  /** There is a link: the next one that breaks is tried at once. */
  linked(id: string): void {
    this.forget(id);
  }

  forget(id: string): void {
    this.#tries.get(id)?.cancel?.();
    this.#tries.delete(id);
  }

  /** An envelope that came through people: an invite of somebody in this call is taken. */
  async take(topicHex: string, message: Bytes): Promise<void> {
    const { sealer, opener, self, clock, mesh, seatOf } = this.#parts;
    const opened = await openSignal({ sealer, opener, ownEd25519: self.ed25519, topicHex, message });
    if (opened?.signal.t !== 'invite' || opened.signal.exp < clock.now() || this.#isOver) return;
    const { senderId, signal: invite } = opened;
    if (!callsFirst(senderId, self.id)) return;
    if (!mesh.people().has(senderId)) {
      this.#keepEarly(senderId, topicHex, message);
      return;
    }
    const seat = seatOf(senderId);
    if (seat?.isRefused || (seat && !seat.isOver && (seat.isUp || seat.callId === invite.id))) return;
    const taken = await this.#seat(senderId, false, invite.id);
    if (!taken) return;
    taken.call.session.prepareIncoming(takenCall(senderId, invite));
    taken.call.session.accept(taken.call.model.media.value);
  }

  /** Nobody is linked any more. */
  close(): void {
    this.#isOver = true;
    this.#early.clear();
    for (const { cancel } of this.#tries.values()) cancel?.();
    this.#tries.clear();
  }

  #keepEarly(id: string, topicHex: string, message: Bytes): void {
    this.#early.delete(id);
    this.#early.set(id, { topicHex, message });
    const [oldest] = this.#early.keys();
    if (this.#early.size > maxEarly && oldest !== undefined) this.#early.delete(oldest);
  }

  #tryLater(id: string): void {
    const tries = this.#tries.get(id) ?? { count: 0, cancel: undefined };
    if (tries.cancel) return;
    tries.cancel = this.#parts.clock.after(retryMs[tries.count] ?? longestRetryMs, () => {
      tries.count += 1;
      tries.cancel = undefined;
      const seat = this.#parts.seatOf(id);
      if (!this.#isOver && this.#parts.mesh.people().has(id) && seat?.isOver) void this.#call(id);
    });
    this.#tries.set(id, tries);
  }

  async #call(id: string): Promise<void> {
    const seat = await this.#seat(id, true, undefined);
    if (!seat) return;
    const { session, model } = seat.call;
    session.prepareOutgoing(model.media.value);
    session.startCall(model.media.value);
  }

  /** A seat with a new call for somebody of the roster; undefined for people who are blocked here, or who sit by now. */
  async #seat(id: string, isCaller: boolean, callId: string | undefined): Promise<Seat | undefined> {
    const { contact, seatOf, makeCall, sit, mesh } = this.#parts;
    if (this.#lookups.has(id)) return undefined;
    this.#lookups.add(id);
    const known = await contact(id).catch(() => undefined);
    this.#lookups.delete(id);
    const entry = mesh.entry(id);
    const former = seatOf(id);
    if (!entry || known?.blocked || this.#isOver || former?.isUp || former?.isRefused) return undefined;
    // They call anew: what we had from them before has come to nothing.
    if (former && !former.isOver) {
      if (isCaller) return undefined;
      former.call.session.leave();
    }
    const seat = sit(
      makeCall(this.#asContact(entry, known), 'people'),
      isCaller,
      known ? undefined : this.#introducer(id),
    );
    seat.callId = callId;
    return seat;
  }

  /** Keys of a contact are those that we hold ourselves; the name too. The inbox is one of this group alone. */
  #asContact({ id, ed25519, x25519, name, relays }: RosterEntry, known: Contact | undefined): Contact {
    const { friendsInbox: _friendsInbox, ...kept } = known ?? {
      id,
      name: name || id.slice(0, 8),
      ed25519,
      x25519,
      addedAt: 0,
      addedFrom: 'call' as const,
      blocked: false,
      verification: { state: 'unverified' as const },
    };
    return { ...kept, inboxSecret: (this.#parts.mesh.group ?? new Uint8Array(32)).slice(0, 16), relays };
  }

  /** Whoever holds a link to somebody new, and to us. */
  #introducer(id: string): string | undefined {
    const { mesh, seatOf } = this.#parts;
    return mesh
      .between(id)
      .map((one) => seatOf(one)?.call.contact.name)
      .find((name) => name !== undefined);
  }
}

function takenCall(contactId: string, invite: SignalOf<'invite'>): TakenCall {
  return {
    callId: invite.id,
    contactId,
    media: invite.media,
    st: invite.st,
    ek: invite.ek,
    cm: invite.cm,
    nextN: 1,
    callerDev: invite.dev,
    expiresAt: invite.exp,
  };
}
