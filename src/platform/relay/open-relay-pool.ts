// A relay pool over the browser's own WebSocket, for the pages of the extension: dialects are remembered in the settings store, and nothing
// connects that would tell which installation this is.

import type { RelayPool } from '../../core/base/ports.ts';
import { mayConnect, onSiteAccessChanged } from '../extension/own-origin.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import { openPool, openPoolOf, socketDeps } from './browser-sockets.ts';
import type { WebSocketRelayPool } from './relay-pool.ts';
import type { RelayDeps } from './relay-transport.ts';

/** What relays need of the real world. */
export function relayDeps(settings: SettingsStore): RelayDeps {
  return { ...socketDeps(settings), mayConnect };
}

/** Connects to the own relays at once and keeps trying. @param urls relay addresses as the person gave them. */
export function openRelayPool(urls: readonly string[], settings: SettingsStore): RelayPool {
  return withAccess(openPool(urls, relayDeps(settings)));
}

/** The same to where somebody else listens, as far as their relays may be asked. @param own the person's own relays. */
export function openRelaysOf(
  somebody: { readonly relays: readonly string[] },
  own: readonly string[],
  settings: SettingsStore,
): RelayPool {
  return withAccess(openPoolOf(somebody, own, relayDeps(settings)));
}

function withAccess(pool: WebSocketRelayPool): RelayPool {
  onSiteAccessChanged(() => pool.retryNow());
  return pool;
}
