// MQTT 3.1.1 over WebSocket (section 6 of the standard): topic `ffc1/<base64url>`, binary payload, QoS 1, clean session.
// Knows one open connection; retry and queue are elsewhere.
import { type Bytes, concat, fromBase64url, fromHex, toBase64url, toHex } from '../../core/base/bytes.ts';
import { PublishError, type PublishFailure } from '../../core/base/ports.ts';
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
/** Topics in one SUBSCRIBE or UNSUBSCRIBE: some servers close the connection at more than eight. */
const topicsInPacket = 8;
const prefix = 'ffc1/';
/** Codes of SUBACK from here on are refusals (section 3.9.3), and all codes of MQTT 5. */
const firstRefusal = 0x80;
/**
 * Refusals that pass: server unavailable (section 3.2.2.3), and what servers of MQTT 5 say for it: unavailable, busy, receive maximum
 * exceeded, message rate too high, quota exceeded, use another server for now, connection rate exceeded.
 */
const passingCodes: ReadonlySet<number> = new Set([3, 0x88, 0x89, 0x93, 0x96, 0x97, 0x9c, 0x9f]);
/** Bad user name or password, not authorised (section 3.2.2.3), and the same of MQTT 5. */
const loginCodes: ReadonlySet<number> = new Set([4, 5, 0x86, 0x87]);
const sizeCode = 0x95;

function faultOf(code: number): 'closed' | 'needs-login' | 'refused' {
  if (passingCodes.has(code)) return 'closed';
  return loginCodes.has(code) ? 'needs-login' : 'refused';
}

function failureOf(code: number): PublishFailure {
  if (code === sizeCode) return 'too-large';
  const fault = faultOf(code);
  return fault === 'closed' ? 'rate-limited' : fault;
}

/** A client id of at most 23 digits and letters, which every server must allow (section 3.1.3.1); fresh, so that it links nothing. */
function randomClientId(randomBytes: (length: number) => Bytes): string {
  return toHex(randomBytes(10));
}

function inPackets(names: readonly string[]): readonly string[][] {
  return Array.from({ length: Math.ceil(names.length / topicsInPacket) }, (_, i) =>
    names.slice(i * topicsInPacket, (i + 1) * topicsInPacket),
  );
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
    await Promise.all([
      ...inPackets(added).map((names) => this.#ask((packetId) => subscribePacket(packetId, names))),
      ...inPackets(removed).map((names) => this.#ask((packetId) => unsubscribePacket(packetId, names))),
    ]);
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
        if (packet.returnCode === 0) this.#greeting.settle('connack');
        else this.#context.onFault(faultOf(packet.returnCode));
        return;
      case 'publish': {
        if (packet.packetId !== undefined) this.#context.send(pubackPacket(packet.packetId));
        const topicHex = topicHexOf(packet.topic);
        if (topicHex !== undefined && this.#topics.has(topicHex)) this.#context.onMessage(topicHex, packet.payload);
        return;
      }
      case 'suback': {
        const refused = packet.returnCodes.find((code) => code >= firstRefusal);
        if (refused === undefined) this.#answers.settle(packet.packetId);
        else this.#context.onFault(passingCodes.has(refused) ? 'closed' : 'refused');
        return;
      }
      case 'puback': {
        const { packetId, reasonCode } = packet;
        if (reasonCode < firstRefusal) this.#answers.settle(packetId);
        else this.#answers.fail(packetId, new PublishError(failureOf(reasonCode)));
        return;
      }
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
