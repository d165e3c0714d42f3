// One person's place in the call of a page: the call with them, which may be made anew, and where they stand as people see it. Knows the
// roster only by what it is told of it.
import { computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Bytes } from '../../core/base/bytes.ts';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { PicturePart } from '../../core/media/shown-size.ts';
import type { Participant, Presence, ShownSize } from '../model/group-model.ts';
import type { CallActions, CallPhase, PersonModel, RemoteMediaModel } from '../model/person-model.ts';
import type { ContactCards } from '../pair/contact-cards.ts';
import type { PairSession } from '../pair/pair-session.ts';

/** A call with one person, as the group uses it. */
export interface PairCall {
  readonly contact: Contact;
  readonly route: 'relays' | 'people';
  readonly model: PersonModel;
  readonly session: CallActions &
    Pick<
      PairSession,
      | 'prepareOutgoing'
      | 'prepareIncoming'
      | 'accept'
      | 'crossOver'
      | 'turnAway'
      | 'pageGoes'
      | 'isRunning'
      | 'handOver'
      | 'onMoved'
    >;
  /** What only the two ends of it know: which call it is, and the hash of what was said at its beginning. Undefined before it is up. */
  readonly link: { readonly callId: string; readonly transcript: Bytes } | undefined;
  /** How the two reach each other after this call. */
  readonly cards: Pick<ContactCards, 'state' | 'addToContacts'>;
  /** How large the other side's picture, or its screen, is shown here. */
  readonly show: (part: PicturePart, size: ShownSize) => void;
  /** The same as it was said last. */
  readonly shown: ReadonlyMap<PicturePart, ShownSize>;
}

const whyOut: Readonly<Partial<Record<EndReason, Presence>>> = {
  declined: 'declined',
  busy: 'busy',
  'call-full': 'declined',
  'call-locked': 'declined',
  'door-closed': 'declined',
  'no-answer': 'no-answer',
  unreachable: 'no-answer',
  'relays-unreachable': 'no-answer',
  'clock-wrong': 'no-answer',
  'cannot-hide-address': 'not-hidden',
};

/**
 * @param isIn whether others hold a link to this person.
 * @param hasFailed an earlier try has come to nothing: people need not see each further one.
 */
function presenceOf(phase: CallPhase, isIn: boolean, hasFailed: boolean): Presence {
  const onTheWay = hasFailed && isIn ? 'unreachable' : 'connecting';
  switch (phase.phase) {
    case 'dialing':
      return isIn ? onTheWay : 'calling';
    case 'ringing':
      return isIn ? onTheWay : 'ringing';
    case 'connected':
    case 'reconnecting':
      return 'in';
    case 'ended':
      return isIn ? 'unreachable' : (whyOut[phase.reason] ?? 'left');
    case 'loading':
    case 'unavailable':
    case 'door':
    case 'before':
    case 'incoming':
    case 'connecting':
      return onTheWay;
  }
}

/** What somebody else lets us have of a person to whom we find no way. */
export interface Forwarded {
  /** The name of whoever forwards. */
  readonly by: string;
  readonly stream: MediaStream;
  /** What they show. */
  readonly screen: MediaStream | undefined;
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly speaking: boolean;
}

/** How somebody came here. */
export interface SeatOrigin {
  /** Undefined where only the phone book knows, which tells in a moment. */
  readonly isContact: boolean | undefined;
  readonly introducedBy?: string | undefined;
  /** They go on with the call at another device. */
  readonly hasMoved?: boolean;
}

export interface SeatParts {
  readonly call: PairCall;
  /** We called; of a call that rang here it is the other side. */
  readonly isCaller: boolean;
  readonly origin?: SeatOrigin | undefined;
  /** The seat that this one takes the place of. */
  readonly former: Seat | undefined;
  readonly onPhase: (seat: Seat) => void;
}

