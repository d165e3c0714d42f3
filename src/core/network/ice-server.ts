// What a STUN or TURN server of the settings is, and how one is read from what a person types (RFC 7064, RFC 7065), with a reason
// for each mistake. Also which servers a call may ask. Pure: asks no server and computes no password.
import { isIpv4, isIpv6 } from '../base/ip-address.ts';

/** A server as the settings keep it. */
export interface IceServer {
  /** stun:, turn: or turns: address. */
  readonly urls: string;
  readonly username?: string;
  /** A password that stays the same. */
  readonly credential?: string;
  /** Instead of a password: the secret of the person's own TURN server, of which each call makes a password that soon expires. */
  readonly secret?: string;
}

/** A server as a browser takes it: the password is there, whatever it was made of. */
export type ReadyIceServer = Omit<IceServer, 'secret'>;

/** How this browser speaks to a server. */
export type IceTransport = 'udp' | 'tcp' | 'tls';

export interface IceAddress {
  readonly kind: 'stun' | 'turn';
  /** A STUN server is asked over UDP. */
  readonly transport: IceTransport;
  /** A name in lower case, an IPv4 address, or an IPv6 address in brackets. */
  readonly host: string;
  readonly port: number;
}

/** Why an address was not taken. */
export type IceAddressRefusal =
  | 'empty'
  | 'other-scheme'
  | 'stun-over-tls'
  | 'user-in-address'
  | 'no-host'
  | 'bad-name'
  | 'bad-ipv4'
  | 'bad-ipv6'
  | 'bare-ipv6'
  | 'bad-port'
  | 'bad-transport'
  | 'stun-transport'
  | 'tls-over-udp'
  | 'extra-text';

/** Why a whole server was not taken. */
export type IceServerRefusal =
  | IceAddressRefusal
  | 'needs-user'
  | 'needs-password'
  | 'needs-secret'
  | 'too-long'
  | 'known';

/** What a person typed and chose for one server. The address may be a whole one, which then decides kind and transport. */
export interface TypedIceServer {
  readonly kind: IceAddress['kind'];
  readonly transport: IceTransport;
  readonly address: string;
  readonly user: string;
  /** 'secret': the password field holds the server's shared secret. */
  readonly signsInWith: 'password' | 'secret';
  readonly password: string;
}

/** User names and passwords beyond this are refused; browsers stop at 509 bytes. */
const maxCredential = 256;
/** A password made of a secret is good for this long: longer than any call, and than most clocks are wrong. */
const passwordLifeSec = 86_400;

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const namePattern = new RegExp(`^${label}(?:\\.${label})*$`);

function readHost(host: string): { readonly host: string } | { readonly refused: IceAddressRefusal } {
  if (host === '') return { refused: 'no-host' };
  if (/^[\d.]+$/.test(host)) return isIpv4(host) ? { host } : { refused: 'bad-ipv4' };
  return host.length <= 253 && namePattern.test(host) ? { host } : { refused: 'bad-name' };
}

/** Splits a host from its port; the port is undefined where none was typed. */
function readAuthority(
  text: string,
): { readonly host: string; readonly port: string | undefined } | { readonly refused: IceAddressRefusal } {
  if (text.startsWith('[')) {
    const [, address = '', port] = /^\[([^\]]*)\](?::(.*))?$/.exec(text) ?? [];
    return isIpv6(address) ? { host: `[${address}]`, port } : { refused: 'bad-ipv6' };
  }
  const [host = '', port, ...more] = text.split(':');
  if (more.length > 0) return { refused: 'bare-ipv6' };
  const read = readHost(host);
  return 'refused' in read ? read : { ...read, port };
}

