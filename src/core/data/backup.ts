// What a backup holds, and its JSON text: everything that a person would miss on another computer, but the identity's keys.
// A text is hostile until parsed, and parsed whole or not at all. Knows no passphrase (backup-file.ts) and no store.
import * as v from 'valibot';
import { type Bytes, fromBase64url, toBase64url, toHex } from '../base/bytes.ts';
import { cleanDisplayName } from '../base/display-name.ts';
import { quantumKeyBytes } from '../base/ports.ts';
import { ringtoneNames } from '../base/ringtone-name.ts';
import { parseSmallJson } from '../base/safe-json.ts';
import { maxPeople } from '../group/roster.ts';
import type { Contact, ContactRequest } from '../identity/contact.ts';
import { maxLinkLength } from '../identity/contact-link.ts';
import { isAcceptableEd25519Key, isAcceptableX25519Key } from '../identity/ed25519-point.ts';
import { isAcceptableQuantumKey } from '../identity/quantum-key.ts';
import type { IceServer } from '../network/ice-server.ts';
import type { OwnServer } from '../network/own-servers.ts';
import { isAcceptableRelayUrl } from '../network/relay-address.ts';
import { isAcceptablePage } from '../network/server-link.ts';
import { type BackupRooms, backupRoomsSchema, formatBackupRooms } from './backup-rooms.ts';
import { type HistoryEntry, maxOthers, maxRecorded } from './history-entry.ts';
import { defaultSettings, mostGroups, type QuietHours, type SavedGroup, type Settings } from './settings.ts';

/**
 * The settings that stay with a computer: devices are named by ids that mean nothing in another browser, how good calls may be and
 * what is done with sound and picture is up to the computer and its network, how groups are seen to its screen, whether it knows of others is said on each, and do not
 * disturb for a while is of the moment.
 */
const staying = [
  'microphoneId',
  'cameraId',
  'speakerId',
  'ringSpeakerId',
  'callQuality',
  'noiseSuppression',
  'background',
  'backgroundColor',
  'backgroundPicture',
  'groupView',
  'devicesTogether',
  'quietWhile',
  'loudUntil',
] as const;
type Staying = (typeof staying)[number];

/** The settings that go with a person. */
export type BackupSettings = Omit<Settings, Staying>;

export function settingsThatGo(all: Settings): BackupSettings {
  const isStaying = (key: string): key is Staying => staying.some((one) => one === key);
  return Object.fromEntries(Object.entries(all).filter(([key]) => !isStaying(key))) as unknown as BackupSettings;
}

export interface BackupContents {
  /** When it was made, ms since the epoch. */
  readonly madeAt: number;
  /** The Ed25519 public key, 32 bytes, of the identity that it belongs to. */
  readonly owner: Bytes;
  /** The name that the owner goes by. */
  readonly name: string;
  readonly settings: BackupSettings;
  readonly contacts: readonly Contact[];
  readonly requests: readonly ContactRequest[];
  readonly history: readonly HistoryEntry[];
  /** What stands behind the text, where the owner wanted their rooms in it. */
  readonly rooms?: BackupRooms;
}

/** The longest text that is looked at, in UTF-16 units; far beyond what a person collects. */
export const maxBackupText = 16 * 1024 * 1024;
const bounds = { maxLength: maxBackupText, maxTokens: 1_000_000 };
const maxContacts = 10_000;
/** Of more contacts than these the ML-KEM keys are left out, so that the text stays below its bound: each is said again in the next call. */
const mostWithQuantumKeys = 5_000;
const maxEntries = 10_000;
const maxRequests = 1_000;
const maxOwnRelays = 100;
const maxServers = 100;

/** Base64url of exactly `length` bytes that `isAcceptable`. */
const byteString = (length: number, isAcceptable: (bytes: Bytes) => boolean = () => true) =>
  v.pipe(
    v.string(),
    v.maxLength(Math.ceil((length * 4) / 3)),
    v.transform(fromBase64url),
    v.custom<Bytes>((bytes) => bytes instanceof Uint8Array && bytes.length === length),
    v.check(isAcceptable),
  );
const ed25519 = byteString(32, isAcceptableEd25519Key);
/** Browsers differ in the Unicode that they know, so a name is cleaned again instead of being refused. */
const personName = v.pipe(v.string(), v.maxLength(512), v.transform(cleanDisplayName));
/** Times and lengths in ms, and counts. */
const quantity = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
const generation = v.pipe(quantity, v.integer(), v.maxValue(0xffff_ffff));
/** Milliseconds since the epoch, as they fit into a contact link. */
const moment = v.pipe(quantity, v.integer(), v.maxValue(2 ** 48 - 1));
const keyHex = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** Every field of a record has its place here, also one that may be missing: a new one breaks the build until it has, too. */
type Fields<Item> = Record<keyof Item, v.ObjectEntries[string]>;
const isEachOnce = (list: string[]) => new Set(list).size === list.length;

