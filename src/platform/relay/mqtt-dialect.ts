// MQTT 3.1.1 over WebSocket (section 6 of the standard): topic `ffc1/<base64url>`, binary payload, QoS 1, clean session.
// Knows one open connection; retry and queue are elsewhere.
import { type Bytes, concat, fromBase64url, fromHex, toBase64url, toHex } from '../../core/bytes.ts';
import { PublishError } from '../../core/ports.ts';
import {
  connectPacket,
  disconnectPacket,
  type MqttPacket,
  MqttPacketReader,
  pingreqPacket,
  pubackPacket,
  publishPacket,
  subscribePacket,
  unsubscribePacket,
} from './mqtt-packets.ts';
import { PendingAnswers } from './pending-answers.ts';
import {
  type Dialect,
  type Frame,
  maxPayloadBytes,
  type Publication,
  type RelayTransport,
  type TransportContext,
} from './relay-transport.ts';

const keepAliveSec = 25;
const prefix = 'ffc1/';
/** SUBACK return code of a refused filter (section 3.9.3). */
const subscriptionRefused = 0x80;

/** A client id of at most 23 digits and letters, which every server must allow (section 3.1.3.1); fresh, so that it links nothing. */
function randomClientId(randomBytes: (length: number) => Bytes): string {
  return toHex(randomBytes(10));
}

function topicName(topicHex: string): string {
  return prefix + toBase64url(fromHex(topicHex) ?? new Uint8Array(0));
}

function topicHexOf(name: string): string | undefined {
  const topic = name.startsWith(prefix) ? fromBase64url(name.slice(prefix.length)) : undefined;
  return topic && toHex(topic);
}

class MqttTransport implements RelayTransport {
  readonly #context: TransportContext;
  readonly #reader = new MqttPacketReader();
  readonly #greeting = new PendingAnswers<'connack'>();
  readonly #answers = new PendingAnswers<number>();
  readonly #pings = new PendingAnswers<'pingresp'>();
  #topics: ReadonlySet<string> = new Set();
  #lastPacketId = 0;

  constructor(context: TransportContext) {
    this.#context = context;
  }

  open(): Promise<void> {
    const { credentials } = this.#context;
    const clientId = randomClientId(this.#context.randomBytes);
    this.#context.send(connectPacket({ clientId, keepAliveSec, ...(credentials ? { credentials } : {}) }));
    return this.#greeting.wait('connack');
  }

  async setTopics(topics: ReadonlySet<string>): Promise<void> {
    const added = [...topics].filter((topic) => !this.#topics.has(topic)).map(topicName);
    const removed = [...this.#topics].filter((topic) => !topics.has(topic)).map(topicName);
    this.#topics = new Set(topics);
    const answers: Promise<void>[] = [];
    if (added.length > 0) answers.push(this.#ask((packetId) => subscribePacket(packetId, added)));
    if (removed.length > 0) answers.push(this.#ask((packetId) => unsubscribePacket(packetId, removed)));
    await Promise.all(answers);
  }

  async publish(topicHex: string, payload: Bytes): Promise<Publication> {
    if (payload.length > maxPayloadBytes) throw new PublishError('too-large');
    await this.#ask((packetId) => publishPacket(packetId, topicName(topicHex), payload));
    return 'acked';
  }

  probe(): Promise<void> {
    this.#context.send(pingreqPacket());
    return this.#pings.wait('pingresp');
  }

  receive(frame: Frame): void {
    const packets = typeof frame === 'string' ? 'malformed' : this.#reader.push(frame);
    if (packets === 'malformed') this.#context.onFault('not-a-relay');
    else for (const packet of packets) this.#receivePacket(packet);
  }

  close(): void {
    this.#context.send(disconnectPacket());
    this.#greeting.failAll();
    this.#answers.failAll();
    this.#pings.failAll();
  }

  #receivePacket(packet: MqttPacket): void {
    switch (packet.type) {
      case 'connack':
        // Codes 4 and 5: bad user name or password, not authorised (section 3.2.2.3).
        if (packet.returnCode === 0) this.#greeting.settle('connack');
        else this.#context.onFault(packet.returnCode === 4 || packet.returnCode === 5 ? 'needs-login' : 'refused');
        return;
      case 'publish': {
        if (packet.packetId !== undefined) this.#context.send(pubackPacket(packet.packetId));
        const topicHex = topicHexOf(packet.topic);
        if (topicHex !== undefined && this.#topics.has(topicHex)) this.#context.onMessage(topicHex, packet.payload);
        return;
      }
      case 'suback':
        if (packet.returnCodes.includes(subscriptionRefused)) this.#context.onFault('refused');
        else this.#answers.settle(packet.packetId);
        return;
      case 'puback':
      case 'unsuback':
        this.#answers.settle(packet.packetId);
        return;
      case 'pingresp':
        this.#pings.settle('pingresp');
    }
  }

  /** Sends a packet under a free packet identifier, 1 to 65535 (section 2.3.1). */
  #ask(packetOf: (packetId: number) => Bytes): Promise<void> {
    do {
      this.#lastPacketId = (this.#lastPacketId % 0xffff) + 1;
    } while (this.#answers.has(this.#lastPacketId));
    const answer = this.#answers.wait(this.#lastPacketId);
    this.#context.send(packetOf(this.#lastPacketId));
    return answer;
  }
}

/** MQTT 3.1.1 over the WebSocket subprotocol `mqtt`. */
export const mqttDialect: Dialect = {
  name: 'mqtt',
  subprotocols: ['mqtt'],
  greetsWith: 'binary',
  livesAt: (url) => /\/mqtt\/?$/.test(url.pathname) || ['8083', '8084', '8081', '8884'].includes(url.port),
  greeting: (randomBytes) => [connectPacket({ clientId: randomClientId(randomBytes), keepAliveSec })],
  // CONNACK, whatever its return code (section 3.2).
  recognises({ answers }) {
    if (answers.some((frame) => typeof frame === 'string')) return false;
    const packets = new MqttPacketReader().push(concat(...answers.filter((frame) => typeof frame !== 'string')));
    return packets !== 'malformed' && packets[0]?.type === 'connack';
  },
  transport: (context) => new MqttTransport(context),
};
