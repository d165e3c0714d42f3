// What a relay's address may look like where people hand it to each other (docs/protocol.md#contact-link).
import { isIpv4, isIpv6 } from '../base/ip-address.ts';
import { dialectPrefixes } from '../base/ports.ts';

const maxRelayBytes = 128;

const relayShape = new RegExp(
  `^(?:(?:${Object.values(dialectPrefixes).join('|')})\\+)?(wss?)://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(?::([1-9]\\d{0,4}))?(?:[/?][!$-;=?-Z_a-z~]*)?$`,
);

/**
 * Whether a relay address may stand in a contact link: `wss:` (or `ws:` on this very machine), an optional `mqtt+` or `nostr+`
 * in front, a plain host name or IP address, no credentials, no fragment, at most 128 bytes.
 */
export function isAcceptableRelayUrl(url: string): boolean {
  if (url.length > maxRelayBytes) return false;
  const parts = relayShape.exec(url);
  if (!parts) return false;
  const [, scheme, host = '', port] = parts;
  return isHost(host) && Number(port ?? 1) <= 65535 && (scheme === 'wss' || isLoopback(host));
}

/** Whether the relay runs on the computer that asks it: on another one the address means another relay, or none. */
export function isLoopbackRelay(url: string): boolean {
  return isLoopback(relayShape.exec(url)?.[2] ?? '');
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return isIpv6(host.slice(1, -1));
  const labels = host.split('.');
  // A host whose last label is a number is read as an IPv4 address (WHATWG URL section 3.5), also `127.1` and `0x7f.1`.
  if (/^(?:\d+|0x[0-9a-f]*)$/i.test(labels.at(-1) ?? '')) return isIpv4(host);
  return labels.every((label) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label));
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === 'localhost' || host === '[::1]' || (isIpv4(host) && host.startsWith('127.'));
}
