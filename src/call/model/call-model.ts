// What a call page shows and what a person can do there. The session (media, link, signaling) writes these signals; views only read
// them and call the actions. Knows no WebRTC and no storage.
import { type Signal, signal } from '@preact/signals';
import type { EndReason } from '../../core/call/end-reason.ts';
import type { CallMedia, Verification } from '../../core/identity/contact.ts';
import type { SasEmoji } from '../../core/identity/sas-emoji.ts';
import type { CallQuality } from '../../core/media/call-quality.ts';
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
  | { readonly phase: 'ended'; readonly reason: EndReason; readonly durationMs: number; readonly noteLeft?: boolean };

export type ScreenState = 'off' | 'starting' | 'on' | 'failed';

/** A microphone or camera: on or off by choice, or why there is none. */
/** `silenced`: it is on, but the browser or the system lets nothing through. */
export type DeviceState = 'starting' | 'on' | 'off' | 'silenced' | 'denied' | 'missing' | 'in-use' | 'failed';

/** Devices that are used in place of the chosen one, which is gone or in use: their names. */
export type Substitutes = Readonly<Partial<Record<'microphone' | 'camera' | 'speaker', string>>>;

export interface DeviceChoice {
  readonly id: string;
  readonly label: string;
}

export interface DeviceLists {
  readonly microphones: readonly DeviceChoice[];
  readonly cameras: readonly DeviceChoice[];
  /** Empty where the browser cannot choose the output. */
  readonly speakers: readonly DeviceChoice[];
}

export interface ChosenDevices {
  readonly microphoneId: string;
  readonly cameraId: string;
  readonly speakerId: string;
}

export type SecurityCheck =
  | { readonly state: 'none' }
  /** Four emoji to compare aloud. `verification` is what is remembered of this contact. */
  | { readonly state: 'ready'; readonly emoji: readonly SasEmoji[]; readonly verification: Verification };

export interface CallModel {
  readonly phase: Signal<CallPhase>;
  /** Ed25519 public keys, hex: of the contact, and of the person here. */
  readonly contactId: Signal<string>;
  readonly selfId: Signal<string>;
  readonly contactName: Signal<string>;
  /** Before a call: the page was loaded by its address alone, so nothing is made ready until a person clicks on it. */
  readonly awaitsClick: Signal<boolean>;
  readonly media: Signal<CallMedia>;
  /** While somebody calls: how many more are in that call or called into it. */
  readonly others: Signal<number>;
  readonly microphone: Signal<DeviceState>;
  readonly camera: Signal<DeviceState>;
  readonly substitutes: Signal<Substitutes>;
  readonly devices: Signal<DeviceLists>;
  readonly chosen: Signal<ChosenDevices>;
  /** The own camera for the preview, without sound; undefined while there is no picture. */
  readonly localPicture: Signal<MediaStream | undefined>;
  /** The own microphone's level from 0 to 1, a few times a second. */
  readonly localLevel: Signal<number>;
  readonly localSpeaking: Signal<boolean>;
  /** The other side's sound and picture. */
  readonly remoteStream: Signal<MediaStream | undefined>;
  readonly remoteMicrophoneOn: Signal<boolean>;
  readonly remoteCameraOn: Signal<boolean>;
  readonly remoteSpeaking: Signal<boolean>;
  readonly screen: Signal<ScreenState>;
  /** What the own shown screen is mostly. */
  readonly screenKind: Signal<'text' | 'motion'>;
  /** The other side's screen with its sound, while it is shown. */
  readonly remoteScreen: Signal<MediaStream | undefined>;
  readonly remoteScreenOn: Signal<boolean>;
  readonly security: Signal<SecurityCheck>;
  /** Whether at least one relay of the call is connected: before the call is up, people must know when not. */
  readonly relaysUp: Signal<boolean>;
  /** How far the other side's clock is from ours, in ms; 0 while it does not matter. */
  readonly clockSkewMs: Signal<number>;
  /** Whether the other side is kept from learning our address. */
  readonly addressHiding: Signal<AddressHiding>;
  /** A person speaks into a muted microphone. */
  readonly mutedSpeaking: Signal<boolean>;
  /** Why the connection could not be made or was lost. */
  readonly whyFailed: Signal<WhyFailed>;
  /** What the person chose. */
  readonly quality: Signal<CallQuality>;
  /** How well we reach the other side, and how well it reaches us. */
  readonly ownQuality: Signal<SideQuality>;
  readonly remoteQuality: Signal<SideQuality>;
  /** A picture that would be sent, were it not for the network. */
  readonly ownPaused: Signal<boolean>;
  readonly remotePaused: Signal<boolean>;
  /** The last second of the link; undefined before there was one. */
  readonly statistics: Signal<LinkSample | undefined>;
}

