// The people of a call: one seat each with the call between us, and what all of them know of each other (mesh.ts). Notices who comes and
// who is gone, and shows it. A call of two is a group with one seat.
import { type Signal, signal } from '@preact/signals';
import type { Reaction } from '../../core/group/reaction.ts';
import type { PicturePart } from '../../core/media/shown-size.ts';
import type { ChannelMaker } from '../../link/connection/negotiated-channel.ts';
import type { ShownSize } from '../model/group-model.ts';
import type { PersonModel } from '../model/person-model.ts';
import { ShownReactions } from '../model/shown-reactions.ts';
import { Admission } from './admission.ts';
import { Bridging, type ForwardingConnection } from './bridging.ts';
import { CallPeople } from './call-people.ts';
import { ChatDetour } from './chat-detour.ts';
import { Departures } from './departures.ts';
import type { GroupSessionParts, SuccessorTaker } from './group-session-parts.ts';
import { Introductions } from './introductions.ts';
import { Invitations } from './invitations.ts';
import { Mesh } from './mesh.ts';
import { MeshChannels } from './mesh-channels.ts';
import { type PairCall, Seat, type SeatOrigin } from './seat.ts';
import { WhoIsCalled } from './who-is-called.ts';

export class GroupSession {
  readonly #parts: GroupSessionParts;
  readonly #mesh: Mesh;
  readonly #introductions: Introductions;
  /** Calls contacts into this call. */
  readonly invitations: Invitations;
  readonly #bridging: Bridging;
  readonly #chatDetour: ChatDetour;
  readonly #reactions: ShownReactions;
  readonly #seats = new Map<string, Seat>();
  readonly #channels: MeshChannels;
  /** A way for the first words between two of them; how many they are, and who. */
  readonly people: CallPeople;
  readonly #departures: Departures;
  readonly #calling: WhoIsCalled;
  /** Who may be linked, what they are told of us, and who they are to us. */
  readonly admission: Admission;
  /** What the page shows while it shows a call with one person, and at the end. */
  readonly shown: Signal<PersonModel>;
  #successors: Promise<SuccessorTaker> | undefined;
  #isOver = false;

