// MQTT 3.1.1 control packets as bytes: what a client with QoS 0 and 1 sends and understands. Knows no socket and no topic names.
// Own codec because npm's mqtt-packet needs Node's Buffer, streams and `debug` in the browser.
import { type Bytes, concat, fromUtf8, utf8 } from '../../core/base/bytes.ts';
import { maxFrameBytes } from './relay-transport.ts';

/** A packet that a server may send to us (MQTT 3.1.1 section 2.2.1). */
export type MqttPacket =
  | { readonly type: 'connack'; readonly returnCode: number }
  | { readonly type: 'publish'; readonly topic: string; readonly payload: Bytes; readonly packetId?: number }
  /** Servers that speak MQTT 5 to everybody add why they do not take it; 0 is a yes. */
  | { readonly type: 'puback'; readonly packetId: number; readonly reasonCode: number }
  | { readonly type: 'suback'; readonly packetId: number; readonly returnCodes: readonly number[] }
  | { readonly type: 'unsuback'; readonly packetId: number }
  | { readonly type: 'pingresp' };

function u16(value: number): Bytes {
  return new Uint8Array([(value >>> 8) & 255, value & 255]);
}

/** A UTF-8 string or binary field with its length (section 1.5.3). */
function field(bytes: Bytes): Bytes {
  return concat(u16(bytes.length), bytes);
}

function packet(firstByte: number, ...parts: readonly Bytes[]): Bytes {
  const body = concat(...parts);
  const length: number[] = [];
  let left = body.length;
  do {
    length.push((left % 128) | (left > 127 ? 128 : 0));
    left = Math.floor(left / 128);
  } while (left > 0);
  return concat(new Uint8Array([firstByte, ...length]), body);
}

/** CONNECT with a clean session and no will (section 3.1). */
export function connectPacket(options: {
  readonly clientId: string;
  readonly keepAliveSec: number;
  readonly credentials?: { readonly user: string; readonly password: string };
}): Bytes {
  const { credentials } = options;
  return packet(
    0x10,
    field(utf8('MQTT')),
    new Uint8Array([4, 0x02 | (credentials ? 0xc0 : 0)]),
    u16(options.keepAliveSec),
    field(utf8(options.clientId)),
    ...(credentials ? [field(utf8(credentials.user)), field(utf8(credentials.password))] : []),
  );
}

/** SUBSCRIBE with QoS 1 for every filter (section 3.8). */
export function subscribePacket(packetId: number, filters: readonly string[]): Bytes {
  return packet(0x82, u16(packetId), ...filters.flatMap((filter) => [field(utf8(filter)), new Uint8Array([1])]));
}

/** UNSUBSCRIBE (section 3.10). */
export function unsubscribePacket(packetId: number, filters: readonly string[]): Bytes {
  return packet(0xa2, u16(packetId), ...filters.map((filter) => field(utf8(filter))));
}

/** PUBLISH with QoS 1, not retained (section 3.3). */
export function publishPacket(packetId: number, topic: string, payload: Bytes): Bytes {
  return packet(0x32, field(utf8(topic)), u16(packetId), payload);
}

/** PUBACK (section 3.4). */
export function pubackPacket(packetId: number): Bytes {
  return packet(0x40, u16(packetId));
}

/** PINGREQ (section 3.12). */
export function pingreqPacket(): Bytes {
  return packet(0xc0);
}

/** DISCONNECT (section 3.14). */
export function disconnectPacket(): Bytes {
  return packet(0xe0);
}

function parsePublish(flags: number, body: Bytes): MqttPacket | undefined {
  const qos = (flags >> 1) & 3;
  // We subscribe with QoS 1, so nothing higher may come (section 3.8.4).
  if (qos > 1 || body.length < 2) return undefined;
  const topicEnd = 2 + (((body[0] ?? 0) << 8) | (body[1] ?? 0));
  const payloadStart = topicEnd + (qos === 1 ? 2 : 0);
  if (payloadStart > body.length) return undefined;
  const topic = fromUtf8(body.subarray(2, topicEnd));
  if (topic === undefined) return undefined;
  const payload = body.slice(payloadStart);
  if (qos === 0) return { type: 'publish', topic, payload };
  return { type: 'publish', topic, payload, packetId: ((body[topicEnd] ?? 0) << 8) | (body[topicEnd + 1] ?? 0) };
}

function parseBody(firstByte: number, body: Bytes): MqttPacket | undefined {
  const first = body[0] ?? 0;
  const second = body[1] ?? 0;
  const packetId = (first << 8) | second;
  switch (firstByte >> 4) {
    case 2:
      return body.length === 2 ? { type: 'connack', returnCode: second } : undefined;
    case 3:
      return parsePublish(firstByte & 15, body);
    case 4:
      return body.length >= 2 ? { type: 'puback', packetId, reasonCode: body[2] ?? 0 } : undefined;
    case 9:
      return body.length > 2 ? { type: 'suback', packetId, returnCodes: [...body.subarray(2)] } : undefined;
    case 11:
      return body.length === 2 ? { type: 'unsuback', packetId } : undefined;
    case 13:
      return body.length === 0 ? { type: 'pingresp' } : undefined;
    default:
      return undefined;
  }
}

/** The length of the first packet in bytes: undefined when its header is not whole, NaN when it is malformed or announces more than 256 KB. */
function packetLength(bytes: Bytes): number | undefined {
  let bodyLength = 0;
  for (let at = 1; at <= 4; at++) {
    const digit = bytes[at];
    if (digit === undefined) return undefined;
    bodyLength += (digit & 127) * 128 ** (at - 1);
    if (digit < 128) return bodyLength > maxFrameBytes ? Number.NaN : at + 1 + bodyLength;
  }
  return Number.NaN;
}

/** Cuts a byte stream into packets: frames of a WebSocket need not be whole packets (MQTT 3.1.1 section 6). */
export class MqttPacketReader {
  #chunks: Uint8Array[] = [];
  #heldLength = 0;
  /** Bytes to hold before looking again, so that a packet in a thousand chunks is joined once. */
  #needed = 2;
  #isBroken = false;

  /** @returns the packets that became whole, or 'malformed', for good, once a byte was wrong or a packet above 256 KB was announced. */
  push(bytes: Uint8Array): MqttPacket[] | 'malformed' {
    if (this.#isBroken) return 'malformed';
    this.#chunks.push(bytes);
    this.#heldLength += bytes.length;
    if (this.#heldLength < this.#needed) return [];
    let rest = concat(...this.#chunks);
    const packets: MqttPacket[] = [];
    let length = packetLength(rest);
    while (length !== undefined && !(length > rest.length)) {
      const headerEnd = rest.findIndex((byte, at) => at > 0 && byte < 128) + 1;
      const parsed = Number.isNaN(length) ? undefined : parseBody(rest[0] ?? 0, rest.slice(headerEnd, length));
      if (!parsed) {
        this.#isBroken = true;
        this.#chunks = [];
        return 'malformed';
      }
      packets.push(parsed);
      rest = rest.slice(length);
      length = packetLength(rest);
    }
    this.#chunks = [rest];
    this.#heldLength = rest.length;
    this.#needed = length ?? rest.length + 1;
    return packets;
  }
}