function readPort(digits: string | undefined, standard: number): number | undefined {
  if (digits === undefined) return standard;
  const port = /^\d{1,5}$/.test(digits) ? Number(digits) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

const schemeOf = ({ kind, transport }: Pick<IceAddress, 'kind' | 'transport'>): string =>
  kind === 'stun' ? 'stun' : transport === 'tls' ? 'turns' : 'turn';

/** The transport that a scheme and a `?transport=` ask for together. */
function readTransport(
  scheme: string,
  asked: string | undefined,
): { readonly transport: IceTransport } | { readonly refused: IceAddressRefusal } {
  if (scheme === 'stuns') return { refused: 'stun-over-tls' };
  if (scheme === 'stun') return asked === undefined ? { transport: 'udp' } : { refused: 'stun-transport' };
  if (asked !== undefined && asked !== 'udp' && asked !== 'tcp') return { refused: 'bad-transport' };
  if (scheme === 'turns') return asked === 'udp' ? { refused: 'tls-over-udp' } : { transport: 'tls' };
  return { transport: asked ?? 'udp' };
}

/**
 * Reads a server's address: `stun:HOST`, `turn:HOST` or `turns:HOST`, with `:PORT` and, for TURN, `?transport=udp` or `tcp`. An IPv6
 * address stands in brackets.
 * @param chosen what a bare `HOST:PORT` is taken for; without it a bare one is refused.
 */
export function readIceAddress(
  typed: string,
  chosen?: Pick<IceAddress, 'kind' | 'transport'>,
): IceAddress | { readonly refused: IceAddressRefusal } {
  const text = typed.trim().toLowerCase();
  if (text === '') return { refused: 'empty' };
  // RFC 7064 has no slashes, but people know them from other addresses.
  const written = /^(stuns?|turns?):(?:\/\/)?/.exec(text);
  if (!written && (!chosen || /^[a-z][a-z0-9+.-]*:\/\//.test(text))) return { refused: 'other-scheme' };
  const [authority = '', query, ...more] = text.slice(written?.[0].length ?? 0).split('?');
  if (authority.includes('@')) return { refused: 'user-in-address' };
  const [, transportAsked] = query === undefined ? [] : (/^transport=([^&]*)$/.exec(query) ?? []);
  if (/[\s/#]/.test(authority) || more.length > 0 || (query !== undefined && transportAsked === undefined))
    return { refused: 'extra-text' };
  const scheme = written?.[1] ?? (chosen ? schemeOf(chosen) : '');
  const asked =
    transportAsked ?? (!written && chosen?.kind === 'turn' && chosen.transport === 'tcp' ? 'tcp' : undefined);
  const carried = readTransport(scheme, asked);
  if ('refused' in carried) return carried;
  const place = readAuthority(authority);
  if ('refused' in place) return place;
  const port = readPort(place.port, carried.transport === 'tls' ? 5349 : 3478);
  if (port === undefined) return { refused: 'bad-port' };
  return { kind: scheme === 'stun' ? 'stun' : 'turn', ...carried, host: place.host, port };
}

/** The address as browsers take it; the same server always gives the same text. */
export function formatIceAddress(address: IceAddress): string {
  const transport = address.kind === 'turn' && address.transport !== 'udp' ? '?transport=tcp' : '';
  return `${schemeOf(address)}:${address.host}:${address.port}${transport}`;
}

function isSame(stored: IceServer, urls: string): boolean {
  const address = readIceAddress(stored.urls);
  return 'refused' in address ? stored.urls === urls : formatIceAddress(address) === urls;
}

/** Reads what a person typed into the server to keep, or says what is wrong with it. `others`: the servers that are there already. */
export function readIceServer(
  typed: TypedIceServer,
  others: readonly IceServer[],
): IceServer | { readonly refused: IceServerRefusal } {
  const address = readIceAddress(typed.address, typed);
  if ('refused' in address) return address;
  const urls = formatIceAddress(address);
  if (others.some((other) => isSame(other, urls))) return { refused: 'known' };
  if (address.kind === 'stun') return { urls };
  const username = typed.user.trim();
  if (username.length > maxCredential || typed.password.length > maxCredential) return { refused: 'too-long' };
  if (typed.signsInWith === 'secret')
    return typed.password === ''
      ? { refused: 'needs-secret' }
      : { urls, ...(username === '' ? {} : { username }), secret: typed.password };
  if (username === '') return { refused: 'needs-user' };
  return typed.password === '' ? { refused: 'needs-password' } : { urls, username, credential: typed.password };
}

/** What to show in the fields for a server that is kept already. */
export function typedFrom(server: IceServer): TypedIceServer {
  const address = readIceAddress(server.urls);
  const isRead = !('refused' in address);
  return {
    kind: isRead ? address.kind : /^turn/i.test(server.urls) ? 'turn' : 'stun',
    transport: isRead ? address.transport : 'udp',
    address: isRead ? `${address.host}:${address.port}` : server.urls,
    user: server.username ?? '',
    signsInWith: server.secret === undefined ? 'password' : 'secret',
    password: server.secret ?? server.credential ?? '',
  };
}

function canSignIn({ username, credential, secret }: IceServer): boolean {
  return Boolean(secret) || Boolean(username && credential);
}

/**
 * The servers that a call may ask: a browser refuses a whole list for one address that it cannot read. `relayOnly`: those that relay
 * only; browsers ask a STUN server even when they may not use what it says.
 */
export function askableServers(servers: readonly IceServer[], relayOnly = false): readonly IceServer[] {
  return servers.filter((server) => {
    const address = readIceAddress(server.urls);
    if ('refused' in address) return false;
    return address.kind === 'turn' ? canSignIn(server) : !relayOnly;
  });
}

/** The user name that goes with a password made of a shared secret (draft-uberti-behave-turn-rest-00, 2.2). `now`: ms since the epoch. */
export function timeLimitedUser(user: string | undefined, now: number): string {
  const expiry = Math.floor(now / 1000) + passwordLifeSec;
  return user ? `${expiry}:${user}` : String(expiry);
}
