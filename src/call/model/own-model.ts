// What is our own on a call page, once for everybody in the call: devices, picture, screen, how good calls may be. The devices write these
// signals; views only read them and call the actions. Knows no WebRTC and no storage.
import { type Signal, signal } from '@preact/signals';
import type { CallQuality } from '../../core/media/call-quality.ts';
import type { EffectChoice, NoiseEffectState, PictureEffectState } from '../../core/media/effects.ts';
import type { Invitation } from '../../ui/invite/invitation.ts';

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

/** What is done with the own picture and voice before they are sent, and how it fares. */
export interface OwnEffectsState {
  readonly choice: EffectChoice;
  readonly picture: PictureEffectState;
  readonly noise: NoiseEffectState;
}

export interface OwnModel {
  /** The Ed25519 public key of the person here, hex. */
  readonly id: Signal<string>;
  /** The name of the person here; empty until it is read. */
  readonly name: Signal<string>;
  /** To send to somebody who may not know us; undefined until it is made. */
  readonly invitation: Signal<Invitation | undefined>;
  readonly microphone: Signal<DeviceState>;
  readonly camera: Signal<DeviceState>;
  readonly substitutes: Signal<Substitutes>;
  readonly devices: Signal<DeviceLists>;
  readonly chosen: Signal<ChosenDevices>;
  /** The camera for the preview, without sound; undefined while there is no picture. */
  readonly picture: Signal<MediaStream | undefined>;
  /** The microphone's level from 0 to 1, a few times a second. */
  readonly level: Signal<number>;
  readonly speaking: Signal<boolean>;
  /** Somebody speaks into a muted microphone. */
  readonly mutedSpeaking: Signal<boolean>;
  readonly screen: Signal<ScreenState>;
  /** What the shown screen is mostly. */
  readonly screenKind: Signal<'text' | 'motion'>;
  /** What the person chose. */
  readonly quality: Signal<CallQuality>;
  /** Undefined where there are none: on the page for guests. */
  readonly effects: Signal<OwnEffectsState | undefined>;
  /** The page goes away by itself after a good call. */
  readonly closesAfterCall: Signal<boolean>;
}

/** What a person can do with what is their own. Nothing is opened by a switch: that needs a call, or the wish for one. */
export interface OwnActions {
  toggleMicrophone(): void;
  toggleCamera(): void;
  /** Also before the call: what is chosen then is shown from the first moment. */
  toggleScreen(): void;
  setScreenKind(kind: 'text' | 'motion'): void;
  /** Switches devices at once and remembers the choice for later calls. */
  chooseDevices(chosen: Partial<ChosenDevices>): void;
  chooseQuality(quality: CallQuality): void;
  /** Background and noise, at once and for later calls. */
  chooseEffects(change: Partial<EffectChoice>): void;
}

/** Nothing is on, and nothing is known of any device. */
export function emptyOwnModel(): OwnModel {
  return {
    id: signal(''),
    name: signal(''),
    invitation: signal<Invitation | undefined>(undefined),
    microphone: signal<DeviceState>('off'),
    camera: signal<DeviceState>('off'),
    substitutes: signal<Substitutes>({}),
    devices: signal<DeviceLists>({ microphones: [], cameras: [], speakers: [] }),
    chosen: signal<ChosenDevices>({ microphoneId: '', cameraId: '', speakerId: '' }),
    picture: signal<MediaStream | undefined>(undefined),
    level: signal(0),
    speaking: signal(false),
    mutedSpeaking: signal(false),
    screen: signal<ScreenState>('off'),
    screenKind: signal<'text' | 'motion'>('text'),
    quality: signal<CallQuality>('balanced'),
    effects: signal<OwnEffectsState | undefined>(undefined),
    closesAfterCall: signal(false),
  };
}
