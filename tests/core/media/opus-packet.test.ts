// The length of Opus packets, against the table of RFC 6716 section 3.1.
import { expect, test } from 'vitest';
import { opusPacketMs } from '../../../src/core/media/opus-packet.ts';

const bytes = (...values: readonly number[]) => new Uint8Array(values);

test.each([
  ['narrow-band SILK of 60 ms', bytes(3 << 3), 60],
  ['hybrid of 20 ms', bytes(15 << 3), 20],
  ['CELT of 2.5 ms', bytes(16 << 3), 2.5],
  ['two frames of 20 ms', bytes((31 << 3) | 1), 40],
  ['three frames of 20 ms', bytes((31 << 3) | 3, 3), 60],
  ['silence as it is filled in', bytes(0xf8, 0xff, 0xfe), 20],
  ['nothing', bytes(), 0],
])('%s', (_what, packet, ms) => {
  expect(opusPacketMs(packet)).toBe(ms);
});
