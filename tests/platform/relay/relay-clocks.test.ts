// Clocks that are up to two hours off, on real relays of every dialect: what one says, the other hears (fault 1).
import { afterEach, describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import { WebSocketRelayPool } from '../../../src/platform/relay/relay-pool.ts';
import { startBroadcastRelay } from '../../../tools/relays/broadcast-relay.mjs';
import { startJsonRelay } from '../../../tools/relays/json-relay.mjs';
import { startMqttRelay } from '../../../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../../../tools/relays/nostr-relay.mjs';
import type { LocalRelay } from '../../../tools/relays/recording-server.mjs';
import { until } from '../../support/runner/condition.ts';
import { randomTopic, realClock, relayDeps } from '../../support/worlds/relay-deps.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const seconds = [1, 60, 90, 120, 300, 3_600, 7_199];
const skewsMs = seconds.flatMap((sec) => [-sec * 1_000, sec * 1_000]);

function join(relay: LocalRelay, skewMs: number, topics: readonly string[]) {
  const clock = { ...realClock, now: () => Date.now() + skewMs };
  const pool = new WebSocketRelayPool({ ...relayDeps({ clock }), urls: [relay.url] });
  open.push(() => pool.close());
  const received: string[] = [];
  pool.onMessage((_topic, payload) => received.push(new TextDecoder().decode(payload)));
  pool.setTopics(new Set(topics));
  return { pool, received };
}

/** Everybody of the list speaks to the one whose clock is right, and hears it. */
async function exchange(relay: LocalRelay, skews: readonly number[]): Promise<void> {
  open.push(() => relay.close());
  const ownTopic = randomTopic();
  const right = join(relay, 0, [ownTopic]);
  const wrong = skews.map((skewMs) => {
    const topic = randomTopic();
    return { skewMs, topic, ...join(relay, skewMs, [topic]) };
  });
  await Promise.all([right, ...wrong].map(async ({ pool }) => expect(await pool.ready(15_000)).toBe(true)));
  for (const { pool, topic, skewMs } of wrong) {
    await right.pool.publish(topic, utf8('ring'), 15);
    await pool.publish(ownTopic, utf8(`from ${skewMs}`), 15);
  }
  await until(() => right.received.length >= skews.length && wrong.every(({ received }) => received.length > 0), {
    what: 'everything to arrive',
    withinMs: 15_000,
  });
  expect(right.received.sort()).toEqual(skews.map((skewMs) => `from ${skewMs}`).sort());
  for (const { received } of wrong) expect(received).toEqual(['ring']);
}

describe('a clock that is up to two hours fast or slow', () => {
  // Seen to fail with a `since` in the subscription.
  it.each([
    ['Nostr', () => startNostrRelay()],
    ['MQTT', () => startMqttRelay()],
    ['JSON', () => startJsonRelay()],
    ['broadcast', () => startBroadcastRelay()],
  ])('reaches and is reached over %s', async (_dialect, start) => exchange(await start(), skewsMs));

  const minute = 60;
  /** Refuses what is older or newer than that, in the words of one relay or another, or in none that tell which. */
  const guard = (olderSec: number, newerSec: number, old: string, late: string) => () =>
    startNostrRelay({
      refuse: ({ created_at }) => {
        const aheadSec = created_at - Date.now() / 1_000;
        return aheadSec < -olderSec ? old : aheadSec > newerSec ? late : undefined;
      },
    });

  // Seen to fail with the time of events taken from the own clock alone.
  it.each([
    ['strfry', guard(minute, 15 * minute, 'invalid: ephemeral event expired', 'invalid: created_at too late')],
    ['khatru', guard(10 * minute, 10 * minute, 'invalid: event too old', 'invalid: event too much in the future')],
    ['a strict one', guard(minute, minute, 'invalid: created_at is in the past', 'invalid: created_at in the future')],
    ['one that does not say which', guard(10 * minute, 10 * minute, 'invalid: timestamp', 'invalid: timestamp')],
  ])('reaches and is reached over a relay that looks at the time like %s', async (_relay, start) =>
    exchange(await start(), skewsMs),
  );
});