  constructor(parts: GroupSessionParts, first: PersonModel) {
    this.#parts = parts;
    this.shown = signal(first);
    this.#reactions = new ShownReactions(parts.model, parts.clock);
    this.#mesh = new Mesh({
      ...parts,
      onChange: () => this.#changed(),
      onEnvelope: (topicHex, body) => void this.#introductions.take(topicHex, body),
      onReaction: (from, emoji) => this.#reactions.show(from, emoji),
      onForward: (from, word) => this.#bridging.heard(from, word),
    });
    this.#channels = new MeshChannels({
      onWord: (id, word) => this.#mesh.heard(id, word),
      onUp: (id) => this.#linkUp(id),
      onDown: (id) => this.#mesh.linkInterrupted(id),
    });
    this.people = new CallPeople({
      mesh: this.#mesh,
      seats: this.#seats,
      introductions: () => this.#introductions,
      departures: () => this.#departures,
    });
    const common = { ...parts, mesh: this.#mesh, seats: this.#seats, self: parts.self.id };
    this.admission = new Admission({
      ...common,
      self: parts.self,
      onChange: () => this.#changed(),
      forget: (seat) => this.#departures.now(seat),
    });
    this.#introductions = new Introductions({
      ...parts,
      onMove: (...move) => this.#moves(...move),
      mesh: this.#mesh,
      seatOf: (id) => this.#seats.get(id),
      sit: (call, isCaller, origin) => this.sit(call, isCaller, origin),
      newcomers: this.admission.newcomers,
      hiding: this.admission.hiding,
    });
    this.invitations = new Invitations({
      ...common,
      isClosed: () => this.people.isFull || this.admission.isLocked,
      isOver: () => this.#isOver,
      sit: (call, isCaller) => this.sit(call, isCaller),
      forget: (seat) => this.#departures.now(seat),
    });
    this.#departures = new Departures({
      ...common,
      onForgotten: (id) => {
        this.#introductions.forget(id);
        this.#show();
      },
      onInVain: (id) => this.admission.newcomers.takeBack(id),
    });
    this.#calling = new WhoIsCalled(common);
    this.#bridging = new Bridging(common);
    this.#chatDetour = new ChatDetour({
      ...common,
      self: parts.self,
      onReaction: (from, emoji) => this.#reactions.show(from, emoji),
    });
    this.admission.readAgain();
  }

  /** Gives the person of this call a seat, in place of an earlier one. @param origin how they came, where it is known. */
  sit(call: PairCall, isCaller: boolean, origin?: SeatOrigin): Seat {
    const former = this.#seats.get(call.contact.id);
    former?.dispose();
    const seat = new Seat({ call, isCaller, origin, former, onPhase: (one) => this.#phase(one) });
    this.#seats.set(seat.id, seat);
    this.admission.sat(seat);
    seat.isIn = this.#mesh.people().has(seat.id);
    this.#chatDetour.look();
    this.#show();
    return seat;
  }

  seatOf(id: string): Seat | undefined {
    return this.#seats.get(id);
  }

  /** The call with whom the page shows while it shows one. */
  get shownCall(): PairCall | undefined {
    return [...this.#seats.values()].find((seat) => seat.call.model === this.shown.value)?.call;
  }

  /** This connection carries the words to this person from now on. */
  attach({ id }: { readonly id: string }, connection: ChannelMaker & ForwardingConnection): void {
    this.#channels.attach(id, connection);
    this.#bridging.attach(id, connection);
  }

  /** The connection to this person is proven to be theirs. */
  prove(id: string): void {
    this.#channels.prove(id);
  }

  /** Somebody has left, or did not come in. That we ourselves have left is said over the channels yet: they end with the connections. */
  part(id: string): void {
    if (!this.#isOver) this.#channels.close(id);
  }

  raiseHand(isRaised: boolean): void {
    this.#parts.model.ownHandRaised.value = isRaised;
    this.#mesh.state({ hand: isRaised });
  }

  lock(isLocked: boolean): void {
    this.#mesh.state({ locked: isLocked });
  }

  react(emoji: Reaction): void {
    this.#mesh.react(emoji);
    this.#chatDetour.react(emoji);
    this.#reactions.show(undefined, emoji);
  }

  /** What everybody says of themselves. */
  get entries(): Pick<Mesh, 'roster' | 'people' | 'state'> {
    return this.#mesh;
  }

  /** Of these people pictures come, seen here or not. */
  record(people: ReadonlySet<string>): void {
    this.#bridging.record(people);
  }

  /** How large somebody is shown here, for whoever sends it. */
  shownAt(part: PicturePart, id: string, size: ShownSize): void {
    this.#bridging.shownAt(part, id, size);
  }

  /** Sends the own picture to everybody although the network hardly carries the sound. */
  insistOnPicture(): void {
    for (const { call } of this.#seats.values()) call.session.insistOnPicture();
  }

  /** Leaves the whole call. */
  leave(): void {
    this.#end();
    for (const { call } of this.#seats.values()) call.session.leave();
  }

  /** Another device of the person here goes on with the call: nobody is told that they have left. */
  handOver(): void {
    this.#close();
    for (const { call } of this.#seats.values()) call.session.handOver();
  }

  /** The page goes away. */
  pageGoes(): void {
    this.#end();
    for (const { call } of this.#seats.values()) call.session.pageGoes();
  }

  /** Closing the page would end a call. */
  get isRunning(): boolean {
    return [...this.#seats.values()].some((seat) => seat.isUp || seat.phase === 'connecting');
  }

  /** Nobody is in the call any more, nor on the way. */
  get isOver(): boolean {
    return [...this.#seats.values()].every((seat) => seat.isOver);
  }

  #moves(...move: Parameters<SuccessorTaker['take']>): void {
    const { loadSuccessors, fault } = this.#parts;
    this.#successors ??= loadSuccessors({
      seatOf: (id) => this.#seats.get(id),
      sit: (call) => this.#phase(this.sit(call, false, { isContact: undefined, hasMoved: true })),
    });
    this.#successors.then((all) => all.take(...move)).catch((error: unknown) => fault('move', error));
  }

  #linkUp(id: string): void {
    this.#mesh.linkUp(id, (word) => this.#channels.say(id, word));
  }

  #end(): void {
    this.#close();
    this.#mesh.state({ here: false, calling: [], hand: false });
  }

  #close(): void {
    this.#isOver = true;
    this.#introductions.close();
    this.admission.close();
    this.#bridging.close();
    this.#chatDetour.close();
  }

  #phase(seat: Seat): void {
    if (this.#seats.get(seat.id) !== seat) return;
    if (seat.phase === 'reconnecting') this.#mesh.linkInterrupted(seat.id);
    else if (seat.phase === 'connected') {
      this.#introductions.linked(seat.id);
      if (this.#channels.isOpen(seat.id)) this.#linkUp(seat.id);
    } else if (seat.isOver) this.#ended(seat);
    this.#bridging.look();
    if (!this.#isOver) this.#calling.tell();
    this.#show();
  }

  /** A call with one person has ended: they are gone, or only the way between us is. */
  #ended({ id }: Seat): void {
    // That we have left is said over the channels yet: they end with the connections.
    if (!this.#isOver) {
      this.#channels.close(id);
      this.#mesh.linkOver(id);
    }
    this.#bridging.gone(id);
    this.#parts.onGone(id);
    this.#changed();
  }

  /** The roster or the ways have changed. */
  #changed(): void {
    this.#endWithGone();
    const people = this.#mesh.people();
    for (const [id, seat] of this.#seats) {
      seat.isIn = people.has(id);
      seat.participant.handRaised.value = seat.isIn && this.#mesh.entry(id)?.hand === true;
      if (seat.isTaken) continue;
      this.#parts.onParted(id);
      this.#departures.later(seat);
    }
    this.admission.look(people);
    this.#calling.show(people);
    this.#introductions.look(people);
    this.#bridging.look();
    this.#chatDetour.look();
    this.people.changed();
    this.#show();
  }

  /** The goodbye of somebody who has left may be lost on a way that is cut. Others have heard it. */
  #endWithGone(): void {
    for (const [id, seat] of [...this.#seats])
      if (seat.phase === 'reconnecting' && this.#mesh.entry(id)?.here === false) seat.call.session.leave();
  }

  #show(): void {
    const seats = [...this.#seats.values()];
    this.#departures.look();
    for (const seat of seats) this.admission.mark(seat);
    const { participants } = this.#parts.model;
    const now = seats.map(({ participant }) => participant);
    if (now.length !== participants.value.length || now.some((one, i) => one !== participants.value[i]))
      participants.value = now;
    // At the end it is the last one that tells how it ended.
    const best = seats.find((seat) => seat.isUp) ?? seats.find((seat) => !seat.isOver);
    if (best && !seats.some((seat) => seat.isUp && seat.call.model === this.shown.value))
      this.shown.value = best.call.model;
  }
}
