// A pool that listens, and what it has heard.
import type { Bytes } from '../../../src/core/base/bytes.ts';
import { WebSocketRelayPool } from '../../../src/platform/relay/relay-pool.ts';
import type { RelayDeps } from '../../../src/platform/relay/relay-transport.ts';
import { kept } from '../runner/cleanups.ts';
import { until } from '../runner/condition.ts';
import { relayDeps } from '../worlds/relay-deps.ts';

export interface Listening {
  readonly pool: WebSocketRelayPool;
  readonly received: { topicHex: string; payload: Bytes }[];
}

/** Connects at once; closed after the test. */
export async function join(urls: string[], topics: string[], overrides: Partial<RelayDeps> = {}): Promise<Listening> {
  const pool = kept(new WebSocketRelayPool({ ...relayDeps(overrides), urls }));
  const received: Listening['received'] = [];
  pool.onMessage((topicHex, payload) => received.push({ topicHex, payload }));
  pool.setTopics(new Set(topics));
  return { pool, received };
}

export async function allUp({ pool }: Listening): Promise<void> {
  await until(() => pool.states().every((state) => state.phase === 'up'), { what: 'all relays up', everyMs: 5 });
}
