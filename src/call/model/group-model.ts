// What a call page shows of the people in it, and what can be done there beyond a call of two. The group session writes these signals;
// views only read them and call the actions. Knows no WebRTC and no storage.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Lookalike } from '../../core/base/lookalike-name.ts';
import type { Reaction } from '../../core/group/reaction.ts';
import type { PicturePart } from '../../core/media/shown-size.ts';
import type { AddressHiding } from '../../core/network/hidden-address.ts';
import { firstChoice, type StageChoice } from '../../core/stage/stage-view.ts';
import type { CardState } from './card-state.ts';
import type { HandOver } from './hand-over-model.ts';
import type { CallMeeting } from './meeting-model.ts';
import type { PersonModel } from './person-model.ts';
import type { CallRecordings } from './recording-model.ts';

/** Where one person stands, as seen from here. */
export type Presence =
  /** An invite is on its way, or a device of theirs rings. */
  | 'calling'
  | 'ringing'
  /** In the call; the way between us is being made, or made again. */
  | 'connecting'
  | 'in'
  /** In the call, but no way leads there from here. */
  | 'unreachable'
  /** Not in the call (any more). */
  | 'declined'
  | 'busy'
  | 'no-answer'
  /** Not called: they would have learned our address. */
  | 'not-hidden'
  | 'left';

export interface Participant {
  /** The Ed25519 public key as lower-case hex. */
  readonly id: string;
  /** The call with this person alone; what comes of them may come by way of somebody else. */
  readonly model: PersonModel;
  readonly presence: Signal<Presence>;
  /** Somebody of the contacts here; of everybody else the name is only what they say. */
  readonly isContact: Signal<boolean>;
  /** Whom somebody who is no contact could be taken for by name. */
  readonly lookalike: Signal<Lookalike | undefined>;
  /** Who brought somebody who is no contact, where that is proven. */
  readonly introducedBy: Signal<string | undefined>;
  /** Whether the two reach each other after this call. */
  readonly card: ReadonlySignal<CardState>;
  /** Who forwards this person's sound and picture to us. */
  readonly bridgedBy: Signal<string | undefined>;
  readonly handRaised: Signal<boolean>;
  /** From 0 to 1: how loud this person is here. */
  readonly volume: Signal<number>;
  readonly isMutedHere: Signal<boolean>;
  /** How often they have gone on with the call at another device. */
  readonly moves: number;
}

/** Somebody who asks to be let in. */
interface Knock {
  readonly id: string;
  readonly name: string;
  readonly isContact: boolean;
  readonly lookalike: Lookalike | undefined;
  /** Whether they would learn our address; whom it cannot be hidden from cannot be admitted. */
  readonly hiding: AddressHiding;
}

/** Somebody in the call to whom there is no link, because one side has not said yes to it. */
export interface Newcomer {
  readonly id: string;
  /** A contact's as it is here, anybody else's as they say it. */
  readonly name: string;
  readonly isContact: boolean;
  readonly lookalike: Lookalike | undefined;
  /** The name of whoever brought them, where that is proven. */
  readonly introducedBy: string | undefined;
  /** Whether they would learn our address. */
  readonly hiding: AddressHiding;
  readonly state: /** The person here decides. */
    | 'asking'
    | 'kept-out'
    /** They came after somebody had locked the call. */
    | 'locked-out'
    /** They would learn our address, and we hide it from somebody in this call. */
    | 'not-hidden'
    /** The other side decides. */
    | 'waiting'
    /** Both have said yes: in a moment there is a participant. */
    | 'connecting';
}

/** Somebody whom one of the others is calling into the call. */
export interface CalledByOther {
  readonly id: string;
  /** Undefined for somebody who is no contact here. */
  readonly name: string | undefined;
  /** The name of whoever calls them. */
  readonly by: string;
  readonly isRinging: boolean;
}

interface ShownReaction {
  /** Counts up. */
  readonly id: number;
  /** A participant's id; undefined is the person here. */
  readonly from: string | undefined;
  readonly emoji: Reaction;
}

interface InvitablePerson {
  readonly id: string;
  readonly name: string;
}

export interface RoomInvitation {
  readonly room: string;
  /** What the room is called, as they say. */
  readonly name: string;
  /** What the contact is called who has let us in. */
  readonly by: string;
}

