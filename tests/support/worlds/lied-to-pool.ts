// A relay pool whose only relay lies.
import { afterEach, beforeEach } from 'vitest';
import { WebSocketRelayPool } from '../../../src/platform/relay/relay-pool.ts';
import { type LyingRelay, startLyingNostrRelay } from '../doubles/lying-nostr-relay.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { until } from '../runner/condition.ts';
import { randomTopic, relayDeps } from './relay-deps.ts';

export let liar: LyingRelay;
export let pool: WebSocketRelayPool;
export let clock: ManualClock;
export const topic = randomTopic();
export const received: string[] = [];

beforeEach(async () => {
  liar = await startLyingNostrRelay();
  clock = new ManualClock();
  received.length = 0;
});

afterEach(async () => {
  pool.close();
  await liar.close();
});

export function connect(): void {
  pool = new WebSocketRelayPool({ ...relayDeps({ clock }), urls: [`nostr+${liar.url}`] });
  pool.onMessage((_topic, payload) => received.push(new TextDecoder().decode(payload)));
  pool.setTopics(new Set([topic]));
}

export async function up(): Promise<void> {
  await until(() => pool.states()[0]?.phase === 'up', { what: 'up', everyMs: 5 });
}

/** The subscription of the pool: the first REQ with its topic. */
export function subscriptionId(): string {
  return String(
    liar.messages.findLast((message) => message[0] === 'REQ' && JSON.stringify(message).includes(topic))?.[1],
  );
}
