// A sender that is as wanted is not read again for a while: reading stops the page.
import { expect, test } from 'vitest';
import { type SenderPort, type WantedEncoding, writeSender } from '../../../src/link/connection/sender-parameters.ts';

const wanted: WantedEncoding = { active: true, maxBitrate: 500_000, priority: 'low' };

function countedSender() {
  let stored = { encodings: [{ active: true }], codecs: [] } as unknown as RTCRtpSendParameters;
  const counts = { reads: 0, writes: 0 };
  const sender: SenderPort = {
    getParameters: () => {
      counts.reads += 1;
      return structuredClone(stored);
    },
    setParameters: async (parameters) => {
      counts.writes += 1;
      stored = structuredClone(parameters);
    },
  };
  const forget = () => {
    stored = { ...stored, encodings: [{ active: true }] };
  };
  return { sender, counts, forget, bitrate: () => stored.encodings[0]?.maxBitrate };
}

test('what is found as wanted is left alone for five seconds, then looked at again', async () => {
  const { sender, counts, forget, bitrate } = countedSender();
  let atMs = 0;
  const write = (change: Partial<WantedEncoding> = {}) => writeSender(sender, { ...wanted, ...change }, () => atMs);
  await write();
  await write();
  const { reads } = counts;
  atMs = 4_900;
  await write();
  expect(counts).toEqual({ reads, writes: 1 });
  // The browser has lost it, as a renegotiation may do.
  forget();
  atMs = 5_100;
  await write();
  expect(bitrate()).toBe(500_000);
});

test('what is wanted anew is written at once', async () => {
  const { sender, bitrate } = countedSender();
  for (const maxBitrate of [500_000, 500_000, 200_000, 200_000, 500_000])
    await writeSender(sender, { ...wanted, maxBitrate }, () => 0);
  expect(bitrate()).toBe(500_000);
  await writeSender(sender, { ...wanted, maxBitrate: 200_000 }, () => 0);
  expect(bitrate()).toBe(200_000);
});
