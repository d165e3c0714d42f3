// Reads what a relay saw: the payloads of messages that clients published, and all frames as text.
import type { RecordedFrame } from '../../../tools/relays/recording-server.mjs';

const asBytes = (data: Uint8Array | string): Buffer =>
  typeof data === 'string' ? Buffer.from(data) : Buffer.from(data);

/** Everything that crossed the relay, readable or not, as one text. */
export function textOfFrames(frames: readonly RecordedFrame[]): string {
  return frames.map(({ bytes }) => asBytes(bytes).toString('latin1')).join('\n');
}

/** The payloads of all published messages: for Nostr the content of events, for MQTT what follows the topic. */
export function payloadsOf(kind: 'nostr' | 'mqtt', frames: readonly RecordedFrame[]): Buffer[] {
  const incoming = frames.filter(({ direction }) => direction === 'in').map(({ bytes }) => asBytes(bytes));
  return kind === 'nostr' ? incoming.flatMap(nostrPayload) : incoming.flatMap(mqttPayloads);
}

function nostrPayload(frame: Buffer): Buffer[] {
  const message: unknown = JSON.parse(frame.toString('utf8'));
  if (!Array.isArray(message) || message[0] !== 'EVENT') return [];
  return [Buffer.from((message[1] as { content: string }).content, 'base64')];
}

/** MQTT 3.1.1 section 3.3: fixed header, topic, packet identifier at QoS 1, payload. */
function mqttPayloads(frame: Buffer): Buffer[] {
  const payloads: Buffer[] = [];
  for (let at = 0; at < frame.length; ) {
    const head = frame[at] ?? 0;
    let length = 0;
    let shift = 0;
    let digit: number;
    do {
      digit = frame[++at] ?? 0;
      length |= (digit & 127) << shift;
      shift += 7;
    } while (digit & 128);
    const body = frame.subarray(at + 1, at + 1 + length);
    if (head >> 4 === 3) payloads.push(body.subarray(2 + body.readUInt16BE(0) + ((head & 6) === 0 ? 0 : 2)));
    at += 1 + length;
  }
  return payloads;
}