export interface CallActions {
  /** On a page that waits for a click: opens the devices and comes to the relays. */
  makeReady(): void;
  startCall(media: CallMedia): void;
  cancelCall(): void;
  answer(media: CallMedia): void;
  decline(): void;
  toggleMicrophone(): void;
  toggleCamera(): void;
  toggleScreen(): void;
  setScreenKind(kind: 'text' | 'motion'): void;
  chooseDevices(chosen: Partial<ChosenDevices>): void;
  chooseQuality(quality: CallQuality): void;
  /** Sends the own picture although the network hardly carries the sound. */
  insistOnPicture(): void;
  wordsMatch(): void;
  wordsDiffer(): void;
  leave(): void;
  callAgain(): void;
  close(): void;
  /** Opens the settings page, or one part of it. */
  openSettings(part?: 'network'): void;
}

/** A model with nothing in it yet. */
export function emptyCallModel(): CallModel {
  return {
    phase: signal<CallPhase>({ phase: 'loading' }),
    contactId: signal(''),
    selfId: signal(''),
    contactName: signal(''),
    awaitsClick: signal(false),
    others: signal(0),
    media: signal<CallMedia>('video'),
    microphone: signal<DeviceState>('off'),
    camera: signal<DeviceState>('off'),
    substitutes: signal<Substitutes>({}),
    devices: signal<DeviceLists>({ microphones: [], cameras: [], speakers: [] }),
    chosen: signal<ChosenDevices>({ microphoneId: '', cameraId: '', speakerId: '' }),
    localPicture: signal<MediaStream | undefined>(undefined),
    localLevel: signal(0),
    localSpeaking: signal(false),
    remoteStream: signal<MediaStream | undefined>(undefined),
    remoteMicrophoneOn: signal(true),
    remoteCameraOn: signal(false),
    remoteSpeaking: signal(false),
    screen: signal<ScreenState>('off'),
    screenKind: signal<'text' | 'motion'>('text'),
    remoteScreen: signal<MediaStream | undefined>(undefined),
    remoteScreenOn: signal(false),
    security: signal<SecurityCheck>({ state: 'none' }),
    relaysUp: signal(false),
    clockSkewMs: signal(0),
    addressHiding: signal<AddressHiding>('off'),
    mutedSpeaking: signal(false),
    whyFailed: signal<WhyFailed>({ state: 'none' }),
    quality: signal<CallQuality>('balanced'),
    ownQuality: signal<SideQuality>(goodSide),
    remoteQuality: signal<SideQuality>(goodSide),
    ownPaused: signal(false),
    remotePaused: signal(false),
    statistics: signal<LinkSample | undefined>(undefined),
  };
}

/** A model for one more person in the same call: what is our own in it is shared. */
export function modelBeside(own: CallModel): CallModel {
  const { media, microphone, camera, substitutes, devices, chosen, localPicture, localLevel, localSpeaking } = own;
  const { screen, screenKind, mutedSpeaking, quality, selfId } = own;
  const shared = { media, microphone, camera, substitutes, devices, chosen, localPicture, localLevel, localSpeaking };
  return { ...emptyCallModel(), ...shared, screen, screenKind, mutedSpeaking, quality, selfId };
}
