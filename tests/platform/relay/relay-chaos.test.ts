// Pools on real relays behind a proxy that does its worst, by a seed.
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import type { Clock } from '../../../src/core/base/ports.ts';
import { WebSocketRelayPool } from '../../../src/platform/relay/relay-pool.ts';
import { startBroadcastRelay } from '../../../tools/relays/broadcast-relay.mjs';
import { startJsonRelay } from '../../../tools/relays/json-relay.mjs';
import { startMqttRelay } from '../../../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../../../tools/relays/nostr-relay.mjs';
import type { LocalRelay } from '../../../tools/relays/recording-server.mjs';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { startTrysteroRelay } from '../../support/journeys/trystero-ws-relay.ts';
import { kept } from '../../support/runner/cleanups.ts';
import { until } from '../../support/runner/condition.ts';
import { startChaosProxy } from '../../support/worlds/chaos-proxy.ts';
import { randomTopic, realClock, relayDeps } from '../../support/worlds/relay-deps.ts';
import { chaosSeeds, seededChaos } from '../../support/worlds/seeded-chaos.ts';

function poolOf(url: string, clock: Clock = realClock): WebSocketRelayPool {
  return kept(new WebSocketRelayPool({ ...relayDeps({ clock }), urls: [url] }));
}

// Seen to fail with the memory of seen messages taken out of the pool. A test's name shows its seed.
describe.each<[string, string, () => Promise<LocalRelay>]>([
  ['aedes', 'mqtt', startMqttRelay],
  ['@nostr-relay/core', 'nostr', startNostrRelay],
  ["y-webrtc's server", 'json', startJsonRelay],
  ["a double of Trystero's ws-relay", 'json', startTrysteroRelay],
  ['a broadcast', 'raw', startBroadcastRelay],
  ['a broadcast that echoes, as text', 'raw', () => startBroadcastRelay({ echo: true, binary: 'as-text' })],
])(
  'A proxy before %s that drops, doubles, reorders, delays, flips, truncates, replays, stalls and closes',
  (_server, prefix, start) => {
    it.each(chaosSeeds(3))(
      'never delivers a message twice nor stops a subscription for good (seed %i)',
      async (seed) => {
        const clock = new ManualClock();
        const topic = randomTopic();
        const relay = kept(await start());
        const proxy = kept(await startChaosProxy(relay.url));
        const bob = poolOf(`${prefix}+${proxy.url}`, clock);
        const received: string[] = [];
        bob.onMessage((topicHex, payload) =>
          received.push(`${topicHex === topic} ${Buffer.from(payload).toString('latin1')}`),
        );
        bob.setTopics(new Set([topic]));
        const alice = poolOf(`${prefix}+${relay.url}`);
        await until(() => bob.states()[0]?.phase === 'up' && alice.states()[0]?.phase === 'up', { what: 'both' });
        proxy.script = seededChaos(seed);
        const texts = Array.from({ length: 40 }, (_, index) => `message ${index} ${'x'.repeat(200)}`);
        for (const text of texts) {
          await alice.publish(topic, utf8(text), 10);
          await clock.advance(250);
        }
        proxy.script = () => undefined;
        await until(
          async () => {
            await clock.advance(1_000);
            if (bob.states()[0]?.phase === 'up') await alice.publish(topic, utf8('marker'), 10);
            return received.includes('true marker');
          },
          { what: 'the marker', everyMs: 20 },
        );
        const whole = received.filter((text) => texts.includes(text.slice('true '.length)));
        expect(new Set(whole).size).toBe(whole.length);
        expect(received.every((text) => text.startsWith('true '))).toBe(true);
      },
    );
  },
);
