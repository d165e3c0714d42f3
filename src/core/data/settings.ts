// What this browser's owner has chosen. A plain record: the store keeps it, pages show it.
import type { CallQuality } from '../media/call-quality.ts';
import type { ServerLists } from '../network/own-servers.ts';
import { firstChoice, type StageChoice } from '../stage/stage-view.ts';

export interface Settings extends ServerLists {
  readonly doNotDisturb: boolean;
  /** Open a window for an incoming call, beside the notification. */
  readonly ringWindow: boolean;
  readonly ringtone: boolean;
  readonly keepHistory: boolean;
  /** How often a new contact link was made. */
  readonly linkGeneration: number;
  /** Since when the own link says what it says, ms since the epoch; 0 for one from before this was kept. */
  readonly linkMadeAt: number;
  /** The first inbox for people who become contacts from now on: what people were handed who were removed is never handed out again. */
  readonly inboxFloor: number;
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
  doNotDisturb: false,
  ringWindow: true,
  ringtone: true,
  keepHistory: true,
  linkGeneration: 0,
  linkMadeAt: 0,
  inboxFloor: 0,
  linkCalls: true,
  hideAddress: false,
  microphoneId: '',
  cameraId: '',
  speakerId: '',
  callQuality: 'balanced',
  groupView: firstChoice,
};

/** Relays offered on first run: independent public Nostr relays that accept anyone. None is ours; each can be removed. */
export const suggestedRelays: readonly string[] = [
  'wss://relay.damus.io',
  'wss://nos.lol',
  'wss://relay.primal.net',
  'wss://nostr.mom',
];
