// The Nostr dialect against a relay that lies and refuses.
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import { wrapPayload } from '../../../src/platform/relay/nostr-event.ts';
import { until } from '../../support/runner/condition.ts';
import { clock, connect, liar, pool, received, subscriptionId, topic, up } from '../../support/worlds/lied-to-pool.ts';
import { randomTopic } from '../../support/worlds/relay-deps.ts';

describe('Refusals', () => {
  // Seen to fail with the mapping of reasons taken out of publishFailureOf.
  it.each([
    ['blocked: you are banned', 'refused'],
    ['pow: 28 bits needed', 'refused'],
    ['mute: no one was listening', 'refused'],
    ['restricted: members only', 'needs-login'],
    ['invalid: ephemeral event expired', 'clock-wrong'],
    ['invalid: event too large: 70000', 'too-large'],
  ])('OK false "%s" rejects with %s (E.43)', async (reason, code) => {
    liar.answer = (message) =>
      message[0] === 'EVENT' ? [['OK', (message[1] as { id: string }).id, false, reason]] : undefined;
    connect();
    await up();
    await expect(pool.publish(topic, utf8('x'), 10)).rejects.toMatchObject({ code });
    expect(pool.states()[0]?.phase).toBe('up');
  });

  it.each([
    ['rate-limited: slow down', 'rate-limited'],
    ['error: no disk', 'in-trouble'],
  ])('OK false "%s" is shown at once, and rejects with %s when the time is over (E.43)', async (reason, code) => {
    liar.answer = (message) =>
      message[0] === 'EVENT' ? [['OK', (message[1] as { id: string }).id, false, reason]] : undefined;
    connect();
    await up();
    const result = pool.publish(topic, utf8('x'), 10).catch((error: unknown) => error);
    await until(() => pool.states()[0]?.refusal === code, { what: 'the refusal to be shown' });
    await clock.advance(10_000);
    expect(await result).toMatchObject({ code });
    expect(pool.states()[0]?.phase).toBe('up');
  });

  it('a duplicate counts as taken', async () => {
    liar.answer = (message) =>
      message[0] === 'EVENT' ? [['OK', (message[1] as { id: string }).id, false, 'duplicate: have it']] : undefined;
    connect();
    await pool.publish(topic, utf8('x'), 10);
  });

  it('a NOTICE about the size rejects the one message that is open', async () => {
    liar.answer = (message) => (message[0] === 'EVENT' ? [['NOTICE', 'invalid: event too large']] : undefined);
    connect();
    await up();
    await expect(pool.publish(topic, utf8('x'), 10)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('no answer at all ends with the time to live', async () => {
    liar.answer = (message) => (message[0] === 'EVENT' ? [] : undefined);
    connect();
    await up();
    const result = pool.publish(topic, utf8('x'), 10).catch((error: unknown) => error);
    await clock.advance(10_000);
    expect(await result).toMatchObject({ code: 'down' });
  });

  it.each([
    ['restricted: members only', 'needs-login'],
    ['blocked: no gift wraps', 'refused'],
  ])('CLOSED "%s" for the topics takes the relay down as %s', async (reason, expected) => {
    liar.answer = (message) => (message[0] === 'REQ' ? [['CLOSED', message[1], reason]] : undefined);
    connect();
    await until(() => pool.states()[0]?.phase === 'down', { what: 'down' });
    expect(pool.states()[0]?.reason).toBe(expected);
    await expect(pool.publish(topic, utf8('x'), 10)).rejects.toMatchObject({ code: expected });
  });
});

describe('A message that waits for a relay which turns out to refuse everybody', () => {
  it('is rejected with the refusal, not only when its time is over', async () => {
    liar.answer = (message) =>
      message[0] === 'REQ' ? [['CLOSED', message[1], 'restricted: members only']] : undefined;
    connect();
    await expect(pool.publish(topic, utf8('x'), 60)).rejects.toMatchObject({ code: 'needs-login' });
  });
});

describe('Events that nobody asked for', () => {
  // Seen to fail with the check of the subscription, of the kind, and of the topic (here and in the pool) taken out, one at a time.
  it('are dropped: foreign subscription, wrong topic, wrong kind, junk (E.44)', async () => {
    connect();
    await up();
    const own = subscriptionId();
    const good = await wrapPayload(topic, utf8('good'), clock.now());
    const foreign = await wrapPayload(randomTopic(), utf8('wrong topic'), clock.now());
    const junk = [
      ['EVENT', 'foreign', await wrapPayload(topic, utf8('foreign subscription'), clock.now())],
      ['EVENT', own, foreign],
      ['EVENT', own, { ...(await wrapPayload(topic, utf8('wrong kind'), clock.now())), kind: 1 }],
      ['EVENT', own, null],
      ['EVENT', own],
      ['EVENT'],
      ['OK', 'unknown', true, ''],
      ['OK', null],
      ['EOSE', 'unknown'],
      ['CLOSED', 'unknown', 'blocked: '],
      ['AUTH', 7],
      ['WHAT', {}],
      'no json',
      '[[[[[[',
      '{"__proto__":1}',
    ];
    for (const message of junk) liar.broadcast(message as string);
    liar.broadcast(['EVENT', own, good]);
    liar.broadcast(['EVENT', own, good]);
    liar.broadcast(['EVENT', own, await wrapPayload(topic, utf8('marker'), clock.now())]);
    await until(() => received.includes('marker') && received.length > 1, { what: 'the marker and the good one' });
    expect(received.sort()).toEqual(['good', 'marker']);
    expect(pool.states()[0]?.phase).toBe('up');
  });
});

describe('Subscriptions', () => {
  it('name no time, ask for few of what is held, once for all topics, and again when the set changes', async () => {
    connect();
    await up();
    const other = randomTopic();
    pool.setTopics(new Set([topic, other]));
    await until(() => liar.messages.some(([word]) => word === 'CLOSE'), { what: 'the old subscription to be closed' });
    expect(liar.messages).toEqual([
      ['REQ', expect.any(String), { kinds: [21059], '#p': [topic], limit: 50 }],
      ['REQ', expect.any(String), { kinds: [21059], '#p': [topic, other], limit: 50 }],
      ['CLOSE', liar.messages[0]?.[1]],
    ]);
    pool.setTopics(new Set([other, topic]));
    pool.setTopics(new Set());
    await until(() => liar.messages.length > 3, { what: 'the end of the subscription' });
    expect(liar.messages.slice(3)).toEqual([['CLOSE', liar.messages[1]?.[1]]]);
  });

  it('that are set while the relay is still being probed are made before it counts as ready', async () => {
    liar.answer = () => [];
    connect();
    pool.setTopics(new Set());
    await until(() => liar.messages.length === 1, { what: 'the probe' });
    pool.setTopics(new Set([topic]));
    liar.answer = () => undefined;
    liar.broadcast(['EOSE', liar.messages[0]?.[1]]);
    expect(await Promise.race([pool.ready(60_000), up().then(() => pool.ready(60_000))])).toBe(true);
    expect(liar.messages.some((message) => JSON.stringify(message).includes(topic))).toBe(true);
  });

  it('of 450 topics are three filters of one REQ', async () => {
    connect();
    pool.setTopics(new Set(Array.from({ length: 450 }, randomTopic)));
    await up();
    const filters = liar.messages[0]?.slice(2) as { '#p': string[] }[];
    expect(filters.map((filter) => filter['#p'].length)).toEqual([200, 200, 50]);
  });

  it('probe with a filter that matches nothing, and close it', async () => {
    connect();
    await up();
    await clock.advance(20_000);
    await until(() => liar.messages.some(([word]) => word === 'CLOSE'), { what: 'the end of the probe' });
    const [, probe, close] = liar.messages;
    expect(probe).toEqual(['REQ', expect.any(String), { ids: ['0'.repeat(64)], limit: 1 }]);
    expect(close).toEqual(['CLOSE', probe?.[1]]);
  });
});
