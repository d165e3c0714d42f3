// The JSON dialect on its own: what it says, what it drops, and what counts as its own echo.
import { expect, it } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import { jsonDialect } from '../../../src/platform/relay/json-dialect.ts';
import type { Frame } from '../../../src/platform/relay/relay-transport.ts';
import { startTransport } from '../../support/doubles/dialect-transport.ts';
import { randomTopic } from '../../support/worlds/relay-deps.ts';

const topic = randomTopic();
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const parsed = (frames: readonly Frame[]): unknown[] => frames.map((frame) => JSON.parse(String(frame)));

it('listens and publishes in words that both servers understand', async () => {
  const { transport, sent } = startTransport(jsonDialect);
  void transport.setTopics(new Set([topic])).catch(() => undefined);
  const taken = transport.publish(topic, utf8('hello'));
  expect(parsed(sent)).toEqual([
    { type: 'subscribe', topic, topics: [topic] },
    { type: 'publish', topic: expect.any(String), payload: expect.stringMatching(/^[0-9a-f]{32}$/) },
    { type: 'publish', topic, payload: base64('hello') },
  ]);
  transport.receive(JSON.stringify({ topic, payload: base64('hello') }));
  expect(await taken).toBe('acked');
});

it('listens to a foreign topic only until its own message has come back', async () => {
  const { transport, sent, received } = startTransport(jsonDialect);
  const taken = [transport.publish(topic, utf8('one')), transport.publish(topic, utf8('two'))];
  transport.receive(JSON.stringify({ type: 'publish', topic, payload: base64('one'), clients: 2 }));
  await taken[0];
  const before = sent.length;
  transport.receive(JSON.stringify({ type: 'publish', topic, payload: base64('two'), clients: 2 }));
  await taken[1];
  expect(parsed(sent).filter((message) => (message as { type: string }).type !== 'publish')).toEqual([
    { type: 'subscribe', topic, topics: [topic] },
    { type: 'unsubscribe', topic, topics: [topic] },
  ]);
  expect(sent).toHaveLength(before + 1);
  expect(received).toEqual([]);
});

it('keeps listening to a topic of its own after a publication to it', async () => {
  const { transport, sent } = startTransport(jsonDialect);
  const taken = transport.publish(topic, utf8('x'));
  void transport.setTopics(new Set([topic])).catch(() => undefined);
  transport.receive(JSON.stringify({ topic, payload: base64('x') }));
  await taken;
  expect(parsed(sent).filter((message) => (message as { type: string }).type === 'unsubscribe')).toEqual([]);
});

it('drops what nobody asked for (E.44)', () => {
  // Seen to fail with the look-up of the topic taken out.
  const { transport, received, faults } = startTransport(jsonDialect);
  void transport.setTopics(new Set([topic])).catch(() => undefined);
  const junk: Frame[] = [
    JSON.stringify({ type: 'publish', topic: randomTopic(), payload: base64('wrong topic') }),
    JSON.stringify({ type: 'subscribe', topic, payload: base64('wrong type') }),
    JSON.stringify({ type: 'publish', topic, payload: 'no base64!' }),
    JSON.stringify({ type: 'publish', topic, payload: 7 }),
    JSON.stringify({ type: 'publish', topic: [topic], payload: base64('x') }),
    JSON.stringify([topic, base64('x')]),
    '{"type":"pong"}',
    '{"__proto__":{"topic":1}}',
    '['.repeat(100_000),
    'no json',
    'null',
    '',
    new Uint8Array([0xff, 0xfe]),
  ];
  for (const frame of junk) transport.receive(frame);
  transport.receive(utf8(JSON.stringify({ topic, payload: base64('as bytes') })));
  expect(received).toEqual([{ topicHex: topic, text: 'as bytes' }]);
  expect(faults).toEqual([]);
});

it('rejects everything that waits when it is closed', async () => {
  const { transport } = startTransport(jsonDialect);
  const waiting = [transport.open(), transport.probe(), transport.publish(topic, utf8('x'))];
  transport.close();
  for (const promise of waiting) await expect(promise).rejects.toMatchObject({ code: 'down' });
  await expect(transport.publish(topic, new Uint8Array(200_000))).rejects.toMatchObject({ code: 'too-large' });
});
