// Which of the configured relays can be used from here: by connecting alone, which is quick and says nothing new to anybody, or by
// passing a message through each, which also finds relays that answer and do not serve. Asks no other relay.

import type { Clock, RelayPool, RelayState } from '../core/base/ports.ts';
import type { RelayFindings, RelayTrouble } from '../core/network/network-findings.ts';
import type { RelayDeps } from '../platform/relay/relay-transport.ts';
import { passesMessage } from '../platform/relay/test-relay.ts';

/** Resolves with what `value` brings, or with `otherwise` after `ms`. */
function within<Value, Otherwise>(
  clock: Clock,
  ms: number,
  value: Promise<Value>,
  otherwise: Otherwise,
): Promise<Value | Otherwise> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve(otherwise));
    value.then(resolve, reject).finally(cancel);
  });
}

/** Connects to all of them and waits until each is up or down, at most for `withinMs`. Closes what it opened. */
export async function connectedRelays(
  urls: readonly string[],
  open: (urls: readonly string[]) => RelayPool,
  clock: Clock,
  withinMs: number,
): Promise<RelayFindings> {
  if (urls.length === 0) return { total: 0, up: 0 };
  const pool = open(urls);
  const settled = new Promise<void>((resolve) => {
    const look = (states: readonly RelayState[]): void => {
      if (states.every(({ phase }) => phase !== 'connecting')) resolve();
    };
    pool.onState(look);
    look(pool.states());
  });
  await within(clock, withinMs, settled, undefined);
  const states = pool.states();
  pool.close();
  return { total: states.length, up: states.filter(({ phase }) => phase === 'up').length };
}

const troubles: readonly RelayTrouble[] = ['web-page', 'clock-wrong'];

/** Passes a small message through each, at most for `withinMs`. */
export async function servingRelays(
  urls: readonly string[],
  deps: RelayDeps,
  withinMs: number,
): Promise<RelayFindings> {
  const outcomes = await Promise.all(
    urls.map((url) => within(deps.clock, withinMs, passesMessage(url, deps), 'unreachable' as const)),
  );
  const trouble = troubles.find((one) => outcomes.includes(one));
  return {
    total: urls.length,
    up: outcomes.filter((outcome) => outcome === 'passed').length,
    ...(trouble ? { trouble } : {}),
  };
}
