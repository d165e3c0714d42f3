// Relay addresses as people type them: what is meant, what is refused, and how to show them.
// Knows no network and no dialect but the prefixes.
import { dialectPrefixes, type RelayDialect } from '../../core/base/ports.ts';
import type { RelayCredentials } from './relay-transport.ts';

/** An address that a relay can be reached at. */
export interface RelayAddress {
  /** ws: or wss: address as the WebSocket gets it: no credentials, no fragment, no dialect prefix. */
  readonly url: string;
  /** Set when the address began with a dialect's prefix and a plus sign. */
  readonly dialect?: RelayDialect;
  readonly credentials?: RelayCredentials;
  /** The whole address in one spelling, with prefix and credentials: equal for equal relays. */
  readonly canonical: string;
}

/** Why an address was not accepted. 'insecure': ws: without TLS is for loopback only. */
export type RelayUrlRefusal = 'not-a-websocket' | 'insecure' | 'malformed';

const maxUrlLength = 2048;
const dialectOfPrefix: ReadonlyMap<string, RelayDialect> = new Map(
  (Object.keys(dialectPrefixes) as RelayDialect[]).map((dialect) => [dialectPrefixes[dialect], dialect]),
);

function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** decodeURIComponent that leaves malformed escapes as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Reads a relay address: `[nostr+|mqtt+|json+|raw+](wss|ws)://[user:password@]host[:port][/path][?query]`. Without a scheme wss is meant.
 * @returns the address, or why it is refused.
 */
export function parseRelayUrl(text: string): RelayAddress | { readonly refused: RelayUrlRefusal } {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > maxUrlLength || /\s/.test(trimmed)) return { refused: 'malformed' };
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(trimmed);
  const rest = scheme ? trimmed.slice(scheme[0].length) : trimmed;
  const parts = /^(?:([a-z]+)\+)?(wss?)$/.exec((scheme?.[1] ?? 'wss').toLowerCase());
  const prefix = parts?.[1];
  const dialect = prefix === undefined ? undefined : dialectOfPrefix.get(prefix);
  if (!parts || (prefix !== undefined && !dialect)) return { refused: 'not-a-websocket' };
  let url: URL;
  try {
    url = new URL(`${parts[2] ?? 'wss'}://${rest}`);
  } catch {
    return { refused: 'malformed' };
  }
  if (url.hostname === '') return { refused: 'malformed' };
  if (url.protocol === 'ws:' && !isLoopback(url.hostname)) return { refused: 'insecure' };
  url.hash = '';
  const canonical = (prefix ? `${prefix}+` : '') + url.href;
  const credentials =
    url.username === '' && url.password === ''
      ? undefined
      : { user: decoded(url.username), password: decoded(url.password) };
  url.username = '';
  url.password = '';
  return {
    url: url.href,
    ...(dialect ? { dialect } : {}),
    ...(credentials ? { credentials } : {}),
    canonical,
  };
}

/** An address for people: host, port and path, never the password. Text that is no address comes back as it is. */
export function displayRelayUrl(text: string): string {
  const address = parseRelayUrl(text);
  if ('refused' in address) return text;
  const url = new URL(address.url);
  const path = url.pathname === '/' ? '' : url.pathname;
  return `${url.protocol === 'ws:' ? 'ws://' : ''}${url.host}${path}`;
}
