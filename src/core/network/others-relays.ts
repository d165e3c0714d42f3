// Which of the relays that other people name this browser may ask: their links, entries and backups must not make it send requests into
// the networks around it, or of their wording. A name that leads into such a network cannot be told from one that does not: nobody here
// resolves names. Relays of the person's own list may be anything, and are known to them.
import { addressKind } from '../base/address-kind.ts';
import { ipv6Groups, isIpv4, isIpv6 } from '../base/ip-address.ts';
import { dialectPrefixes } from '../base/ports.ts';
import { type ReadyIceServer, readIceAddress } from './ice-server.ts';
import { isAcceptableRelayUrl } from './relay-address.ts';

/** Names that are good in one network or on one machine only (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`), and what routers use. */
const localSuffixes: ReadonlySet<string> = new Set([
  'localhost',
  'local',
  'internal',
  'localdomain',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'arpa',
  'test',
  'invalid',
]);
/** A relay has its place, and no orders in it. */
const plainPath = /^(?:\/[A-Za-z0-9._~-]*)*$/;
const maxPathLength = 64;
const prefixes = Object.values(dialectPrefixes).join('|');
const parts = new RegExp(`^(?:(?:${prefixes})\\+)?(wss?)://([^/?#]*?)(?::(\\d+))?([/?#].*)?$`);

/** Beside what `addressKind` calls local or private: multicast, reserved, benchmarks, and IETF's own (RFC 6890). */
function isPublicIpv4(address: string): boolean {
  const [first = 0, second = 0, third = 0] = address.split('.').map(Number);
  const isReserved =
    first >= 224 || (first === 192 && second === 0 && third === 0) || (first === 198 && second >> 1 === 9);
  return addressKind(address) === 'ipv4-public' && !isReserved;
}

/** Addresses of the overlays are public: whoever has them is meant to be reached. Those that carry an IPv4 address are not taken. */
function isPublicIpv6(address: string): boolean {
  const [first = 0, second = 0] = ipv6Groups(address);
  const isTunnel = first === 0x2002 || (first === 0x2001 && second === 0);
  return !isTunnel && ['ipv6-global', 'yggdrasil', 'mycelium'].includes(addressKind(address));
}

function isPublicHost(host: string): boolean {
  if (host.startsWith('[')) return isPublicIpv6(host.slice(1, -1));
  if (isIpv4(host)) return isPublicIpv4(host);
  const labels = host.toLowerCase().split('.');
  return labels.length > 1 && !localSuffixes.has(labels.at(-1) ?? '') && !isIpv6(host);
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIpv4(host) && host.startsWith('127.'));
}

/** Whether anybody may name this relay to anybody: TLS, a host of the whole internet, a plain path of up to 64 characters, no query. */
export function isPublicRelayUrl(url: string): boolean {
  const [, scheme, host = '', , path = ''] = (isAcceptableRelayUrl(url) && parts.exec(url)) || [];
  if (scheme !== 'wss' || path.length > maxPathLength || !plainPath.test(path)) return false;
  return isPublicHost(host) && !path.split('/').some((part) => part === '.' || part === '..');
}

/** The same address in one spelling, whatever dialect is named in front. */
function spelling(url: string): string {
  const [, scheme = '', host = '', port = '', path = ''] = parts.exec(url) ?? [];
  const ownPort = port === (scheme === 'wss' ? '443' : '80') ? '' : port;
  return scheme === '' ? url : `${scheme}://${host.toLowerCase()}:${ownPort}${path === '' ? '/' : path}`;
}

/** The relays of somebody else that may be asked: public ones, and those of the person's own list. */
export function relaysFromOthers(relays: readonly string[], own: readonly string[]): readonly string[] {
  const known = new Set(own.map(spelling));
  return relays.filter((url) => isPublicRelayUrl(url) || (isAcceptableRelayUrl(url) && known.has(spelling(url))));
}

/**
 * The STUN and TURN servers of somebody else that may be asked: those on the whole internet. `isNear`: whoever asks is on the same machine as
 * what they are asked by, as in tests: then those on this machine, too.
 */
export function serversFromOthers(servers: readonly ReadyIceServer[], isNear: boolean): readonly ReadyIceServer[] {
  return servers.filter(({ urls }) => {
    const address = readIceAddress(urls);
    if ('refused' in address) return false;
    return isPublicHost(address.host) || (isNear && isThisMachine(address.host));
  });
}

/** Where somebody is called: at their relays that may be asked; with none of them, the own ones are the only hope. */
export function relaysToReach(
  { relays }: { readonly relays: readonly string[] },
  own: readonly string[],
): readonly string[] {
  const usable = relaysFromOthers(relays, own);
  return usable.length > 0 ? usable : own;
}
