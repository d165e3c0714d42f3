// How long the sound in an Opus packet lasts, by its first bytes (RFC 6716 section 3.1): containers do not always say so. Pure.
import type { Bytes } from '../base/bytes.ts';

const silk = [10, 20, 40, 60] as const;
const hybrid = [10, 20] as const;
const celt = [2.5, 5, 10, 20] as const;

function frameMs(configuration: number): number {
  if (configuration < 12) return silk[configuration % 4] ?? 0;
  if (configuration < 16) return hybrid[configuration % 2] ?? 0;
  return celt[configuration % 4] ?? 0;
}

/** In ms; 0 for what is no packet. */
export function opusPacketMs(packet: Bytes): number {
  const [first, second = 0] = packet;
  if (first === undefined) return 0;
  const code = first & 3;
  const frames = code === 0 ? 1 : code === 3 ? second & 63 : 2;
  return frameMs(first >> 3) * frames;
}
