// What this browser's owner has chosen. A plain record: the store keeps it, pages show it.
import type { RingtoneName } from '../base/ringtone-name.ts';
import type { CallQuality } from '../media/call-quality.ts';
import type { EffectChoice } from '../media/effects.ts';
import type { ServerLists } from '../network/own-servers.ts';
import { firstChoice, type StageChoice } from '../stage/stage-view.ts';

/** For how long it is quiet: one hour, or until the next morning. */
export type QuietLength = 'hour' | 'morning';

/** A while without ringing, as it was chosen. Moments are ms since the epoch. */
export interface QuietWhile {
  readonly length: QuietLength;
  readonly from: number;
  readonly until: number;
}

/** The same hours on some days of each week. */
export interface QuietHours {
  readonly on: boolean;
  /** On which days it begins, 0 for Sunday. */
  readonly days: readonly number[];
  /** Minutes after midnight. An end that is not later than the beginning is on the next day. */
  readonly from: number;
  readonly to: number;
}

/** People who are called together again and again. */
export interface SavedGroup {
  readonly name: string;
  readonly contactIds: readonly string[];
}

/** Of saved groups; and of people in one beside the person here, as many as a call holds. */
export const mostGroups = 50;

export interface Settings extends ServerLists, EffectChoice {
  /** The address of a page for guests that was typed; '' for none. It comes before those of own servers. */
  readonly guestPage: string;
  /** Until the person says otherwise. */
  readonly doNotDisturb: boolean;
  /** Do not disturb for a while (quiet-times.ts). */
  readonly quietWhile: QuietWhile | undefined;
  readonly quietHours: QuietHours;
  /** The quiet hours that were ended by hand: none until then, ms since the epoch; 0 for none. */
  readonly loudUntil: number;
  /** Favourites ring all the same. */
  readonly favouritesRing: boolean;
  /** Open a window for an incoming call, beside the notification. */
  readonly ringWindow: boolean;
  readonly ringtone: boolean;
  readonly ringTone: RingtoneName;
  /** 0 to 1. */
  readonly ringVolume: number;
  /** Where it rings, '' for the system's own. */
  readonly ringSpeakerId: string;
  /** Camera and microphone are looked at before somebody is called; otherwise it rings at once. */
  readonly checkFirst: boolean;
  /** The page of a call goes away after a call in which people have talked and somebody hung up. */
  readonly closesAfterCall: boolean;
  readonly savedGroups: readonly SavedGroup[];
  /** Contacts are sent the own portrait in calls. */
  readonly sendsPortrait: boolean;
  /** Portraits that contacts send are kept and shown. */
  readonly takesPortraits: boolean;
  readonly keepHistory: boolean;
  /** How often a new contact link was made. */
  readonly linkGeneration: number;
  /** Since when the own link says what it says, ms since the epoch; 0 for one from before this was kept. */
  readonly linkMadeAt: number;
  /** The first inbox for people who become contacts from now on: what people were handed who were removed is never handed out again. */
  readonly inboxFloor: number;
  /** This device and others with the same words know of each other, and keep what belongs to the person the same. */
  readonly devicesTogether: boolean;
  /** Whether people who only have the contact link can call. */
  readonly linkCalls: boolean;
  /** All calls go through a TURN server only. */
  readonly hideAddress: boolean;
  readonly microphoneId: string;
  readonly cameraId: string;
  readonly speakerId: string;
  readonly callQuality: CallQuality;
  /** How groups are seen while no screen is shown. */
  readonly groupView: StageChoice;
}

export const defaultSettings: Settings = {
  relays: [],
  iceServers: [],
  ownServers: [],
  guestPage: '',
  doNotDisturb: false,
  quietWhile: undefined,
  quietHours: { on: false, days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 7 * 60 },
  loudUntil: 0,
  favouritesRing: false,
  ringWindow: true,
  ringtone: true,
  ringTone: 'chime',
  ringVolume: 1,
  ringSpeakerId: '',
  checkFirst: true,
  closesAfterCall: true,
  savedGroups: [],
  sendsPortrait: false,
  takesPortraits: true,
  keepHistory: true,
  linkGeneration: 0,
  linkMadeAt: 0,
  inboxFloor: 0,
  devicesTogether: true,
  linkCalls: true,
  hideAddress: false,
  microphoneId: '',
  cameraId: '',
  speakerId: '',
  callQuality: 'balanced',
  noiseSuppression: true,
  background: 'none',
  backgroundColor: '#5f6b7a',
  backgroundPicture: undefined,
  groupView: firstChoice,
};

/** Relays offered on first run: independent public Nostr relays that accept anyone. None is ours; each can be removed. */
export const suggestedRelays: readonly string[] = [
  'wss://relay.damus.io',
  'wss://nos.lol',
  'wss://relay.primal.net',
  'wss://nostr.mom',
];
