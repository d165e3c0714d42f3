// What a call page shows of the call with one person, and what can be done about it. The session writes these signals; views only read
// them and call the actions. What is our own in a call is own-model.ts. Knows no WebRTC and no storage.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { CallMedia, Verification } from '../../core/identity/contact.ts';
import type { SasEmoji } from '../../core/identity/sas-emoji.ts';
import { goodSide, type SideQuality } from '../../core/media/link-quality.ts';
import type { LinkSample } from '../../core/media/link-sample.ts';
import type { AddressHiding } from '../../core/network/hidden-address.ts';
import type { WhyFailed } from './why-failed.ts';

/** Where the call stands, as people understand it. */
export type CallPhase =
  | { readonly phase: 'loading' }
  /** Nothing can be done here; the view says what to do instead. */
  | {
      readonly phase: 'unavailable';
      readonly why:
        | 'no-identity'
        | 'unknown-contact'
        | 'ring-over'
        | 'blocked-contact'
        | 'in-another-call'
        | 'no-calls'
        | 'cannot-read'
        /** A part of the page is missing. */
        | 'not-loaded'
        | 'newer-data';
    }
  /** Nobody is in the call yet: the page is a door for guests. */
  | { readonly phase: 'door' }
  /** The caller checks devices; nothing was sent yet. */
  | { readonly phase: 'before' }
  /** Someone calls us. */
  | { readonly phase: 'incoming' }
  /** Invites go out; no device of the other side answered yet. */
  | { readonly phase: 'dialing' }
  /** The other side's device rings. */
  | { readonly phase: 'ringing' }
  | { readonly phase: 'connecting' }
  /** `isBack`: after an interruption. */
  | { readonly phase: 'connected'; readonly sinceMs: number; readonly isBack: boolean }
  | { readonly phase: 'reconnecting'; readonly sinceMs: number }
  /** `noteLeft`: the contact will hear of the call within a day. */
  | {
      readonly phase: 'ended';
      readonly reason: EndReason;
      readonly durationMs: number;
      readonly noteLeft?: boolean;
      /** A contact was called and did not answer: a message can be left. */
      readonly unanswered?: UnansweredCall;
    };

/** What a message that is left is about; all of it stands in an address. */
export type UnansweredCall = {
  readonly to: string;
  readonly call: string;
  /** ms since the epoch. */
  readonly at: string;
  readonly media: CallMedia;
};

export type SecurityCheck =
  | { readonly state: 'none' }
  /** Four emoji to compare aloud. `verification` is what is remembered of this contact. */
  | {
      readonly state: 'ready';
      readonly emoji: readonly SasEmoji[];
      readonly verification: Verification;
      /** What the call was begun with stays sealed to quantum computers, too. */
      readonly isQuantumSafe?: boolean;
    };

/** What comes of a person, by the call with them or by way of somebody who forwards it. */
export interface RemoteMediaModel {
  /** Their sound and picture. */
  readonly remoteStream: ReadonlySignal<MediaStream | undefined>;
  readonly remoteMicrophoneOn: ReadonlySignal<boolean>;
  readonly remoteCameraOn: ReadonlySignal<boolean>;
  readonly remoteSpeaking: ReadonlySignal<boolean>;
  /** Their screen with its sound, while it is shown. */
  readonly remoteScreen: ReadonlySignal<MediaStream | undefined>;
  readonly remoteScreenOn: ReadonlySignal<boolean>;
  /** A picture that would be sent, were it not for the network. */
  readonly remotePaused: ReadonlySignal<boolean>;
  /** They have put this call on hold: they hear and see nothing of it. */
  readonly remoteOnHold: ReadonlySignal<boolean>;
}

