// The world for relay tests: `ws` sockets, Node's fetch, a dialect cache in memory, real time.
import { WebSocket } from 'ws';
import type { Bytes } from '../../../src/core/base/bytes.ts';
import type { Clock, RelayDialect } from '../../../src/core/base/ports.ts';
import type { RelayDeps, SocketLike } from '../../../src/platform/relay/relay-transport.ts';

/** Real time. */
export const realClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Real time whose timers run `times` as fast: for time limits that a test has to sit out. */
export function fastClock(times: number): Clock {
  return { now: realClock.now, after: (ms, run) => realClock.after(ms / times, run) };
}

export function randomBytes(length: number): Bytes {
  const bytes = new Uint8Array(length);
  // getRandomValues gives at most 65 536 bytes at once.
  for (let at = 0; at < length; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
  return bytes;
}

/** 32 random bytes as hexadecimal. */
export function randomTopic(): string {
  return Buffer.from(randomBytes(32)).toString('hex');
}

/** A socket that behaves as Chrome's: an offered subprotocol that the server ignores closes it (`ws` does the same). */
export function openChromeSocket(url: string, protocols?: string[]): SocketLike {
  return new WebSocket(url, protocols);
}

/** A socket that behaves as Firefox's: it opens with an empty `protocol` when the server ignores what was offered. Only for such servers. */
export function openFirefoxSocket(url: string, protocols?: string[]): SocketLike {
  if (!protocols) return new WebSocket(url);
  // `ws` checks the answer against its own list; a list given as a header is not checked.
  return new WebSocket(url, { headers: { 'sec-websocket-protocol': protocols.join(',') } });
}

/** Everything relays need, with real time unless told otherwise. */
export function relayDeps(
  overrides: Partial<RelayDeps> = {},
): RelayDeps & { readonly cache: Map<string, RelayDialect> } {
  const cache = new Map<string, RelayDialect>();
  return {
    clock: realClock,
    openSocket: openChromeSocket,
    fetch: (url, init) => fetch(url, init),
    dialectCache: { get: (url) => cache.get(url), set: (url, dialect) => void cache.set(url, dialect) },
    randomBytes,
    ...overrides,
    cache,
  };
}
