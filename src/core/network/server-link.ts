// The server link (docs/protocol.md#server-link): the relay, the STUN and TURN addresses and the guest page of one server in one line of text,
// with what it takes to sign in. Hostile until parsed: anybody may have made it. Opens no connection and asks nobody.
import { type Bytes, concat, equalBytes, fromBase64url, fromUtf8, toBase64url, u32be, utf8 } from '../base/bytes.ts';
import { cleanDisplayName, displayNameForLink } from '../base/display-name.ts';
import type { Sealer } from '../base/ports.ts';
import { formatIceAddress, type IceServer, readIceAddress } from './ice-server.ts';
import { isAcceptableRelayUrl } from './relay-address.ts';

/** One server as its link tells of it. */
export interface ServerLink {
  /** A hint, cleaned; '' when there is none. */
  readonly name: string;
  /** At most two. */
  readonly relays: readonly string[];
  /** At most four, all with the same sign-in. */
  readonly iceServers: readonly IceServer[];
  /** Where guests join: `https:`, or `http:` on this very machine. */
  readonly page?: string;
  /** Until when the TURN password is good, ms since the epoch; not in an owner's link, whose secret does not end. */
  readonly endsAt?: number;
}

export type ServerLinkRefusal =
  | 'not-a-server-link'
  | 'damaged'
  | 'newer-version'
  /** An address in it is none, or not of the kind that belongs there. */
  | 'bad-address'
  /** A TURN server that nobody can sign in to. */
  | 'no-sign-in'
  /** It names neither a relay nor a server. */
  | 'nothing-in-it';

/** How much text is looked through, and how long a link can be. */
const maxTextLength = 20_000;
const maxLinkBytes = 1_400;
const version = 1;
const maxRelays = 2;
const maxIceServers = 4;
const maxValueBytes = 128;
const maxNameBytes = 64;
const checksumLength = 4;

const types = { relay: 1, ice: 2, user: 3, secret: 4, password: 5, end: 6, page: 7, name: 8, checksum: 255 } as const;
/** Those that stand in a link once at most. */
const single: ReadonlySet<number> = new Set([
  types.user,
  types.secret,
  types.password,
  types.end,
  types.page,
  types.name,
]);

type Digests = Pick<Sealer, 'sha256'>;

/** Whether a text is meant to be a server link, whatever became of it on the way. */
export function looksLikeServerLink(text: string): boolean {
  return beginning.test(text.slice(0, maxTextLength));
}
const beginning = /ffc-server(?::|%3A)(?:\/\/)?([1-9]\d{0,2})(?::|%3A)/i;

/** Whether an address may be that of a guest page: TLS, or this very machine; no credentials, no query, no fragment; 128 bytes at most. */
export function isAcceptablePage(address: string): boolean {
  return /^https?:\/\/[^?#]+$/.test(address) && isAcceptableRelayUrl(address.replace(/^http/, 'ws'));
}

/**
 * Writes a link that parseServerLink reads as the same.
 * @throws RangeError when there is none: an address or a sign-in that no reader takes, or more than fits.
 */
export async function formatServerLink(link: ServerLink, sealer: Digests): Promise<string> {
  const parts: Bytes[] = [Uint8Array.of(version)];
  const add = (type: number, value: Bytes) => parts.push(Uint8Array.of(type, value.length), value);
  for (const relay of link.relays) add(types.relay, utf8(relay));
  for (const { urls } of link.iceServers) add(types.ice, utf8(urls));
  const signIn = link.iceServers.find(({ urls }) => /^turn/.test(urls));
  if (signIn?.username !== undefined) add(types.user, utf8(signIn.username));
  if (signIn?.secret !== undefined) add(types.secret, utf8(signIn.secret));
  if (signIn?.credential !== undefined) add(types.password, utf8(signIn.credential));
  if (link.endsAt !== undefined) add(types.end, u32be(Math.floor(link.endsAt / 1000)));
  if (link.page !== undefined) add(types.page, utf8(link.page));
  const name = displayNameForLink(link.name);
  if (name !== '') add(types.name, utf8(name));
  if (parts.some((part) => part.length > maxValueBytes)) throw new RangeError('too long for a server link');
  const body = concat(...parts);
  const sum = (await sealer.sha256(body)).slice(0, checksumLength);
  const text = `ffc-server:1:${toBase64url(concat(body, Uint8Array.of(types.checksum, checksumLength), sum))}`;
  const read = await parseServerLink(text, sealer);
  if ('refused' in read) throw new RangeError(`no server link: ${read.refused}`);
  return text;
}

/** Reads the first server link in a text, whatever stands around it: blanks and line breaks in it are left out. Never throws. */
export async function parseServerLink(
  text: string,
  sealer: Digests,
): Promise<{ readonly link: ServerLink } | { readonly refused: ServerLinkRefusal }> {
  const looked = text
    .slice(0, maxTextLength)
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '');
  const found = beginning.exec(looked);
  if (!found) return { refused: 'not-a-server-link' };
  if (found[1] !== '1') return { refused: 'newer-version' };
  const signs = looked
    .slice(found.index + found[0].length)
    .replaceAll(/[\s>|]/g, '')
    .match(/^[A-Za-z0-9_-]*/)?.[0];
  const records = await recordsOf(signs ?? '', sealer);
  if (records === undefined) return { refused: 'damaged' };
  return records.version > version ? { refused: 'newer-version' } : linkOf(records.list);
}