/** One person, as views show them. */
export interface PersonModel extends RemoteMediaModel {
  readonly phase: Signal<CallPhase>;
  /** The Ed25519 public key, hex. */
  readonly contactId: Signal<string>;
  readonly contactName: Signal<string>;
  /** Before a call: the page was loaded by its address alone, so nothing is made ready until a person clicks on it. */
  readonly awaitsClick: Signal<boolean>;
  /** What the calls of this page are wanted for: one signal for all of them. */
  readonly media: Signal<CallMedia>;
  /** They called, not we. */
  readonly isCallee: Signal<boolean>;
  /** While somebody calls: how many more are in that call or called into it. */
  readonly others: Signal<number>;
  readonly security: Signal<SecurityCheck>;
  /** Nothing of theirs answers, and nothing tells that they have us among their contacts: then it does not ring there. */
  readonly mayNotKnowUs: Signal<boolean>;
  /** Whether at least one relay of the call is connected: before the call is up, people must know when not. */
  readonly relaysUp: Signal<boolean>;
  /** How far the other side's clock is from ours, in ms; 0 while it does not matter. */
  readonly clockSkewMs: Signal<number>;
  /** Whether the other side is kept from learning our address. */
  readonly addressHiding: Signal<AddressHiding>;
  /** Why the connection could not be made or was lost. */
  readonly whyFailed: Signal<WhyFailed>;
  /** How well we reach the other side, and how well it reaches us. */
  readonly ownQuality: Signal<SideQuality>;
  readonly remoteQuality: Signal<SideQuality>;
  /** Our picture would be sent to them, were it not for the network. */
  readonly ownPaused: Signal<boolean>;
  /** The last second of the link; undefined before there was one. */
  readonly statistics: Signal<LinkSample | undefined>;
}

type Written<Model> = {
  readonly [Key in keyof Model]: Model[Key] extends ReadonlySignal<infer Value> ? Signal<Value> : never;
};

/** The same as the call with this person writes it. */
export type PairModel = PersonModel & Written<RemoteMediaModel>;

/** What can be done about a call that this page has. */
export interface CallActions {
  /** On a page that waits for a click: opens the devices and comes to the relays. */
  makeReady(): void;
  startCall(media: CallMedia): void;
  cancelCall(): void;
  answer(media: CallMedia): void;
  decline(): void;
  /** Sends the own picture although the network hardly carries the sound. */
  insistOnPicture(): void;
  wordsMatch(): void;
  wordsDiffer(): void;
  leave(): void;
  callAgain(): void;
}

/** What can be done on a call page whether it has a call or not. */
export interface PageActions {
  close(): void;
  /** Whether this page is the last of the browser, which would go with it. */
  readonly isAlone?: (() => Promise<boolean>) | undefined;
  /** Opens the settings page, or one part of it. Undefined where there are none: nothing leads there then. */
  readonly openSettings?: ((part?: 'network') => void) | undefined;
  /** Opens the page with what was recorded here. @param putInto a room that the newest recording is to be put into. */
  readonly openRecordings?: ((putInto?: string) => void) | undefined;
  /** Goes to where a message is recorded for whoever did not answer. */
  readonly leaveMessage?: ((call: UnansweredCall) => void) | undefined;
}

/** Nothing is known of the call yet. @param media of the calls that the page has already. */
export function emptyPersonModel(media: Signal<CallMedia> = signal('video')): PairModel {
  return {
    phase: signal<CallPhase>({ phase: 'loading' }),
    contactId: signal(''),
    contactName: signal(''),
    awaitsClick: signal(false),
    media,
    isCallee: signal(false),
    others: signal(0),
    remoteStream: signal<MediaStream | undefined>(undefined),
    remoteMicrophoneOn: signal(true),
    remoteCameraOn: signal(false),
    remoteSpeaking: signal(false),
    remoteScreen: signal<MediaStream | undefined>(undefined),
    remoteScreenOn: signal(false),
    remotePaused: signal(false),
    remoteOnHold: signal(false),
    security: signal<SecurityCheck>({ state: 'none' }),
    mayNotKnowUs: signal(false),
    relaysUp: signal(false),
    clockSkewMs: signal(0),
    addressHiding: signal<AddressHiding>('off'),
    whyFailed: signal<WhyFailed>({ state: 'none' }),
    ownQuality: signal<SideQuality>(goodSide),
    remoteQuality: signal<SideQuality>(goodSide),
    ownPaused: signal(false),
    statistics: signal<LinkSample | undefined>(undefined),
  };
}
