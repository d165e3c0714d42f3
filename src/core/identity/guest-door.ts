// What a guest link says beyond a contact link (docs/protocol.md#guest-link): servers that help the guest's browser to connect, when the door is
// open, and what the call is about. Hostile until read: anybody may have made it. Which servers may be asked is others-relays.ts's to say.
import { type Bytes, concat, fromUtf8, u32be, utf8 } from '../base/bytes.ts';
import { displayNameForLink } from '../base/display-name.ts';
import { formatIceAddress, type ReadyIceServer, readIceAddress } from '../network/ice-server.ts';

/** Beside keys, inbox, relays and name. What is left out is not said. */
export interface GuestDoor {
  /** At most two STUN and TURN servers; the TURN servers among them have the same user and password. */
  readonly servers?: readonly ReadyIceServer[];
  /** The door is open from then on, ms since the epoch, a whole second. */
  readonly opensAt?: number;
  /** And until then. */
  readonly closesAt?: number;
  /** What the call is about: cleaned, 64 bytes at most. */
  readonly title?: string;
}

/** One record after the head of a link. */
export type LinkRecord = readonly [type: number, value: Bytes];

const types = { server: 5, signIn: 6, times: 7, title: 8 } as const;
const maxServers = 2;
const maxServerBytes = 128;
const maxSignInBytes = 96;
const maxTitleBytes = 64;
const timesLength = 8;
const lastSecond = 2 ** 32 - 1;

/** What a browser sends as it is: visible ASCII without blanks. */
const isPlain = (text: string | undefined): text is string =>
  text !== undefined && /^[!-~]+$/.test(text) && text.length <= maxSignInBytes;

/** A server as a link says it, in the one spelling of its address; undefined for one that no link says. */
function saidServer({ urls, username, credential }: ReadyIceServer): ReadyIceServer | undefined {
  const address = readIceAddress(urls);
  if ('refused' in address || formatIceAddress(address).length > maxServerBytes) return undefined;
  if (address.kind === 'stun') return { urls: formatIceAddress(address) };
  if (!isPlain(username) || !isPlain(credential)) return undefined;
  return { urls: formatIceAddress(address), username, credential };
}

const lengthPrefixed = (text: string): Bytes => concat(Uint8Array.of(text.length), utf8(text));

const seconds = (ms: number | undefined): number => Math.min(lastSecond, Math.max(0, Math.floor((ms ?? 0) / 1000)));

/** The records that say it. Servers that no link says are left out, and so are TURN servers with another password than the first has. */
export function doorRecords({ servers = [], opensAt, closesAt, title = '' }: GuestDoor): readonly LinkRecord[] {
  const sayable = servers.flatMap((server) => saidServer(server) ?? []);
  const signIn = sayable.find(({ username }) => username !== undefined);
  const said = sayable
    .filter((one) => {
      return one.username === undefined || (one.username === signIn?.username && one.credential === signIn.credential);
    })
    .slice(0, maxServers);
  const { username = '', credential = '' } = signIn ?? {};
  const [from, until] = [seconds(opensAt), seconds(closesAt)];
  const cleanTitle = displayNameForLink(title);
  return [
    ...said.map(({ urls }): LinkRecord => [types.server, utf8(urls)]),
    ...(signIn && said.includes(signIn)
      ? [[types.signIn, concat(lengthPrefixed(username), lengthPrefixed(credential))] as const]
      : []),
    ...(from > 0 || until > 0 ? [[types.times, concat(u32be(from), u32be(until))] as const] : []),
    ...(cleanTitle === '' ? [] : [[types.title, utf8(cleanTitle)] as const]),
  ];
}

/** What the records of a guest link say; those of other types are skipped. Undefined when they say it wrongly. Never throws. */
export function readDoor(records: readonly LinkRecord[]): GuestDoor | undefined {
  const valuesOf = (type: number) => records.filter(([one]) => one === type).map(([, value]) => value);
  const [signIns, times, titles] = [valuesOf(types.signIn), valuesOf(types.times), valuesOf(types.title)];
  if ([signIns, times, titles].some(({ length }) => length > 1)) return undefined;
  const servers = readServers(valuesOf(types.server), signIns[0]);
  const open = readTimes(times[0]);
  const title = titles[0] === undefined ? '' : readTitle(titles[0]);
  if (servers === undefined || open === undefined || title === undefined) return undefined;
  return { ...(servers.length > 0 ? { servers } : {}), ...open, ...(title === '' ? {} : { title }) };
}

function readServers(values: readonly Bytes[], signIn: Bytes | undefined): readonly ReadyIceServer[] | undefined {
  if (values.length > maxServers) return undefined;
  const said = signIn === undefined ? {} : readSignIn(signIn);
  if (said === undefined) return undefined;
  const servers = values.map((value) => {
    const urls = fromUtf8(value) ?? '';
    return value.length > maxServerBytes ? undefined : saidServer({ urls, ...said });
  });
  const read = servers.filter((server) => server !== undefined);
  const isAskedFor = read.some(({ username }) => username !== undefined);
  return read.length === servers.length && isAskedFor === (signIn !== undefined) ? read : undefined;
}

function readSignIn(value: Bytes): Pick<ReadyIceServer, 'username' | 'credential'> | undefined {
  const userEnd = 1 + (value[0] ?? 0);
  const passwordEnd = userEnd + 1 + (value[userEnd] ?? 0);
  const username = fromUtf8(value.slice(1, userEnd));
  const credential = fromUtf8(value.slice(userEnd + 1, passwordEnd));
  if (passwordEnd !== value.length || !isPlain(username) || !isPlain(credential)) return undefined;
  return { username, credential };
}

function readTimes(value: Bytes | undefined): Pick<GuestDoor, 'opensAt' | 'closesAt'> | undefined {
  if (value === undefined) return {};
  if (value.length !== timesLength) return undefined;
  const second = (at: number) => value.slice(at, at + 4).reduce((sum, byte) => sum * 256 + byte, 0);
  const [from, until] = [second(0), second(4)];
  if (until > 0 && until < from) return undefined;
  return { ...(from > 0 ? { opensAt: from * 1000 } : {}), ...(until > 0 ? { closesAt: until * 1000 } : {}) };
}

function readTitle(value: Bytes): string | undefined {
  const raw = fromUtf8(value);
  return raw === undefined || value.length > maxTitleBytes ? undefined : displayNameForLink(raw);
}

/** Whether the door of a link is open at a moment, ms since the epoch. */
export function doorAt({ opensAt, closesAt }: GuestDoor, now: number): 'early' | 'open' | 'closed' {
  if (opensAt !== undefined && now < opensAt) return 'early';
  return closesAt !== undefined && now >= closesAt ? 'closed' : 'open';
}
