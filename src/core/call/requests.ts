// The requests that pages send to the background, and the small views of state that the background keeps for pages to read.
// Commands are messages, state is storage: nothing here is pushed at a page.

import type { MoveOutlook } from '../base/move-outlook.ts';
import type { RelayState } from '../base/ports.ts';
import type { CallMedia } from '../identity/contact.ts';
import type { Announced } from '../messages/announced.ts';
import type { DoorAnswer } from './call-machine.ts';

/** What a call page needs to take over a ringing call. Byte strings travel as base64url because messages are JSON. */
export interface TakenCall {
  readonly callId: string;
  readonly contactId: string;
  readonly media: CallMedia;
  /** How many more are in the call or called into it, as the caller says; left out in a call of two. */
  readonly others?: number;
  /** Call secret that the call's topics are derived from (docs/protocol.md#topics). */
  readonly st: string;
  /** Caller's per-call X25519 key and commitment. */
  readonly ek: string;
  readonly cm: string;
  /** The next free message counter of this device in this call. */
  readonly nextN: number;
  /** Counters already seen from the caller, with their device. */
  readonly callerDev: string;
  /** The invite was sealed to both halves of our lasting key: so is the call's transcript (docs/protocol.md#binding). */
  readonly isQuantumSafe?: true;
  readonly expiresAt: number;
}

/** The room that a call is begun as a meeting of, and which planned one, by its entry. */
export interface BegunMeeting {
  readonly room: string;
  readonly meeting?: string;
}

/** Every request that the background answers: name -> [argument, reply]. */
export interface BackgroundRequests {
  /** Opens a call page for a contact, or focuses the running call. */
  startCall: [{ contactId: string; media: CallMedia }, { opened: boolean }];
  /** The same for several contacts, who are called together. */
  startGroupCall: [{ contactIds: readonly string[]; media: CallMedia; meeting?: BegunMeeting }, { opened: boolean }];
  /** Opens a call page that asks to be let into the call of a guest link, or focuses the running call. */
  askToJoin: [{ guestLink: string }, { opened: boolean }];
  /** A ringing page asks for the call's material; undefined when the ring is over. */
  takeCall: [{ callId: string }, TakenCall | undefined];
  /** The person accepted: in the page of the ring, which goes on with the call by itself, or elsewhere, and a page is to take it. */
  answerRing: [{ callId: string; media: CallMedia; inPage: boolean }, { answered: boolean }];
  declineRing: [{ callId: string }, { declined: boolean }];
  /** The call page says which call it holds; undefined when it is over. `tabId` is taken from the sender. */
  holdCall: [Omit<HeldCall, 'tabId'> | undefined, undefined];
  /** The call of this page is put on hold: nothing of the person here goes to it, and nothing of it is heard. */
  setAside: [{ page: string }, undefined];
  /** The call of this page goes on, and its tab is shown; another one that goes on is put on hold. */
  goOn: [{ page: string }, undefined];
  /** What somebody who knocks is told: that they are on the screen, or why nobody can be let in. `name`: as they say it. */
  answerKnock: [{ call: TakenCall; name: string; says: KnockAnswer }, undefined];
  /** A knock is not on the screen any more. */
  knockDecided: [{ contactId: string }, undefined];
  /** Opens a call page with nobody in it yet, for guests, or focuses the running call. `id`: of a door for later. */
  openDoor: [{ id: string } | undefined, { opened: boolean }];
  /** A person's answer to somebody who waits at a door at which no page is; a yes opens one. */
  decideKnock: [{ contactId: string; admits: boolean }, { decided: boolean }];
  /** A call reached nobody: the contact is told of it within a day. `msg`: and of the message that was left, at once. */
  leaveNote: [{ callId: string; contactId: string; media: CallMedia; at: number; msg?: Announced }, undefined];
  /** Identity, relays, contacts or settings changed: read them again. */
  reload: [undefined, undefined];
  /** Somebody looks: relays that wait for their next try are tried at once. */
  retryRelays: [undefined, undefined];
  /** The popup or the settings were opened, or somebody asks by hand: the own other devices are asked whether they are there. */
  lookForDevices: [{ byHand: boolean }, undefined];
  /** Goes on here with the call of another own device: a page for it is opened. A running call is shown instead. */
  moveHere: [{ dev: string }, { opened: boolean }];
  /** The list of missed calls was looked at. */
  missedSeen: [undefined, undefined];
}

