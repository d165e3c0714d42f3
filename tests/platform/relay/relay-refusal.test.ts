// A relay that is connected and does not take our messages: people see which one, and why (docs/hostile-cases.md#e43).
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import { PublishError } from '../../../src/core/base/ports.ts';
import { TokenBucket } from '../../../src/core/base/token-bucket.ts';
import { jsonDialect } from '../../../src/platform/relay/json-dialect.ts';
import { mqttDialect } from '../../../src/platform/relay/mqtt-dialect.ts';
import { PublishQueue } from '../../../src/platform/relay/publish-queue.ts';
import { WebSocketRelayPool } from '../../../src/platform/relay/relay-pool.ts';
import { startNostrRelay } from '../../../tools/relays/nostr-relay.mjs';
import { startTransport } from '../../support/doubles/dialect-transport.ts';
import { startLyingNostrRelay } from '../../support/doubles/lying-nostr-relay.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { afterThisTest } from '../../support/runner/cleanups.ts';
import { until } from '../../support/runner/condition.ts';
import { fastClock, randomTopic, relayDeps } from '../../support/worlds/relay-deps.ts';

// Seen to fail with the refusal not kept, and with it kept after a message was taken.
it('is shown with its reason until it takes a message again (E.43)', async () => {
  const relay = await startLyingNostrRelay();
  afterThisTest(() => relay.close());
  const pool = new WebSocketRelayPool({ ...relayDeps(), urls: [relay.url] });
  afterThisTest(() => pool.close());
  await until(() => pool.states()[0]?.phase === 'up', { what: 'the relay to be up' });
  let word = 'rate-limited: slow down';
  relay.answer = ([kind, event]) =>
    kind === 'EVENT' && word ? [['OK', (event as { id: string }).id, false, word]] : undefined;
  const send = () => pool.publish(randomTopic(), new Uint8Array(64), 3).catch(() => undefined);
  await send();
  expect(pool.states()[0]).toMatchObject({ phase: 'up', refusal: 'rate-limited' });
  word = 'blocked: not here';
  await send();
  expect(pool.states()[0]).toMatchObject({ phase: 'up', refusal: 'refused' });
  word = '';
  await send();
  expect(pool.states()[0]).not.toHaveProperty('refusal');
});

