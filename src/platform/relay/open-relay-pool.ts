// A relay pool over the browser's own WebSocket, with dialects remembered in the settings store.

import type { RelayPool } from '../../core/base/ports.ts';
import { relaysToReach } from '../../core/network/others-relays.ts';
import { mayConnect, onSiteAccessChanged } from '../extension/own-origin.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import { systemClock } from '../system-clock.ts';
import { WebSocketRelayPool } from './relay-pool.ts';
import type { RelayDeps } from './relay-transport.ts';

/** What relays need of the real world. */
export function relayDeps(settings: SettingsStore): RelayDeps {
  return {
    clock: systemClock,
    mayConnect,
    openSocket: (url, protocols) => new WebSocket(url, protocols),
    fetch: (url, init) => fetch(url, init),
    dialectCache: {
      get: (url) => settings.dialectOf(url),
      set: (url, dialect) => void settings.rememberDialect(url, dialect),
    },
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  };
}

/** Connects to the own relays at once and keeps trying. @param urls relay addresses as the person gave them. */
export function openRelayPool(urls: readonly string[], settings: SettingsStore): RelayPool {
  return open(urls, relayDeps(settings));
}

/** The same to where somebody else listens, as far as their relays may be asked. @param own the person's own relays. */
export function openRelaysOf(
  somebody: { readonly relays: readonly string[] },
  own: readonly string[],
  settings: SettingsStore,
): RelayPool {
  return open(relaysToReach(somebody, own), { ...relayDeps(settings), asksWeb: 'after-opening' });
}

function open(urls: readonly string[], deps: RelayDeps): RelayPool {
  const pool = new WebSocketRelayPool({ urls, ...deps });
  addEventListener('online', () => pool.retryNow());
  onSiteAccessChanged(() => pool.retryNow());
  return pool;
}
