// Parsers of what relays send: frames of each dialect, and the document of a Nostr relay.
import { concat, utf8 } from '../../src/core/base/bytes.ts';
import { cleanDisplayName } from '../../src/core/base/display-name.ts';
import { dialects } from '../../src/platform/relay/dialect-table.ts';
import { MqttPacketReader } from '../../src/platform/relay/mqtt-packets.ts';
import { readNip11 } from '../../src/platform/relay/nip11.ts';
import type { Frame } from '../../src/platform/relay/relay-transport.ts';
import { startTransport } from '../support/doubles/dialect-transport.ts';
import { ManualClock } from '../support/doubles/manual-clock.ts';
import { type FuzzedParser, must, textOf } from './fuzzed-parser.ts';

const topic = 'ab'.repeat(32);
/** Between the frames of a text dialect. */
const separator = '\x1e';
const payload = Buffer.from('sealed').toString('base64');

/** The frames go to a transport that listens on one topic: it delivers nothing of another, and says little. */
async function feed(name: keyof typeof dialects, frames: readonly Frame[]): Promise<void> {
  const { transport, sent, received } = startTransport(dialects[name], new ManualClock(1_800_000_000_000));
  const asked = [transport.open(), transport.setTopics(new Set([topic]))];
  // Nobody here answers: all of them fail when the transport is closed.
  for (const question of asked) question.catch(() => undefined);
  const before = sent.length;
  for (const frame of frames) transport.receive(frame);
  dialects[name].recognises({ asked: sent, answers: frames, overheard: frames });
  const length = frames.reduce((sum, frame) => sum + frame.length, 0);
  must(
    received.every(({ topicHex }) => topicHex === topic),
    'a message of another topic',
  );
  must(received.length <= frames.length + length / 4, 'more messages than frames');
  must(sent.length - before <= frames.length + length / 4, 'more answers than frames');
  transport.close();
  await Promise.allSettled(asked);
}

const textDialect = (
  name: 'nostr' | 'json-pubsub' | 'broadcast',
  dictionary: readonly string[],
  ...seeds: readonly string[]
): FuzzedParser => ({
  name: `relay-${name}`,
  dictionary: [...dictionary, separator, '{', '[', '"', ',', topic, payload],
  seeds: async () => seeds.map(utf8),
  async check(input) {
    const texts = textOf(input).split(separator).slice(0, 50);
    await feed(name, texts);
    await feed(name, texts.map(utf8));
  },
});

const nostr = textDialect(
  'nostr',
  ['["OK","', '["EVENT","', '["CLOSED","', '["NOTICE","', 'auth-required:', 'rate-limited:', '"kind":21059', '["p","'],
  JSON.stringify(['EVENT', 'a', { kind: 21059, tags: [['p', topic]], content: payload }]),
  ['["OK","a",false,"invalid: created_at too old"]', '["EOSE","a"]', '["NOTICE","too large"]'].join(separator),
  ['["AUTH","challenge"]', '["CLOSED","a","auth-required: log in"]'].join(separator),
);

const jsonPubsub = textDialect(
  'json-pubsub',
  ['"type":"publish"', '"type":"error"', '"topic":"', '"payload":"', '"clients":1'],
  JSON.stringify({ type: 'publish', topic, payload, clients: 2 }),
  ['{"type":"error"}', JSON.stringify({ topic, payload })].join(separator),
);

const nonce = `{"nonce":"${'0'.repeat(32)}"}`;
const broadcast = textDialect(
  'broadcast',
  ['{"nonce":"', '0'.repeat(32), '='],
  nonce,
  Buffer.from(concat(Uint8Array.from(Buffer.from(topic, 'hex')), utf8('sealed'))).toString('base64'),
);

const mqtt: FuzzedParser = {
  name: 'relay-mqtt',
  dictionary: [
    Uint8Array.of(0x20, 2, 0, 0),
    Uint8Array.of(0x90, 3, 0, 1, 1),
    Uint8Array.of(0x40, 2, 0, 1),
    Uint8Array.of(0xb0, 2, 0, 1),
    Uint8Array.of(0xd0, 0),
    Uint8Array.of(0x80, 0x80, 0x80, 0x80),
    'ffc1/',
  ],
  async seeds() {
    const name = utf8(`ffc1/${Buffer.from(topic, 'hex').toString('base64url')}`);
    const body = concat(Uint8Array.of(0, name.length), name, Uint8Array.of(0, 7), utf8('sealed'));
    return [
      Uint8Array.of(0x20, 2, 0, 0, 0x90, 3, 0, 1, 1, 0xd0, 0),
      concat(Uint8Array.of(0x32, body.length), body),
      Uint8Array.of(0x40, 3, 0, 1, 0x97, 0xb0, 2, 0, 2),
    ];
  },
  async check(input) {
    const whole = new MqttPacketReader().push(input);
    const reader = new MqttPacketReader();
    // However a server cuts the stream: the same packets, until one is wrong.
    const pieces = Array.from(input, (byte) => reader.push(Uint8Array.of(byte)));
    must(pieces.includes('malformed') === (whole === 'malformed'), 'wrong in pieces only, or only as a whole');
    if (whole !== 'malformed') must(JSON.stringify(pieces.flat()) === JSON.stringify(whole), 'other packets in pieces');
    await feed('mqtt', [input]);
  },
};

const nip11: FuzzedParser = {
  name: 'nip11',
  dictionary: [
    '"supported_nips":[',
    '"name":"',
    '"limitation":{',
    '"max_message_length":',
    '"payments_url":"https://',
    'javascript:',
    '1e999',
    '\u202e',
    '{',
    '}',
  ],
  seeds: async () => [
    utf8(
      JSON.stringify({
        supported_nips: [1],
        name: 'Relay',
        limitation: { max_message_length: 65_536, payment_required: true },
        terms_of_service: 'https://relay.example/terms',
        posting_policy: 'https://relay.example/',
        payments_url: 'https://pay.example/',
      }),
    ),
  ],
  async check(input) {
    const { description } = await readNip11('wss://relay.example/', {
      clock: new ManualClock(),
      fetch: async () => ({ status: 200, body: new Blob([input]).stream() }),
    });
    if (!description) return;
    const { name = '', terms, postingPolicy, payments } = description;
    must(name.length <= 100 && cleanDisplayName(name) === name, 'a name out of bounds');
    for (const address of [terms, postingPolicy, payments])
      must(address === undefined || address.startsWith('https://'), 'an address of another kind');
  },
};

export const relayParsers: readonly FuzzedParser[] = [nostr, mqtt, jsonPubsub, broadcast, nip11];