export interface GroupModel {
  /** Everybody but the person here, in the order in which they came. */
  readonly participants: Signal<readonly Participant[]>;
  /** Names of each two whose sound and pictures go through the computer here. */
  readonly bridging: Signal<readonly (readonly [string, string])[]>;
  /** Contacts that could be added, by name. */
  readonly invitable: Signal<readonly InvitablePerson[]>;
  readonly calledByOthers: Signal<readonly CalledByOther[]>;
  readonly ownHandRaised: Signal<boolean>;
  /** Those of the last few seconds. */
  readonly reactions: Signal<readonly ShownReaction[]>;
  readonly knocks: Signal<readonly Knock[]>;
  /** Rooms that others have let the person here into, and that wait for an answer. */
  readonly roomInvitations: Signal<readonly RoomInvitation[]>;
  /** The room that this call is a meeting of. */
  readonly meeting: Signal<CallMeeting | undefined>;
  readonly newcomers: Signal<readonly Newcomer[]>;
  /** Nobody new is let in or asked for. */
  readonly isLocked: Signal<boolean>;
  /** What people without a place in the call can be sent, so that they may ask to be let in; undefined until it is made. */
  readonly guestLink: Signal<string | undefined>;
  /** Who records, once that part of the page is loaded. */
  readonly recordings: Signal<CallRecordings | undefined>;
  /** What would help a computer or a network that is short. */
  readonly advice: Signal<'none' | 'turn-camera-off'>;
  /** The call goes over to another own device, or comes from one; undefined while it does not. */
  readonly handOver: Signal<HandOver | undefined>;
  /** How the person likes to see a group. */
  readonly stage: Signal<StageChoice>;
}

/** How large a person is shown, in device pixels; undefined while not at all. */
export type ShownSize = { readonly width: number; readonly height: number } | undefined;

export interface GroupActions {
  addPerson(contactId: string): void;
  /** Stops calling somebody who has not answered, or forgets somebody who is gone. */
  dismiss(participantId: string): void;
  raiseHand(isRaised: boolean): void;
  react(emoji: Reaction): void;
  setVolume(participantId: string, volume: number): void;
  muteHere(participantId: string, isMuted: boolean): void;
  admit(knockId: string): void;
  refuse(knockId: string): void;
  /** Yes or no to an invitation to a room. */
  answerRoom(room: string, joins: boolean): void;
  /** Answers the question about somebody who is no contact. A no can be taken back. */
  letIn(newcomerId: string): void;
  /** Everybody who is asked about now. */
  letAllIn(): void;
  keepOut(newcomerId: string): void;
  lock(isLocked: boolean): void;
  makeGuestLink(): void;
  /** Gives somebody who is no contact the own link, and keeps them as soon as theirs is here. */
  addToContacts(participantId: string): void;
  wordsMatch(participantId: string): void;
  wordsDiffer(participantId: string): void;
  /** Told by the view whenever it changes: nothing is asked of the network that nobody sees. */
  shownAt(part: PicturePart, participantId: string, size: ShownSize): void;
  /** Sees later groups like this, too. */
  keepStage(choice: StageChoice): void;
}

/** Nobody else in it yet. */
export function emptyGroupModel(): GroupModel {
  return {
    participants: signal<readonly Participant[]>([]),
    bridging: signal<readonly (readonly [string, string])[]>([]),
    invitable: signal<readonly InvitablePerson[]>([]),
    calledByOthers: signal<readonly CalledByOther[]>([]),
    ownHandRaised: signal(false),
    reactions: signal<readonly ShownReaction[]>([]),
    knocks: signal<readonly Knock[]>([]),
    roomInvitations: signal<readonly RoomInvitation[]>([]),
    meeting: signal<CallMeeting | undefined>(undefined),
    newcomers: signal<readonly Newcomer[]>([]),
    isLocked: signal(false),
    guestLink: signal<string | undefined>(undefined),
    recordings: signal<CallRecordings | undefined>(undefined),
    advice: signal<'none' | 'turn-camera-off'>('none'),
    handOver: signal<HandOver | undefined>(undefined),
    stage: signal(firstChoice),
  };
}

/** The only other person of a call of two; undefined for more, also while the third is still being called or is not linked to us. */
export function onlyOther({ participants, newcomers }: GroupModel): Participant | undefined {
  const [first, ...others] = participants.value;
  if (!first || others.length > 0 || newcomers.value.length > 0) return undefined;
  return ['in', 'connecting'].includes(first.presence.value) ? first : undefined;
}
