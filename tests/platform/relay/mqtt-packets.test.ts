// The MQTT codec against byte sequences written down by hand from the standard.
import { describe, expect, it } from 'vitest';
import { type Bytes, concat, fromHex, toHex, utf8 } from '../../../src/core/base/bytes.ts';
import {
  connectPacket,
  disconnectPacket,
  MqttPacketReader,
  pingreqPacket,
  pubackPacket,
  publishPacket,
  subscribePacket,
  unsubscribePacket,
} from '../../../src/platform/relay/mqtt-packets.ts';

function hex(text: string): Bytes {
  return fromHex(text.replaceAll(' ', '')) ?? new Uint8Array();
}

describe('MQTT packets that are sent', () => {
  it.each([
    ['CONNECT', connectPacket({ clientId: 'a', keepAliveSec: 25 }), '10 0d 0004 4d515454 04 02 0019 0001 61'],
    [
      'CONNECT with credentials',
      connectPacket({ clientId: 'a', keepAliveSec: 25, credentials: { user: 'u', password: 'p' } }),
      '10 13 0004 4d515454 04 c2 0019 0001 61 0001 75 0001 70',
    ],
    ['SUBSCRIBE', subscribePacket(258, ['a', 'b']), '82 0a 0102 0001 61 01 0001 62 01'],
    ['UNSUBSCRIBE', unsubscribePacket(1, ['a']), 'a2 05 0001 0001 61'],
    ['PUBLISH', publishPacket(10, 'a/b', utf8('hi')), '32 09 0003 612f62 000a 6869'],
    ['PUBACK', pubackPacket(10), '40 02 000a'],
    ['PINGREQ', pingreqPacket(), 'c0 00'],
    ['DISCONNECT', disconnectPacket(), 'e0 00'],
  ])('%s is as the standard writes it', (_name, bytes, expected) => {
    expect(toHex(bytes)).toBe(expected.replaceAll(' ', ''));
  });

  it('write the remaining length in as many bytes as it needs', () => {
    const lengths = [100, 200, 20_000].map((size) => toHex(publishPacket(1, 'a', new Uint8Array(size)).subarray(0, 4)));
    expect(lengths).toEqual(['32690001', '32cd0100', '32a59c01']);
  });
});

describe('MqttPacketReader', () => {
  const stream = concat(
    hex('20 02 00 00'),
    hex('30 05 0003 612f62'),
    publishPacket(10, 'a/b', new Uint8Array(300).fill(7)),
    hex('40 02 000a'),
    hex('90 04 0001 01 80'),
    hex('b0 02 0002'),
    hex('d0 00'),
  );
  const packets = [
    { type: 'connack', returnCode: 0 },
    { type: 'publish', topic: 'a/b', payload: new Uint8Array(0) },
    { type: 'publish', topic: 'a/b', payload: new Uint8Array(300).fill(7), packetId: 10 },
    { type: 'puback', packetId: 10, reasonCode: 0 },
    { type: 'suback', packetId: 1, returnCodes: [1, 0x80] },
    { type: 'unsuback', packetId: 2 },
    { type: 'pingresp' },
  ];

  it('reads packets, however the bytes are cut into frames', () => {
    for (const size of [1, 2, 3, 7, 100, stream.length]) {
      const reader = new MqttPacketReader();
      const read: unknown[] = [];
      for (let at = 0; at < stream.length; at += size) read.push(...reader.push(stream.slice(at, at + size)));
      expect(read, `in pieces of ${size}`).toEqual(packets);
    }
  });

  it.each([
    ['a packet above 256 KB is announced', '30 81 80 10'],
    ['the remaining length has five bytes', '30 ff ff ff ff 01'],
    ['a packet only clients send', '10 00'],
    ['QoS 2', '34 05 0001 61 0001'],
    ['a topic longer than the packet', '30 03 00ff 61'],
    ['a topic that is no UTF-8', '30 03 0001 ff'],
    ['a CONNACK of the wrong size', '20 03 000000'],
  ])('is broken for good when %s', (_case, bytes) => {
    const reader = new MqttPacketReader();
    expect(reader.push(hex(bytes))).toBe('malformed');
    expect(reader.push(hex('d0 00'))).toBe('malformed');
  });
});
