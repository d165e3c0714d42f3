// Links people who are in one call and have no link yet: of two, one calls, through those who know both; the other takes the call. Nobody is
// linked who may not be (newcomers.ts). Knows the roster and no view.
import type { Bytes } from '../../core/base/bytes.ts';
import { clockToleranceMs } from '../../core/base/clock-tolerance.ts';
import { keepLatest } from '../../core/base/keep-latest.ts';
import type { Clock, Opener, RelayPool, Sealer } from '../../core/base/ports.ts';
import { takenCall } from '../../core/call/taken-call.ts';
import { callsFirst, type RosterEntry } from '../../core/group/roster.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { openSignal } from '../../core/signaling/mail.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';
import type { CallHiding } from './call-hiding.ts';
import type { Mesh } from './mesh.ts';
import type { Newcomers } from './newcomers.ts';
import { pageInbox } from './passing.ts';
import type { PairCall, Seat, SeatOrigin } from './seat.ts';
import { SecondWay } from './second-way.ts';

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
  readonly sit: (call: PairCall, isCaller: boolean, origin: SeatOrigin) => Seat;
  /** Somebody who sits here invites from another device. */
  readonly onMove: (seat: Seat, invite: SignalOf<'invite'>, isQuantumSafe?: true) => void;
  readonly newcomers: Pick<Newcomers, 'isReady' | 'mayLink' | 'isAwaited' | 'introducer'>;
  readonly hiding: Pick<CallHiding, 'toward'>;
  /** Connects to the own relays. */
  readonly openRelays: () => Promise<RelayPool>;
}