const verification = v.variant('state', [
  v.strictObject({ state: v.literal('unverified') }),
  v.strictObject({ state: v.literal('verified'), at: quantity }),
  v.strictObject({ state: v.literal('different'), at: quantity }),
]);

const contactFields = {
  ed25519,
  x25519: byteString(32, isAcceptableX25519Key),
  inboxSecret: byteString(16),
  name: personName,
  relays: v.pipe(v.array(v.pipe(v.string(), v.check(isAcceptableRelayUrl))), v.maxLength(3)),
  addedAt: quantity,
  addedFrom: v.picklist(['link', 'scan', 'image', 'request', 'call']),
  blocked: v.boolean(),
  hideAddress: v.exactOptional(v.boolean()),
  favourite: v.exactOptional(v.boolean()),
  muted: v.exactOptional(v.boolean()),
  ringTone: v.exactOptional(v.picklist(ringtoneNames)),
  verification,
  quantumKey: v.exactOptional(byteString(quantumKeyBytes, isAcceptableQuantumKey)),
  theirInbox: v.exactOptional(byteString(16)),
  inboxGeneration: v.exactOptional(generation),
  inboxOldest: v.exactOptional(generation),
  hasOurInbox: v.exactOptional(v.boolean()),
  linkMadeAt: v.exactOptional(moment),
} satisfies Fields<Omit<Contact, 'id'>>;

const contact = v.pipe(
  v.strictObject({
    ...contactFields,
    /** Of backups from before contacts had inboxes of their own: nobody listens there any more. */
    friendsInbox: v.exactOptional(byteString(16)),
  }),
  v.transform(({ name, friendsInbox, ...rest }) => {
    const id = toHex(rest.ed25519);
    const { hasOurInbox: _, ...withoutOurs } = rest;
    return { id, name: name || id.slice(0, 8), ...(friendsInbox ? withoutOurs : rest) };
  }),
);

const request = v.strictObject({
  id: keyHex,
  name: personName,
  /** Looked at more closely when the person answers the request. */
  link: v.pipe(v.string(), v.maxLength(maxLinkLength)),
  lastAt: quantity,
  attempts: quantity,
} satisfies Fields<ContactRequest>);

const historyEntry = v.strictObject({
  callId: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  contactId: keyHex,
  contactName: personName,
  others: v.exactOptional(v.pipe(v.array(personName), v.maxLength(maxOthers))),
  recorded: v.exactOptional(
    v.pipe(v.array(v.strictObject({ by: personName, ms: quantity, yes: v.boolean() })), v.maxLength(maxRecorded)),
  ),
  page: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  direction: v.picklist(['incoming', 'outgoing']),
  media: v.picklist(['audio', 'video']),
  outcome: v.picklist([
    'answered',
    'missed',
    'declined',
    'busy',
    'no-answer',
    'cancelled',
    'failed',
    'answered-elsewhere',
  ]),
  at: quantity,
  durationMs: quantity,
  seen: v.boolean(),
} satisfies Fields<HistoryEntry>);

const iceServer = v.strictObject({
  urls: v.pipe(v.string(), v.maxLength(512), v.regex(/^(?:stun|turn)s?:\S+$/i)),
  username: v.exactOptional(v.pipe(v.string(), v.maxLength(1024))),
  credential: v.exactOptional(v.pipe(v.string(), v.maxLength(1024))),
  secret: v.exactOptional(v.pipe(v.string(), v.maxLength(1024))),
} satisfies Fields<IceServer>);

const ownServer = v.strictObject({
  name: personName,
  relays: v.pipe(v.array(v.pipe(v.string(), v.check(isAcceptableRelayUrl))), v.maxLength(2)),
  iceServers: v.pipe(v.array(iceServer.entries.urls), v.maxLength(4)),
  page: v.exactOptional(v.pipe(v.string(), v.check(isAcceptablePage))),
  endsAt: v.exactOptional(quantity),
} satisfies Fields<OwnServer>);

const minuteOfDay = v.pipe(quantity, v.integer(), v.maxValue(1439));
const quietHours = v.strictObject({
  on: v.boolean(),
  days: v.pipe(v.array(v.pipe(quantity, v.integer(), v.maxValue(6))), v.maxLength(7)),
  from: minuteOfDay,
  to: minuteOfDay,
} satisfies Fields<QuietHours>);

const savedGroup = v.strictObject({
  name: personName,
  contactIds: v.pipe(v.array(keyHex), v.maxLength(maxPeople - 1), v.check(isEachOnce)),
} satisfies Fields<SavedGroup>);