/** What comes of the other side: by a detour where there is one, else by the call. */
function remoteMedia(model: PersonModel, forwarded: ReadonlySignal<Forwarded | undefined>): RemoteMediaModel {
  const by = <Value>(detour: (forwarded: Forwarded) => Value, call: ReadonlySignal<Value>): ReadonlySignal<Value> =>
    computed(() => (forwarded.value ? detour(forwarded.value) : call.value));
  return {
    remoteStream: by(({ stream }) => stream, model.remoteStream),
    remoteMicrophoneOn: by(({ microphone }) => microphone, model.remoteMicrophoneOn),
    remoteCameraOn: by(({ camera }) => camera, model.remoteCameraOn),
    remoteSpeaking: by(({ speaking }) => speaking, model.remoteSpeaking),
    remoteScreen: by(({ screen }) => screen, model.remoteScreen),
    remoteScreenOn: by(({ screen }) => screen !== undefined, model.remoteScreenOn),
    remotePaused: by(() => false, model.remotePaused),
    remoteOnHold: by(() => false, model.remoteOnHold),
  };
}

export class Seat {
  readonly id: string;
  readonly participant: Participant;
  readonly call: PairCall;
  readonly isCaller: boolean;
  /** The invite that was taken, where they called through people. */
  callId: string | undefined;
  readonly #isIn: Signal<boolean> = signal(false);
  readonly #forwarded: Signal<Forwarded | undefined>;
  readonly #endings: (() => void)[] = [];

  constructor({ call, isCaller, origin, former, onPhase }: SeatParts) {
    const { model, contact } = call;
    this.call = call;
    this.isCaller = isCaller;
    this.id = contact.id;
    this.#isIn.value = former?.isIn ?? false;
    // A new try changes nothing in what comes by a detour.
    this.#forwarded = former ? former.#forwarded : signal(undefined);
    const hasFailed =
      former?.participant.presence.value === 'unreachable' || (former?.isOver && this.#forwarded.value !== undefined);
    const presence = signal<Presence>('connecting');
    const bridgedBy = signal<string | undefined>(undefined);
    this.participant = {
      id: contact.id,
      model: { ...model, ...remoteMedia(model, this.#forwarded) },
      presence,
      isContact: signal(origin?.isContact ?? former?.participant.isContact.value ?? true),
      lookalike: signal(former?.participant.lookalike.value),
      introducedBy: signal(origin?.introducedBy ?? former?.participant.introducedBy.value),
      card: call.cards.state,
      bridgedBy,
      handRaised: signal(false),
      // What was chosen here for this person stays, whatever becomes of the link.
      volume: former?.participant.volume ?? signal(1),
      isMutedHere: former?.participant.isMutedHere ?? signal(false),
      moves: (former?.participant.moves ?? 0) + (origin?.hasMoved ? 1 : 0),
    };
    this.#endings.push(
      effect(() => {
        const forwarded = this.#forwarded.value;
        presence.value = forwarded ? 'in' : presenceOf(model.phase.value, this.#isIn.value, hasFailed === true);
        bridgedBy.value = forwarded?.by;
      }),
      model.phase.subscribe(() => onPhase(this)),
    );
  }

  /** Others hold a link to this person. */
  set isIn(isIn: boolean) {
    this.#isIn.value = isIn;
  }

  get isIn(): boolean {
    return this.#isIn.value;
  }

  /** What comes of this person by way of somebody else: shown in place of their own, as long as there is any. */
  set forwarded(forwarded: Forwarded | undefined) {
    this.#forwarded.value = forwarded;
  }

  get forwarded(): Forwarded | undefined {
    return this.#forwarded.value;
  }

  get phase(): CallPhase['phase'] {
    return this.call.model.phase.value.phase;
  }

  get isOver(): boolean {
    return this.phase === 'ended';
  }

  /** Called, and for a reason of theirs or of the way there never in. */
  get didNotCome(): boolean {
    const phase = this.call.model.phase.value;
    return phase.phase === 'ended' && whyOut[phase.reason] !== undefined;
  }

  /** It ended because this may not be who they say they are: nobody is linked to them again in this call without being asked. */
  get isRefused(): boolean {
    const phase = this.call.model.phase.value;
    return phase.phase === 'ended' && (phase.reason === 'words-different' || phase.reason === 'security-check-failed');
  }

  /** Connected now or a moment ago. */
  get isUp(): boolean {
    return this.phase === 'connected' || this.phase === 'reconnecting';
  }

  /** Has a place, or will have one: not somebody who is gone for good. */
  get isTaken(): boolean {
    return !this.isOver || this.isIn;
  }

  /** Nothing of this seat is looked at any more. */
  dispose(): void {
    for (const end of this.#endings) end();
  }
}
