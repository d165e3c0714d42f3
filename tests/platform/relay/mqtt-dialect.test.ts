// The MQTT dialect on its own: what it drops and confirms, whatever a broker sends.
import { expect, it } from 'vitest';
import { type Bytes, fromHex, toBase64url, toHex, utf8 } from '../../../src/core/base/bytes.ts';
import { mqttDialect } from '../../../src/platform/relay/mqtt-dialect.ts';
import { publishPacket } from '../../../src/platform/relay/mqtt-packets.ts';
import { startTransport, type TransportUnderTest } from '../../support/doubles/dialect-transport.ts';
import { randomTopic } from '../../support/worlds/relay-deps.ts';

const topic = randomTopic();

function start(): TransportUnderTest {
  const test = startTransport(mqttDialect);
  void test.transport.setTopics(new Set([topic])).catch(() => undefined);
  test.sent.length = 0;
  return test;
}

function publish(packetId: number, topicHex: string, text: string): Bytes {
  return publishPacket(packetId, `ffc1/${toBase64url(fromHex(topicHex) ?? new Uint8Array())}`, utf8(text));
}

it('delivers only topics that were set, and confirms every message to the broker (MQTT 3.1.1 section 3.4; E.44)', () => {
  // Seen to fail with the look-up of the topic taken out.
  const { transport, sent, received, faults } = start();
  transport.receive(publish(7, randomTopic(), 'wrong topic'));
  transport.receive(publishPacket(8, 'other/topic', utf8('foreign prefix')));
  transport.receive(publishPacket(9, 'ffc1/***', utf8('no base64url')));
  transport.receive(publish(10, topic, 'wanted'));
  expect(received.map(({ text }) => text)).toEqual(['wanted']);
  expect(sent.map((frame) => (typeof frame === 'string' ? frame : toHex(frame)))).toEqual([
    '40020007',
    '40020008',
    '40020009',
    '4002000a',
  ]);
  expect(faults).toEqual([]);
});

it.each([
  ['text', 'hello', 'not-a-relay'],
  ['bytes that are no packet', new Uint8Array([0xff, 0]), 'not-a-relay'],
  ['CONNACK 4', new Uint8Array([0x20, 2, 0, 4]), 'needs-login'],
  ['CONNACK 5', new Uint8Array([0x20, 2, 0, 5]), 'needs-login'],
  ['CONNACK 3', new Uint8Array([0x20, 2, 0, 3]), 'closed'],
  ['CONNACK 2', new Uint8Array([0x20, 2, 0, 2]), 'refused'],
  ['a refused subscription', new Uint8Array([0x90, 3, 0, 1, 0x80]), 'refused'],
])('gives the connection up after %s', (_what, frame, fault) => {
  const { transport, faults } = start();
  transport.receive(frame);
  expect(faults).toEqual([fault]);
});