const settings = v.strictObject({
  /** The relay pool reads them again, as it reads what is typed; they may hold a password. */
  relays: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(4096), v.regex(/^(?:[a-z]+\+)?wss?:\/\/\S+$/))),
    v.maxLength(maxOwnRelays),
    v.check(isEachOnce),
  ),
  iceServers: v.pipe(v.array(iceServer), v.maxLength(maxServers)),
  /** Not in backups from before servers were added by a link. */
  ownServers: v.exactOptional(v.pipe(v.array(ownServer), v.maxLength(maxServers)), () => []),
  /** Not in backups from before a page for guests could be typed. */
  guestPage: v.exactOptional(
    v.pipe(
      v.string(),
      v.check((page) => page === '' || isAcceptablePage(page)),
    ),
    '',
  ),
  doNotDisturb: v.boolean(),
  ringWindow: v.boolean(),
  ringtone: v.boolean(),
  /** These are not in backups from before tones could be chosen and quiet be planned. */
  ringTone: v.exactOptional(v.picklist(ringtoneNames), defaultSettings.ringTone),
  ringVolume: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), defaultSettings.ringVolume),
  quietHours: v.exactOptional(quietHours, () => ({
    ...defaultSettings.quietHours,
    days: [...defaultSettings.quietHours.days],
  })),
  favouritesRing: v.exactOptional(v.boolean(), defaultSettings.favouritesRing),
  /** Nor in backups from before these could be chosen, and groups kept. */
  checkFirst: v.exactOptional(v.boolean(), defaultSettings.checkFirst),
  closesAfterCall: v.exactOptional(v.boolean(), defaultSettings.closesAfterCall),
  sendsPortrait: v.exactOptional(v.boolean(), defaultSettings.sendsPortrait),
  takesPortraits: v.exactOptional(v.boolean(), defaultSettings.takesPortraits),
  savedGroups: v.exactOptional(v.pipe(v.array(savedGroup), v.maxLength(mostGroups)), () => []),
  keepHistory: v.boolean(),
  linkGeneration: generation,
  /** Not in backups from before links were signed and contacts had inboxes of their own. */
  linkMadeAt: v.exactOptional(moment, 0),
  inboxFloor: v.exactOptional(generation, 0),
  linkCalls: v.boolean(),
  /** Not in backups made before there was this choice. */
  hideAddress: v.exactOptional(v.boolean(), false),
} satisfies Fields<BackupSettings>);

const document = v.strictObject({
  madeAt: quantity,
  owner: ed25519,
  name: v.pipe(personName, v.minLength(1)),
  settings,
  contacts: v.pipe(
    v.array(contact),
    v.maxLength(maxContacts),
    v.check((list) => isEachOnce(list.map(({ id }) => id))),
  ),
  requests: v.pipe(
    v.array(request),
    v.maxLength(maxRequests),
    v.check((list) => isEachOnce(list.map(({ id }) => id))),
  ),
  history: v.pipe(
    v.array(historyEntry),
    v.maxLength(maxEntries),
    v.check((list) => isEachOnce(list.map(({ callId }) => callId))),
  ),
  rooms: v.exactOptional(backupRoomsSchema),
});

/** Reads the text of a backup; undefined when it is not exactly one. Never throws. */
export function parseBackupText(text: string): BackupContents | undefined {
  const json = parseSmallJson(text, 5, bounds);
  if (json === undefined) return undefined;
  const parsed = v.safeParse(document, json, { abortEarly: true });
  if (!parsed.success) return undefined;
  const owner = toHex(parsed.output.owner);
  // Nobody is their own contact (docs/protocol.md#contact-link).
  return parsed.output.contacts.some(({ id }) => id === owner) ? undefined : parsed.output;
}

/** The JSON text. Byte strings are base64url; a contact's id is its key and is not told twice. */
export function formatBackupText(contents: BackupContents): string {
  const isQuantumKept = contents.contacts.length <= mostWithQuantumKeys;
  return JSON.stringify({
    ...contents,
    owner: toBase64url(contents.owner),
    ...(contents.rooms ? { rooms: formatBackupRooms(contents.rooms) } : {}),
    contacts: contents.contacts.map(({ id: _, theirInbox, quantumKey, ...contact }) => ({
      ...contact,
      ...(theirInbox ? { theirInbox: toBase64url(theirInbox) } : {}),
      ...(quantumKey && isQuantumKept ? { quantumKey: toBase64url(quantumKey) } : {}),
      ed25519: toBase64url(contact.ed25519),
      x25519: toBase64url(contact.x25519),
      inboxSecret: toBase64url(contact.inboxSecret),
    })),
  });
}
