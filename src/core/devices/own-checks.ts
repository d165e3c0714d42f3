// What a value from another device must look like to be taken here (docs/protocol.md#kept-the-same). By hand and small: the background is one piece,
// and what comes was signed by the own key; the schemas of backups, which anybody may hand over, are many times as large.
import { type Bytes, fromBase64url } from '../base/bytes.ts';
import { ringtoneNames } from '../base/ringtone-name.ts';
import { isAcceptableRelayUrl } from '../network/relay-address.ts';
import type { Json } from './kept-entry.ts';

export type Check = (value: unknown) => boolean;

export const isYesOrNo: Check = (value) => typeof value === 'boolean';
/** Times, lengths and counts. */
export const isCount: Check = (value) => typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
const isUpTo =
  (most: number): Check =>
  (value) =>
    isCount(value) && Number.isInteger(value) && Number(value) <= most;
export const isGeneration = isUpTo(0xffff_ffff);
export const isMoment = isUpTo(2 ** 48 - 1);
const isText =
  (most: number, pattern = /^/): Check =>
  (value) =>
    typeof value === 'string' && value.length <= most && pattern.test(value);
export const isName = isText(512);
const isId = isText(64, /^[0-9a-f]{64}$/);
export const isOneOf =
  (...all: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && all.includes(value);
const isList =
  (most: number, check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);

type Shape = Readonly<Record<string, Check>>;

/** An object with these fields; those with a `?` behind their names may be missing. Others are of a later version. */
export const isShaped = (shape: Shape): Check => {
  const names = new Map(Object.entries(shape).map(([name, check]) => [name.replace('?', ''), { name, check }]));
  return (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([name, one]) => names.get(name)?.check(one) ?? true) &&
    [...names].every(([name, { name: said }]) => said.endsWith('?') || name in value);
};

export const isRingtone = isOneOf(...ringtoneNames);
const isMedia = isOneOf('audio', 'video');
export const areIds = isList(100, isId);
/** Relays of somebody else. */
export const areLinkRelays = isList(3, (url) => typeof url === 'string' && isAcceptableRelayUrl(url));

const isServer = isText(512, /^(?:stun|turn)s?:\S+$/i);
/** Asked as one's own are when they are typed. */
const isPage = isText(4_096, /^(?:https:\/\/|http:\/\/(?:localhost|127\.0\.0\.1)[:/])\S*$|^$/);

/** The settings that are the person's. */
export const settingChecks = {
  relays: isList(100, isText(4_096, /^(?:[a-z]+\+)?wss?:\/\/\S+$/)),
  iceServers: isList(
    100,
    isShaped({ urls: isServer, 'username?': isText(1_024), 'credential?': isText(1_024), 'secret?': isText(1_024) }),
  ),
  ownServers: isList(
    100,
    isShaped({
      name: isName,
      relays: areLinkRelays,
      iceServers: isList(4, isServer),
      'page?': isPage,
      'endsAt?': isCount,
    }),
  ),
  guestPage: isPage,
  quietHours: isShaped({ on: isYesOrNo, days: isList(7, isUpTo(6)), from: isUpTo(1_439), to: isUpTo(1_439) }),
  favouritesRing: isYesOrNo,
  ringTone: isRingtone,
  checkFirst: isYesOrNo,
  closesAfterCall: isYesOrNo,
  keepHistory: isYesOrNo,
  linkCalls: isYesOrNo,
  hideAddress: isYesOrNo,
  linkGeneration: isGeneration,
  linkMadeAt: isMoment,
  inboxFloor: isGeneration,
} as const satisfies Shape;

export const isVerification: Check = (value) =>
  isShaped({ state: isOneOf('verified', 'different'), at: isCount })(value);

/** A call of the past, without its id and whether it was seen. */
export const isCall = isShaped({
  contactId: (value) => value === '' || isId(value),
  contactName: isName,
  'others?': isList(100, isName),
  'recorded?': isList(8, isShaped({ by: isName, ms: isCount, yes: isYesOrNo })),
  'page?': isText(64),
  direction: isOneOf('incoming', 'outgoing'),
  media: isMedia,
  outcome: isOneOf(
    ...['answered', 'missed', 'declined', 'busy', 'no-answer', 'cancelled', 'failed', 'answered-elsewhere'],
  ),
  at: isCount,
  durationMs: isCount,
});

/** Bytes of just this length; undefined for anything else. */
export function bytesIn(value: Json | undefined, length: number): Bytes | undefined {
  const bytes = typeof value === 'string' ? fromBase64url(value) : undefined;
  return bytes?.length === length ? bytes : undefined;
}
