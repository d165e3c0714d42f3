// Several relays as one pool, over real relays on loopback: aedes and @nostr-relay.
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../../src/core/base/bytes.ts';
import { startMqttRelay } from '../../../tools/relays/mqtt-relay.mjs';
import { startNostrRelay } from '../../../tools/relays/nostr-relay.mjs';
import type { LocalRelay } from '../../../tools/relays/recording-server.mjs';
import { allUp, join } from '../../support/doubles/listening-pool.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { kept } from '../../support/runner/cleanups.ts';
import { until } from '../../support/runner/condition.ts';
import { randomBytes, randomTopic } from '../../support/worlds/relay-deps.ts';

describe('A pool of several relays', () => {
  it('delivers copies of one message once', async () => {
    const relays = [kept(await startMqttRelay()), kept(await startNostrRelay())];
    const urls = relays.map(({ url }) => url);
    const topic = randomTopic();
    const bob = await join(urls, [topic]);
    const alice = await join(urls, []);
    await Promise.all([allUp(alice), allUp(bob)]);
    await alice.pool.publish(topic, utf8('one'), 10);
    await until(() => relays.every((relay) => relay.received() === 1), { what: 'both relays to have it' });
    // Each relay delivers in order, so when the marker is here from both, the copy of 'one' was here before.
    for (const url of urls) {
      const single = await join([url], []);
      await single.pool.publish(topic, utf8(`marker ${url}`), 10);
    }
    await until(() => bob.received.length >= 3, { what: 'the markers' });
    expect(bob.received.filter(({ payload }) => toHex(payload) === toHex(utf8('one')))).toHaveLength(1);
  });

  it('delivers one payload on two topics twice', async () => {
    const relay = kept(await startMqttRelay());
    const topics = [randomTopic(), randomTopic()];
    const bob = await join([relay.url], topics);
    await bob.pool.ready(5000);
    for (const topic of topics) await bob.pool.publish(topic, utf8('same'), 10);
    await until(() => bob.received.length === 2, { what: 'both' });
  });

  it('resolves with the first relay that takes the message although another is dead', async () => {
    const relay = kept(await startNostrRelay());
    const dead = await startMqttRelay();
    await dead.close();
    const alice = await join([dead.url, relay.url], []);
    await alice.pool.publish(randomTopic(), utf8('x'), 10);
    expect(relay.received()).toBe(1);
    await until(() => alice.pool.states()[0]?.reason === 'unreachable', { what: 'the truth about the dead one' });
  });

  it('keeps connections of relays that stay when the addresses change', async () => {
    const [first, second, third] = [
      kept(await startMqttRelay()),
      kept(await startNostrRelay()),
      kept(await startMqttRelay()),
    ] as [LocalRelay, LocalRelay, LocalRelay];
    const topic = randomTopic();
    const bob = await join([first.url, second.url], [topic]);
    await allUp(bob);
    bob.pool.setUrls([second.url, third.url]);
    await allUp(bob);
    expect(bob.pool.states().map(({ url }) => url)).toEqual([second.url, third.url]);
    const requests = second.frames.filter(({ bytes }) => typeof bytes === 'string' && bytes.includes(topic));
    expect(requests, 'the kept relay was subscribed once').toHaveLength(1);
    await until(() => first.connections() === 0, { what: 'the removed one to be left' });
    const alice = await join([third.url], []);
    await alice.pool.publish(topic, utf8('by the new one'), 10);
    await until(() => bob.received.length === 1, { what: 'the message' });
  });

  it('counts two spellings of one address as one relay', async () => {
    const relay = kept(await startMqttRelay());
    const alice = await join([relay.url, relay.url.slice(0, -1)], []);
    expect(alice.pool.states()).toHaveLength(1);
  });

  it('rejects a message when nothing is up in time, and ready says so', async () => {
    const clock = new ManualClock();
    const dead = await startMqttRelay();
    await dead.close();
    const alice = await join([dead.url], [randomTopic()], { clock });
    const result = alice.pool.publish(randomTopic(), utf8('x'), 30).catch((error: unknown) => error);
    const ready = alice.pool.ready(10_000);
    await clock.advance(31_000);
    expect(await result).toMatchObject({ name: 'PublishError', code: 'down' });
    expect(await ready).toBe(false);
  });

  it('rejects at once without any relay, with an address that is none, and after closing', async () => {
    for (const urls of [[], ['https://example.org']]) {
      const { pool } = await join(urls, []);
      await expect(pool.publish(randomTopic(), utf8('x'), 30)).rejects.toMatchObject({ code: 'down' });
    }
    const relay = kept(await startMqttRelay());
    const { pool, received } = await join([relay.url], [randomTopic()]);
    const waiting = pool.publish(randomTopic(), utf8('x'), 30);
    pool.close();
    await expect(waiting).rejects.toMatchObject({ code: 'down' });
    expect(await pool.ready(10)).toBe(false);
    expect(received).toEqual([]);
  });

  it('logs in to an MQTT broker with the credentials of the address, and says when they are wrong', async () => {
    const relay = kept(await startMqttRelay({ login: { user: 'me', password: 's@fe' } }));
    const host = relay.url.slice('ws://'.length);
    const good = await join([`mqtt+ws://me:s%40fe@${host}`], [randomTopic()]);
    expect(await good.pool.ready(5000)).toBe(true);
    const bad = await join([`mqtt+ws://me:wrong@${host}`], [randomTopic()]);
    await until(() => bad.pool.states()[0]?.reason === 'needs-login', { what: 'the refusal' });
    await expect(bad.pool.publish(randomTopic(), utf8('x'), 30)).rejects.toMatchObject({ code: 'needs-login' });
  });

  it('answers the login challenge of a real Nostr relay', async () => {
    const relay = kept(await startNostrRelay({ loginRequired: true }));
    const topic = randomTopic();
    const bob = await join([relay.url], [topic]);
    expect(await bob.pool.ready(5000)).toBe(true);
    const alice = await join([relay.url], []);
    await alice.pool.publish(topic, utf8('by a stranger'), 10);
    await until(() => bob.received.length === 1, { what: 'the message' });
  });

  it('shows a relay nothing but random ids, topics, keys and sealed payloads', async () => {
    const relay = kept(await startNostrRelay());
    const topic = randomTopic();
    const bob = await join([relay.url], [topic]);
    await bob.pool.ready(5000);
    await bob.pool.publish(topic, randomBytes(500), 10);
    await until(() => bob.received.length === 1, { what: 'the echo' });
    const sent = relay.frames
      .filter(({ direction }) => direction === 'in')
      .map(({ bytes }) => JSON.parse(String(bytes)));
    const withoutRandom = sent.map((message) => JSON.stringify(message).replace(/[0-9a-f]{16,}/g, '#'));
    for (const text of withoutRandom) expect(text).toMatch(/^\["(REQ|CLOSE|EVENT)"/);
    expect(withoutRandom.filter((text) => text.startsWith('["REQ"')).join()).toMatch(
      /^\["REQ","#",\{"kinds":\[21059\],"#p":\["#"\],"limit":1\}\],\["REQ","#",\{"kinds":\[21059\],"#p":\["#"\],"limit":50\}\]$/,
    );
  });
});
