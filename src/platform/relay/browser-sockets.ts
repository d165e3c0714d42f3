// What relays need of an ordinary browser: its sockets, its fetch, its randomness. Knows no extension.
import type { RelayDialect } from '../../core/base/ports.ts';
import { relaysToReach } from '../../core/network/others-relays.ts';
import { systemClock } from '../system-clock.ts';
import { WebSocketRelayPool } from './relay-pool.ts';
import type { RelayDeps } from './relay-transport.ts';

/** What was learned of each relay. */
export interface DialectMemory {
  dialectOf(url: string): Promise<RelayDialect | undefined>;
  rememberDialect(url: string, dialect: RelayDialect): Promise<void>;
}

/** The real world for relays; some pages have to be asked before each connection (`mayConnect`) besides. */
export function socketDeps(memory: DialectMemory): RelayDeps {
  return {
    clock: systemClock,
    openSocket: (url, protocols) => new WebSocket(url, protocols),
    fetch: (url, init) => fetch(url, init),
    dialectCache: {
      get: (url) => memory.dialectOf(url),
      set: (url, dialect) => void memory.rememberDialect(url, dialect),
    },
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
}

/** Connects at once and keeps trying, above all when the network comes back. @param urls relay addresses as the person gave them. */
export function openPool(urls: readonly string[], deps: RelayDeps): WebSocketRelayPool {
  const pool = new WebSocketRelayPool({ urls, ...deps });
  addEventListener('online', () => pool.retryNow());
  return pool;
}

/** The same to where somebody else listens, as far as their relays may be asked. @param own the person's own relays. */
export function openPoolOf(
  somebody: { readonly relays: readonly string[] },
  own: readonly string[],
  deps: RelayDeps,
): WebSocketRelayPool {
  return openPool(relaysToReach(somebody, own), { ...deps, asksWeb: 'after-opening' });
}