describe('a refusal for now', () => {
  // Seen to fail with every refusal ending the message.
  it('of a real relay that takes two at once and one a second: five messages with 20 s all arrive (fault 11)', async () => {
    const bucket = new TokenBucket(2, 1);
    const relay = await startNostrRelay({
      refuse: () => (bucket.take(Date.now()) ? undefined : 'rate-limited: slow down'),
    });
    afterThisTest(() => relay.close());
    const topic = randomTopic();
    const [bob, alice] = [0, 1].map(() => {
      const pool = new WebSocketRelayPool({ ...relayDeps(), urls: [relay.url] });
      afterThisTest(() => pool.close());
      return pool;
    }) as [WebSocketRelayPool, WebSocketRelayPool];
    const received: string[] = [];
    bob.onMessage((_topic, payload) => received.push(new TextDecoder().decode(payload)));
    bob.setTopics(new Set([topic]));
    expect(await bob.ready(10_000)).toBe(true);
    const words = ['1', '2', '3', '4', '5'];
    await Promise.all(words.map((word) => alice.publish(topic, utf8(word), 20)));
    await until(() => received.length >= 5, { what: 'all five' });
    expect(received.sort()).toEqual(words);
  });

  it.each([
    ['OK false rate-limited', (id: string) => [['OK', id, false, 'rate-limited: slow down']]],
    ['OK false error', (id: string) => [['OK', id, false, 'error: could not reach the database']]],
    ['OK false without a prefix', (id: string) => [['OK', id, false, 'you are sending too fast']]],
    ['a NOTICE alone', () => [['NOTICE', 'rate limited']]],
  ])('is offered again in its time when it comes as %s (fault 11)', async (_how, refusal) => {
    const relay = await startLyingNostrRelay();
    afterThisTest(() => relay.close());
    const pool = new WebSocketRelayPool({ ...relayDeps({ clock: fastClock(10) }), urls: [`nostr+${relay.url}`] });
    afterThisTest(() => pool.close());
    let refusals = 3;
    relay.answer = ([kind, event]) =>
      kind === 'EVENT' && refusals-- > 0 ? refusal((event as { id: string }).id) : undefined;
    await pool.publish(randomTopic(), new Uint8Array(64), 60);
    expect(relay.messages.filter(([word]) => word === 'EVENT')).toHaveLength(4);
  });

  it.each(['blocked: you are banned', 'invalid: bad signature', 'pow: 28 bits needed', 'mute: nobody listens'])(
    'is not "%s": that is final',
    async (reason) => {
      const relay = await startLyingNostrRelay();
      afterThisTest(() => relay.close());
      const pool = new WebSocketRelayPool({ ...relayDeps(), urls: [`nostr+${relay.url}`] });
      afterThisTest(() => pool.close());
      relay.answer = ([kind, event]) =>
        kind === 'EVENT' ? [['OK', (event as { id: string }).id, false, reason]] : undefined;
      await expect(pool.publish(randomTopic(), new Uint8Array(64), 600)).rejects.toMatchObject({ code: 'refused' });
      expect(relay.messages.filter(([word]) => word === 'EVENT')).toHaveLength(1);
    },
  );

  it('of a subscription is no verdict: the relay is tried again and messages wait for it', async () => {
    const relay = await startLyingNostrRelay();
    afterThisTest(() => relay.close());
    const pool = new WebSocketRelayPool({ ...relayDeps({ clock: fastClock(10) }), urls: [`nostr+${relay.url}`] });
    afterThisTest(() => pool.close());
    let refusals = 1;
    relay.answer = ([kind, id]) =>
      kind === 'REQ' && refusals-- > 0 ? [['CLOSED', id, 'rate-limited: too many subscriptions']] : undefined;
    pool.setTopics(new Set([randomTopic()]));
    await pool.publish(randomTopic(), new Uint8Array(64), 100);
    expect(pool.states()[0]).toMatchObject({ phase: 'up' });
  });

  it.each([
    [0x97, 'rate-limited'],
    [0x96, 'rate-limited'],
    [0x88, 'rate-limited'],
    [0x87, 'needs-login'],
    [0x95, 'too-large'],
    [0x80, 'refused'],
  ])('PUBACK with the reason %i of MQTT 5 means %s', async (reason, code) => {
    const { transport } = startTransport(mqttDialect);
    const published = transport.publish(randomTopic(), new Uint8Array(64));
    transport.receive(new Uint8Array([0x40, 3, 0, 1, reason]));
    await expect(published).rejects.toMatchObject({ code });
  });

  it.each([
    [3, 'closed'],
    [0x97, 'closed'],
    [5, 'needs-login'],
    [2, 'refused'],
  ])('CONNACK with %i means %s', (returnCode, fault) => {
    const { transport, faults } = startTransport(mqttDialect);
    void transport.open().catch(() => undefined);
    transport.receive(new Uint8Array([0x20, 2, 0, returnCode]));
    expect(faults).toEqual([fault]);
  });

  it('in the words of a JSON server means all that is open there, and no probe', async () => {
    const { transport } = startTransport(jsonDialect);
    let isProbed: unknown = 'open';
    void transport.probe().catch((error: unknown) => {
      isProbed = error;
    });
    const published = transport.publish(randomTopic(), new Uint8Array(64));
    transport.receive('{"type":"error","message":"too many messages"}');
    await expect(published).rejects.toMatchObject({ code: 'rate-limited' });
    expect(isProbed).toBe('open');
  });

  it('makes the pauses grow, one message at a time, and ends with its time (fault 11)', async () => {
    const clock = new ManualClock();
    const queue = new PublishQueue(clock, () => undefined);
    const sentAt: number[] = [];
    const start = clock.now();
    const { transport } = startTransport(jsonDialect);
    const refusing = Object.assign(transport, {
      publish: async () => {
        sentAt.push(clock.now() - start);
        throw new PublishError('rate-limited');
      },
    });
    queue.sendOver(refusing);
    const outcomes = ['a', 'b'].map((topic) =>
      queue.add(topic, new Uint8Array(1), 40_000).then(
        () => 'taken',
        ({ code }: { code: string }) => code,
      ),
    );
    queue.sendOver(refusing);
    await clock.advance(60_000);
    expect(await Promise.all(outcomes)).toEqual(['rate-limited', 'rate-limited']);
    expect(sentAt).toEqual([0, 0, 1_000, 3_000, 7_000, 15_000, 30_000]);
  });
});