export type RequestName = keyof BackgroundRequests;

/** A ring as pages see it, kept in storage.session. */
export interface RingView {
  readonly callId: string;
  readonly contactId: string;
  readonly contactName: string;
  readonly media: CallMedia;
  /** How many more are in the call or called into it. */
  readonly others?: number;
  /** It rings beside a call that is up: the page of that one tells of it. */
  readonly beside?: true;
  readonly phase: 'ringing' | 'answered' | 'over';
  /** Chosen by whoever answered. */
  readonly answerMedia?: CallMedia;
  readonly outcome?: 'declined' | 'caller-cancelled' | 'no-answer' | 'answered-elsewhere' | 'answered-here';
  readonly expiresAt: number;
}

export interface HeldCall {
  readonly callId: string;
  readonly contactId: string;
  readonly contactName: string;
  readonly direction: 'incoming' | 'outgoing';
  /** Both sides have agreed on this call: it cannot be crossed by another any more. */
  readonly linked: boolean;
  /** 16 bytes, base64url: while the call is open to guests, the secret of the inbox where they ask. */
  readonly guestSecret?: string | undefined;
  /** Once the page has looked. */
  readonly outlook?: MoveOutlook | undefined;
  readonly tabId: number;
  /** Under which name the page lives (platform/extension/page-life.ts): the call is over when it does not any more. */
  readonly page: string;
}

/** What whoever knocks hears before a person has decided. */
export type KnockAnswer = 'shown' | DoorAnswer;

/** A person's yes or no to a knock, on its notification. */
export interface KnockDecision {
  readonly callId: string;
  readonly admits: boolean;
}

/** Somebody asks to be let in: into the held call, or at a door for later. */
export interface KnockView {
  readonly call: TakenCall;
  /** The asking person's own contact link, as the invite brought it. */
  readonly link: string;
  /** The secret of the inbox that it came to (base64url): of one call alone, and nobody else's page shows it. */
  readonly door: string;
}

/** A call that another device of the person here is in. */
export interface CallElsewhere {
  readonly dev: string;
  readonly callId: string;
  /** Ids of those who are in it beside. */
  readonly who: readonly string[];
  readonly outlook: MoveOutlook;
}

/** Another own device asks for the call of a page, by this word (docs/protocol.md#moving). */
export interface AskedMove {
  readonly callId: string;
  readonly st: string;
  readonly ek: string;
  readonly cm: string;
  /** The asking device, base64url. */
  readonly callerDev: string;
  readonly page: string;
}

/** Keys of storage.session and what they hold. Lost with the browser's session, on purpose. */
export interface SessionView {
  relayStates: readonly RelayState[];
  ring: RingView | undefined;
  /** The tab that shows a ring. */
  ringTab: { readonly callId: string; readonly tabId: number } | undefined;
  /** The call that goes on. */
  heldCall: HeldCall | undefined;
  /** Those that are on hold, the latest first. */
  callsOnHold: readonly HeldCall[] | undefined;
  /** When the first background of this browser session started, ms since the epoch. */
  startedAt: number;
  /** What other devices have said since somebody looked here last. */
  callsElsewhere: readonly CallElsewhere[] | undefined;
  /** The browser has a newer version of us, which waits until nobody is in a call. */
  updateReady: true | undefined;
  /** When a person last asked by shortcut that the call ends, ms since the epoch. */
  endRequestedAt: number | undefined;
  /** Those who ask to be let in, at whichever door. */
  knocks: readonly KnockView[] | undefined;
  /** The latest answer on the notification of a knock: the page of the call acts on it. */
  knockAnswer: KnockDecision | undefined;
  /** Another own device wants to go on with the call of this page. */
  askedMove: AskedMove | undefined;
  /** Glare: the outgoing call page is asked to go on as the callee of this call (docs/protocol.md#glare). */
  crossover: { readonly outgoingId: string; readonly call: TakenCall } | undefined;
}