type Records = readonly (readonly [type: number, value: Bytes])[];

/** The records of a link that begins with these signs and is as it was written. It says itself where it ends. */
async function recordsOf(
  signs: string,
  sealer: Digests,
): Promise<{ readonly version: number; readonly list: Records } | undefined> {
  const most = Math.ceil((maxLinkBytes * 4) / 3);
  const whole = signs.slice(0, most);
  // The last sign may be one of a word behind the link: only whole groups are sure to be digits of it.
  const bytes = fromBase64url(whole.slice(0, whole.length - (whole.length % 4)));
  if (!bytes) return undefined;
  const list: [number, Bytes][] = [];
  let at = 1;
  for (;;) {
    const [type, length] = [bytes[at], bytes[at + 1]];
    if (type === undefined || length === undefined) return undefined;
    if (type === types.checksum) break;
    const value = bytes.slice(at + 2, at + 2 + length);
    if (value.length !== length) return undefined;
    list.push([type, value]);
    at += 2 + length;
  }
  const end = at + 2 + checksumLength;
  const exact = fromBase64url(signs.slice(0, Math.ceil((end * 4) / 3)));
  if (bytes[at + 1] !== checksumLength || exact?.length !== end) return undefined;
  const sum = (await sealer.sha256(exact.slice(0, at))).slice(0, checksumLength);
  if (bytes[0] === 0 || !equalBytes(exact.subarray(at + 2), sum)) return undefined;
  return { version: bytes[0] ?? 0, list };
}

/** What records of known types say; others are skipped, a later version may add some. */
function linkOf(list: Records): { readonly link: ServerLink } | { readonly refused: ServerLinkRefusal } {
  const known = list.filter(([type]) => type <= types.name);
  if ([...single].some((type) => known.filter(([one]) => one === type).length > 1)) return { refused: 'damaged' };
  if (known.some(([, value]) => value.length === 0 || value.length > maxValueBytes)) return { refused: 'damaged' };
  const texts = (type: number) => known.filter(([one]) => one === type).map(([, value]) => fromUtf8(value) ?? '');
  const [relays, addresses] = [[...new Set(texts(types.relay))], [...new Set(texts(types.ice))]];
  const page = texts(types.page)[0];
  if (relays.length > maxRelays || addresses.length > maxIceServers) return { refused: 'damaged' };
  if (!relays.every(isAcceptableRelayUrl) || (page !== undefined && !isAcceptablePage(page)))
    return { refused: 'bad-address' };
  if (relays.length === 0 && addresses.length === 0) return { refused: 'nothing-in-it' };
  const signIn = signInOf(texts(types.user)[0], texts(types.secret)[0], texts(types.password)[0]);
  if (signIn === undefined) return { refused: 'damaged' };
  const iceServers = addresses.map((address) => iceServerOf(address, signIn));
  const refusal = iceServers.find((server) => typeof server === 'string');
  if (refusal !== undefined) return { refused: refusal };
  const end = known.find(([type]) => type === types.end)?.[1];
  const name = known.find(([type]) => type === types.name)?.[1];
  if ((end !== undefined && end.length !== 4) || (name !== undefined && name.length > maxNameBytes))
    return { refused: 'damaged' };
  return {
    link: {
      name: cleanDisplayName(name === undefined ? '' : (fromUtf8(name) ?? '')),
      relays,
      iceServers: iceServers.filter((server) => typeof server !== 'string'),
      ...(page === undefined ? {} : { page }),
      ...(end === undefined ? {} : { endsAt: end.reduce((sum, byte) => sum * 256 + byte, 0) * 1000 }),
    },
  };
}

type SignIn = Omit<IceServer, 'urls'>;

/** Visible ASCII without blanks: what a browser sends as it is. */
const isPlain = (text: string | undefined): boolean => text === undefined || /^[!-~]+$/.test(text);

/** Undefined when it is none: signs that are not sent as they are, or a secret and a password together. */
function signInOf(
  username: string | undefined,
  secret: string | undefined,
  credential: string | undefined,
): SignIn | undefined {
  if (![username, secret, credential].every(isPlain) || (secret !== undefined && credential !== undefined))
    return undefined;
  return {
    ...(username === undefined ? {} : { username }),
    ...(secret === undefined ? {} : { secret }),
    ...(credential === undefined ? {} : { credential }),
  };
}

function iceServerOf(address: string, signIn: SignIn): IceServer | ServerLinkRefusal {
  const read = readIceAddress(address);
  if ('refused' in read) return 'bad-address';
  const urls = formatIceAddress(read);
  if (read.kind === 'stun') return { urls };
  const canSignIn = signIn.secret !== undefined || (signIn.username !== undefined && signIn.credential !== undefined);
  return canSignIn ? { urls, ...signIn } : 'no-sign-in';
}
