// The broadcast dialect on its own: proof by a witness, binary or text, and junk that costs nothing.
import { expect, it } from 'vitest';
import { concat, fromHex, utf8 } from '../../../src/core/base/bytes.ts';
import { broadcastDialect } from '../../../src/platform/relay/broadcast-dialect.ts';
import type { Frame } from '../../../src/platform/relay/relay-transport.ts';
import { startTransport, type TransportUnderTest } from '../../support/doubles/dialect-transport.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { randomBytes, randomTopic } from '../../support/worlds/relay-deps.ts';

const topic = randomTopic();
const message = (topicHex: string, text: string): Uint8Array<ArrayBuffer> =>
  concat(fromHex(topicHex) ?? new Uint8Array(0), utf8(text));
const asText = (frame: Uint8Array): string => Buffer.from(frame).toString('base64');

/** How a server treats what one socket says to the other. */
interface Server {
  readonly echoes?: boolean;
  readonly binary: 'kept' | 'refused' | 'damaged' | 'lost';
}

/** Plays the server of one exchange with the witness that was opened last. */
function play(test: TransportUnderTest, { echoes, binary }: Server): void {
  const witness = test.second.at(-1);
  if (!witness) throw new Error('no witness was opened');
  let hasEnded = false;
  const deliver = (frame: Frame): void => {
    if (hasEnded) return;
    if (typeof frame === 'string' || binary === 'kept') test.transport.receive(frame);
    else if (binary === 'damaged') test.transport.receive(new TextDecoder().decode(frame));
    else {
      hasEnded = true;
      if (binary === 'refused') witness.events.onEnd('closed');
    }
  };
  // The nonce goes up, over the main connection.
  const asked = test.sent.length;
  witness.events.onOpen();
  for (const frame of test.sent.slice(asked)) {
    if (echoes) test.transport.receive(frame);
    witness.events.onFrame(frame);
  }
  // What the witness says comes down; it says more once it has been heard.
  const [down = ''] = witness.sent;
  deliver(down);
  setImmediate(() => witness.sent.slice(1).forEach(deliver));
}

async function opened(server: Server): Promise<TransportUnderTest> {
  const clock = new ManualClock();
  const test = startTransport(broadcastDialect, clock);
  const open = test.transport.open();
  play(test, server);
  // Only a server that swallows binary and what follows is waited for.
  if (server.binary === 'lost') await clock.advance(3_000);
  await open;
  await test.transport.setTopics(new Set([topic]));
  test.sent.length = 0;
  return test;
}

it.each<[string, Server, 'binary' | 'text']>([
  ['that keeps binary', { binary: 'kept' }, 'binary'],
  ['that ends a connection over a binary frame', { binary: 'refused' }, 'text'],
  ['that makes text of binary frames', { binary: 'damaged' }, 'text'],
  ['that swallows binary frames', { binary: 'lost' }, 'text'],
])('speaks to a server %s as it can bear', async (_which, server, expected) => {
  const test = await opened(server);
  expect(await test.transport.publish(topic, utf8('hello'))).toBe('sent');
  const [frame] = test.sent;
  expect(frame).toEqual(expected === 'binary' ? message(topic, 'hello') : asText(message(topic, 'hello')));
  expect(test.second.map(({ isClosed }) => isClosed)).toEqual([true]);
});

it('never shows a server a binary frame before it has proven to be a broadcast', () => {
  const test = startTransport(broadcastDialect);
  void test.transport.open().catch(() => undefined);
  const witness = test.second[0];
  witness?.events.onOpen();
  witness?.events.onFrame('{"nonce":"00000000000000000000000000000000"}');
  expect([...test.sent, ...(witness?.sent ?? [])]).toEqual([expect.stringMatching(/^\{"nonce":"[0-9a-f]{32}"\}$/)]);
  test.transport.close();
  expect(witness?.isClosed).toBe(true);
});

it('takes its own frame as a confirmation where the server echoes, and needs no witness for a probe there', async () => {
  const test = await opened({ binary: 'kept', echoes: true });
  const taken = test.transport.publish(topic, utf8('hello'));
  const other = test.transport.publish(topic, utf8('other'));
  for (const frame of test.sent.slice(0, 1)) test.transport.receive(frame);
  expect(await taken).toBe('acked');
  const probe = test.transport.probe();
  test.transport.receive(test.sent.at(-1) ?? '');
  await probe;
  expect(test.second).toHaveLength(1);
  test.transport.close();
  await expect(other).rejects.toMatchObject({ code: 'down' });
});

it('proves both directions by a witness where the server does not echo', async () => {
  const test = await opened({ binary: 'kept' });
  let isProven = false;
  const probe = test.transport.probe().then(() => {
    isProven = true;
  });
  const witness = test.second.at(-1);
  expect(test.second).toHaveLength(2);
  witness?.events.onOpen();
  const [up] = test.sent;
  witness?.events.onFrame(up ?? '');
  await Promise.resolve();
  expect(isProven).toBe(false);
  // Servers send text on as binary frames, too.
  test.transport.receive(utf8(String(witness?.sent[0])));
  await probe;
  expect(witness?.isClosed).toBe(true);
});

it('drops what nobody asked for, whatever its form (E.44)', async () => {
  // Seen to fail with the look-up of the topic taken out.
  const test = await opened({ binary: 'damaged' });
  const junk: Frame[] = [
    message(randomTopic(), 'wrong topic'),
    asText(message(randomTopic(), 'wrong topic')),
    randomBytes(31),
    randomBytes(0),
    'no base64 at all',
    '{"nonce":"00000000000000000000000000000000"}',
    `${asText(message(topic, 'x'))}!`,
    '',
  ];
  for (const frame of junk) test.transport.receive(frame);
  test.transport.receive(message(topic, 'binary'));
  test.transport.receive(asText(message(topic, 'text')));
  test.transport.receive(utf8(asText(message(topic, 'text as binary'))));
  expect(test.received.map(({ text }) => text)).toEqual(['binary', 'text', 'text as binary']);
  expect(test.faults).toEqual([]);
});

it('holds nothing of a flood of junk', async () => {
  const test = await opened({ binary: 'kept' });
  const before = process.memoryUsage();
  for (let round = 0; round < 30_000; round++) {
    const junk = new Uint8Array(32_768);
    junk.set([round & 255, round >> 8], 0);
    test.transport.receive(junk);
  }
  const after = process.memoryUsage();
  // A gigabyte went by.
  expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(400_000_000);
  expect(test.received).toEqual([]);
});