/** A link that could not be made is tried again after these times, and then at the last one. */
const retryMs = [2_000, 5_000, 10_000, 20_000, 40_000] as const;
const longestRetryMs = 60_000;
/** More people than a call has. */
const maxEarly = 8;
const maxTaken = 64;

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
  /** Ids of the invites that were taken. */
  readonly #taken = new Set<string>();
  #isOver = false;

  readonly #secondWay: SecondWay;

  constructor(parts: IntroductionParts) {
    this.#parts = parts;
    this.#secondWay = new SecondWay({
      ...parts,
      inboxSecret: () => parts.mesh.inboxSecret,
      onInvite: (topicHex, message) => void this.take(topicHex, message),
    });
  }

  /** Looks at everybody who is in the call. */
  look(people: ReadonlySet<string>): void {
    if (this.#isOver) return;
    this.#secondWay.look(new Set([...people].filter((id) => this.#shouldCall(id))));
    for (const id of people) {
      const early = this.#early.get(id);
      this.#early.delete(id);
      if (early) void this.take(early.topicHex, early.message);
      const seat = this.#parts.seatOf(id);
      if (seat && (!seat.isOver || seat.isRefused)) continue;
      if (!callsFirst(this.#parts.self.id, id) || this.#lookups.has(id) || !this.#mayCall(id)) continue;
      if (seat) this.#tryLater(id);
      else void this.#call(id);
    }
  }

  /** There is a link: the next one that breaks is tried at once. */
  linked(id: string): void {
    this.forget(id);
    this.#secondWay.linked(id);
  }

  /** People alone have not brought us together with this one. */
  needsRelays(id: string): boolean {
    return this.#secondWay.isNeeded(id) || (this.#tries.get(id)?.count ?? 0) > 0;
  }

  forget(id: string): void {
    this.#tries.get(id)?.cancel?.();
    this.#tries.delete(id);
  }

  /** An envelope that came through people: an invite of somebody in this call is taken. */
  async take(topicHex: string, message: Bytes): Promise<void> {
    const { sealer, opener, self, clock, mesh, seatOf, newcomers } = this.#parts;
    const opened = await openSignal({ sealer, opener, ownEd25519: self.ed25519, topicHex, message });
    if (opened?.signal.t !== 'invite' || opened.signal.exp + clockToleranceMs < clock.now() || this.#isOver) return;
    const { senderId, signal: invite, isQuantumSafe } = opened;
    const sitting = seatOf(senderId);
    if (invite.moves && sitting?.isUp) {
      this.#parts.onMove(sitting, invite, isQuantumSafe);
      return;
    }
    if (!callsFirst(senderId, self.id)) return;
    if (!mesh.people().has(senderId) || !newcomers.isReady) {
      this.#keepEarly(senderId, topicHex, message);
      return;
    }
    if (!newcomers.mayLink(senderId)) return;
    const seat = seatOf(senderId);
    // Its topic is one of this page alone: it is of this call. What is left is that somebody hands it over again.
    if (this.#taken.has(invite.id)) return;
    if (seat?.isRefused || (seat && !seat.isOver && (seat.isUp || seat.callId === invite.id))) return;
    const taken = await this.#seat(senderId, false, invite.id);
    if (!taken) return;
    this.#remember(invite.id);
    taken.call.session.prepareIncoming(takenCall(senderId, invite, 1, isQuantumSafe));
    taken.call.session.accept(taken.call.model.media.value);
  }

  /** Nobody is linked any more. */
  close(): void {
    this.#isOver = true;
    this.#early.clear();
    this.#secondWay.close();
    for (const { cancel } of this.#tries.values()) cancel?.();
    this.#tries.clear();
  }

  #mayCall(id: string): boolean {
    const { newcomers } = this.#parts;
    return newcomers.mayLink(id) && !newcomers.isAwaited(id);
  }

  /** Nothing is in the way of their call, and it is not here. */
  #shouldCall(id: string): boolean {
    const seat = this.#parts.seatOf(id);
    return (!seat || (seat.isOver && !seat.isRefused)) && callsFirst(id, this.#parts.self.id) && this.#mayCall(id);
  }

  #remember(callId: string): void {
    this.#taken.add(callId);
    keepLatest(this.#taken, maxTaken);
  }

  #keepEarly(id: string, topicHex: string, message: Bytes): void {
    this.#early.delete(id);
    this.#early.set(id, { topicHex, message });
    keepLatest(this.#early, maxEarly);
  }

  #tryLater(id: string): void {
    const tries = this.#tries.get(id) ?? { count: 0, cancel: undefined };
    if (tries.cancel) return;
    tries.cancel = this.#parts.clock.after(retryMs[tries.count] ?? longestRetryMs, () => {
      tries.count += 1;
      tries.cancel = undefined;
      const seat = this.#parts.seatOf(id);
      if (!this.#isOver && this.#parts.mesh.people().has(id) && seat?.isOver && this.#mayCall(id)) void this.#call(id);
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

  /**
   * A seat with a new call for somebody of the roster; undefined for people who are blocked here, who may not be linked, from whom the
   * address cannot be hidden, or who sit by now.
   */
  async #seat(id: string, isCaller: boolean, callId: string | undefined): Promise<Seat | undefined> {
    const { contact, seatOf, makeCall, sit, mesh, newcomers } = this.#parts;
    if (this.#lookups.has(id)) return undefined;
    this.#lookups.add(id);
    const found = await this.#lookUp(id, contact).catch(() => undefined);
    this.#lookups.delete(id);
    const entry = mesh.entry(id);
    const former = seatOf(id);
    if (!entry || !found || this.#isOver || former?.isUp || former?.isRefused) return undefined;
    const { known, hiding } = found;
    if (known?.blocked || hiding === 'impossible' || !newcomers.mayLink(id)) return undefined;
    // They call anew: what we had from them before has come to nothing.
    if (former && !former.isOver) {
      if (isCaller) return undefined;
      former.call.session.leave();
    }
    const seat = sit(makeCall(this.#asContact(entry, known, hiding === 'on'), 'people'), isCaller, {
      isContact: known !== undefined,
      introducedBy: known ? undefined : newcomers.introducer(id)?.call.contact.name,
    });
    seat.callId = callId;
    return seat;
  }

  async #lookUp(id: string, contact: IntroductionParts['contact']) {
    const known = await contact(id);
    return { known, hiding: await this.#parts.hiding.toward(known) };
  }

  /**
   * Keys of a contact are those that we hold ourselves; the name too. The inbox is that of their call page alone. Whether our address is
   * hidden goes with them: whatever makes the link need know nothing of the call around it.
   */
  #asContact(
    { id, ed25519, x25519, ek, name, relays }: RosterEntry,
    known: Contact | undefined,
    hides: boolean,
  ): Contact {
    const { theirInbox: _theirInbox, ...kept } = known ?? {
      id,
      name: name || id.slice(0, 8),
      ed25519,
      x25519,
      addedAt: 0,
      addedFrom: 'call' as const,
      blocked: false,
      verification: { state: 'unverified' as const },
    };
    return { ...kept, inboxSecret: pageInbox(ek), relays, ...(hides ? { hideAddress: true } : {}) };
  }
}
