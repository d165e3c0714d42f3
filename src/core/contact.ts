// A person in the phone book, and what this browser's owner has chosen. Plain records: stores keep them, pages show them.
import type { Bytes } from './bytes.ts';
import type { CallQuality } from './call-quality.ts';
import type { CallOutcome } from './end-reason.ts';
import type { IceServer } from './ice-server.ts';
import { firstChoice, type StageChoice } from './stage-view.ts';

export type CallMedia = 'audio' | 'video';

/** Whether the four emoji of a call with this person were compared. */
export type Verification =
  | { readonly state: 'unverified' }
  | { readonly state: 'verified'; readonly at: number }
  | { readonly state: 'different'; readonly at: number };

export interface Contact {
  /** The Ed25519 public key as lower-case hex: it never changes for a person. */
  readonly id: string;
  readonly name: string;
  readonly ed25519: Bytes;
  readonly x25519: Bytes;
  /** 16 bytes from the person's contact link (docs/protocol.md#inboxes). */
  readonly inboxSecret: Bytes;
  /** 16 bytes that the person handed over in a call: an inbox for us alone. */
  readonly theirInbox?: Bytes;
  /** Which one of the inboxes that we keep for this person is handed out now, counted from 0 (see contact-inbox.ts). */
  readonly inboxGeneration?: number;
  /** The oldest one that is still listened on; the one that is handed out, if left out. */
  readonly inboxOldest?: number;
  /** Whether the person holds the one that is handed out now, or a former one that is still listened on: a new link does not cut this person off. */
  readonly hasOurInbox?: boolean;
  /** When the link was made from which the relays and `inboxSecret` come, ms since the epoch: an older one changes nothing. */
  readonly linkMadeAt?: number;
  /** Where the person listens. */
  readonly relays: readonly string[];
  readonly addedAt: number;
  /** 'image': a code in a file, which anybody may have sent; 'call': somebody met in a call of several. */
  readonly addedFrom: 'link' | 'scan' | 'image' | 'request' | 'call';
  readonly blocked: boolean;
  /** Calls with this person go through a TURN server only: the person does not learn our address. */
  readonly hideAddress?: boolean;
  readonly verification: Verification;
}

/** Someone who called without being a contact: never rings, waits in a list (docs/protocol.md#ringing). */
export interface ContactRequest {
  /** Ed25519 public key, hex. */
  readonly id: string;
  readonly name: string;
  /** The caller's own contact link as received in the invite. */
  readonly link: string;
  readonly lastAt: number;
  readonly attempts: number;
}

/** Most names that an entry keeps: people come and go in a long call. */
export const maxOthers = 100;

/** One entry of the call history. */
export interface HistoryEntry {
  readonly callId: string;
  readonly contactId: string;
  /** The name at the time, so that an entry outlives a removed contact. */
  readonly contactName: string;
  /** The names of those who were in the call beside; absent when it was a call of two. */
  readonly others?: readonly string[];
  /** The same for all calls of one page: whom it called together, or brought into the call later. */
  readonly page?: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly media: CallMedia;
  readonly outcome: CallOutcome;
  readonly at: number;
  /** Milliseconds connected; 0 when it never was. */
  readonly durationMs: number;
  /** False for a missed call until the list was looked at. */
  readonly seen: boolean;
}

export interface Settings {
  readonly relays: readonly string[];
  readonly iceServers: readonly IceServer[];
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
