// From a browser's statistics to samples, once a second: what Chromium tells, what Firefox tells instead, what neither does.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LinkStats } from '../../../src/call/quality/link-stats.ts';
import type { LinkSample } from '../../../src/core/media/link-sample.ts';

type Entry = Readonly<Record<string, unknown>>;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The samples that these readings make, one second from one to the next. */
async function samplesOf(...readings: readonly (readonly Entry[])[]): Promise<readonly LinkSample[]> {
  const samples: LinkSample[] = [];
  const stats = new LinkStats({ onSample: (sample) => samples.push(sample) });
  let next = 0;
  const source = {
    getStats: async () => new Map((readings[next++] ?? []).map((entry) => [String(entry['id']), entry])),
  };
  stats.follow(source);
  await vi.advanceTimersByTimeAsync((readings.length - 1) * 1_000 + 1);
  stats.follow(undefined);
  return samples;
}

/** What Chromium tells after so many seconds of a call; `changed` by id. */
function chromium(seconds: number, changed: Readonly<Record<string, Entry>> = {}): readonly Entry[] {
  const entries: readonly Entry[] = [
    {
      id: 'T',
      type: 'transport',
      selectedCandidatePairId: 'P',
      bytesSent: 20_000 * seconds,
      bytesReceived: 10_000 * seconds,
    },
    {
      id: 'P',
      type: 'candidate-pair',
      transportId: 'T',
      localCandidateId: 'L',
      remoteCandidateId: 'R',
      currentRoundTripTime: 0.05,
      availableOutgoingBitrate: 300_000,
      responsesReceived: seconds,
    },
    {
      id: 'L',
      type: 'local-candidate',
      candidateType: 'relay',
      protocol: 'udp',
      relayProtocol: 'tls',
      address: '192.0.2.1',
    },
    { id: 'R', type: 'remote-candidate', candidateType: 'host', protocol: 'udp', address: '198.51.100.2' },
    { id: 'C', type: 'codec', mimeType: 'video/VP8' },
    {
      id: 'OV',
      type: 'outbound-rtp',
      kind: 'video',
      codecId: 'C',
      remoteId: 'ROV',
      active: true,
      bytesSent: 5_000 * seconds,
      packetsSent: 25 * seconds,
      retransmittedPacketsSent: 5 * seconds,
      framesEncoded: 10 * seconds,
      totalEncodeTime: 0.02 * seconds,
      targetBitrate: 60_000,
      qualityLimitationReason: 'bandwidth',
    },
    { id: 'ROV', type: 'remote-inbound-rtp', kind: 'video', fractionLost: 0.25, packetsLost: 3 * seconds },
    { id: 'OLD', type: 'outbound-rtp', kind: 'video', bytesSent: 90, packetsSent: 3, framesEncoded: 1 },
    {
      id: 'IA',
      type: 'inbound-rtp',
      kind: 'audio',
      bytesReceived: 4_000 * seconds,
      packetsReceived: 45 * seconds,
      packetsLost: 5 * seconds,
      totalSamplesReceived: 48_000 * seconds,
      concealedSamples: 6_000 * seconds,
      silentConcealedSamples: 1_200 * seconds,
      jitterBufferDelay: 4_800 * seconds,
      jitterBufferEmittedCount: 48_000 * seconds,
    },
  ];
  return entries.map((entry) => ({ ...entry, ...changed[String(entry['id'])] }));
}

describe('what Chromium tells', () => {
  it('becomes a sample of each second', async () => {
    const [first, second, ...more] = await samplesOf(chromium(1), chromium(2), chromium(3));
    expect(more).toEqual([]);
    expect(second).toMatchObject({
      intervalMs: 1_000,
      bytesSent: 60_000,
      bytesReceived: 30_000,
      sentBitsPerSecond: 160_000,
    });
    expect(first).toMatchObject({
      rttMs: 50,
      sentBitsPerSecond: 160_000,
      receivedBitsPerSecond: 80_000,
      estimateBitsPerSecond: 300_000,
      silentMs: 0,
      way: { localKind: 'relay', relayProtocol: 'tls', remoteKind: 'host', remoteAddress: '198.51.100.2' },
    });
  });

  it('says what the picture costs, what holds it back and what had to be sent again', async () => {
    const [sample] = await samplesOf(chromium(1), chromium(2));
    expect(sample?.pictureOut).toMatchObject({
      codec: 'VP8',
      isActive: true,
      bitsPerSecond: 40_000,
      packetsPerSecond: 25,
      framesPerSecond: 10,
      codingMsPerFrame: 2,
      targetBitsPerSecond: 60_000,
      limitedBy: 'bandwidth',
      lossShare: 0.25,
      resentShare: 0.2,
    });
  });

  it('says what became of the sound; what was made up in a pause does not count', async () => {
    const [sample] = await samplesOf(chromium(1), chromium(2));
    expect(sample?.soundIn).toMatchObject({ packetsPerSecond: 45, lossShare: 0.1, concealedShare: 0.1, bufferMs: 100 });
  });

  it('says nothing of loss where hardly anything goes by', async () => {
    const few = (seconds: number) =>
      chromium(seconds, { OV: { packetsSent: 5 * seconds, retransmittedPacketsSent: 0 } });
    const [sample] = await samplesOf(few(1), few(2));
    expect(sample?.pictureOut).toMatchObject({ lossShare: undefined, resentShare: 0 });
    const [still] = await samplesOf(chromium(1), chromium(1));
    expect(still?.pictureOut).toMatchObject({ lossShare: undefined, resentShare: undefined, bitsPerSecond: 0 });
  });

  it('says for how long nothing has come', async () => {
    const silent = (seconds: number) =>
      chromium(2, { P: { responsesReceived: 2 }, T: { bytesSent: 20_000 * seconds, bytesReceived: 20_000 } });
    const samples = await samplesOf(chromium(1), silent(2), silent(3), silent(4), chromium(5));
    expect(samples.map(({ silentMs }) => silentMs)).toEqual([0, 1_000, 2_000, 0]);
    expect(samples.map(({ mediaSilentMs }) => mediaSilentMs)).toEqual([0, 1_000, 2_000, 0]);
  });

  it('does not go below nothing where a counter begins anew', async () => {
    const [sample] = await samplesOf(chromium(9), chromium(1));
    expect(sample).toMatchObject({ sentBitsPerSecond: 0, receivedBitsPerSecond: 0 });
    expect(sample?.pictureOut).toMatchObject({ bitsPerSecond: 0, framesPerSecond: 0, resentShare: undefined });
  });
});

describe('what Firefox tells', () => {
  /** No transport, no estimate; the pair says itself that it is in use, and the encoder's target is counted in bytes. */
  const firefox = (seconds: number): readonly Entry[] => [
    { id: 'other', type: 'candidate-pair', selected: false, bytesSent: 1, bytesReceived: 1, currentRoundTripTime: 9 },
    {
      id: 'P',
      type: 'candidate-pair',
      selected: true,
      bytesSent: 20_000 * seconds,
      bytesReceived: 10_000 * seconds,
      currentRoundTripTime: 0.03,
    },
    {
      id: 'OV',
      type: 'outbound-rtp',
      kind: 'video',
      bytesSent: 5_000 * seconds,
      packetsSent: 25 * seconds,
      framesEncoded: 10 * seconds,
      totalEncodedBytesTarget: 7_500 * seconds,
    },
    { id: 'OA', type: 'outbound-rtp', kind: 'audio', bytesSent: 2_500 * seconds, packetsSent: 50 * seconds },
  ];

  it('is enough for a sample: what the encoders may make stands for the estimate', async () => {
    const [sample] = await samplesOf(firefox(1), firefox(2));
    expect(sample).toMatchObject({ rttMs: 30, sentBitsPerSecond: 160_000, estimateBitsPerSecond: 80_000 });
    expect(sample?.pictureOut).toMatchObject({ isActive: true, targetBitsPerSecond: 60_000, resentShare: undefined });
  });
});

it('a connection that takes the place of another one is not measured against it', async () => {
  const samples: LinkSample[] = [];
  const stats = new LinkStats({ onSample: (sample) => samples.push(sample) });
  const source = (seconds: () => number) => ({
    getStats: async () => new Map(chromium(seconds()).map((entry) => [String(entry['id']), entry])),
  });
  let second = 50;
  stats.follow(source(() => second++));
  await vi.advanceTimersByTimeAsync(1_001);
  let fresh = 1;
  stats.follow(source(() => fresh++));
  await vi.advanceTimersByTimeAsync(1_001);
  expect(samples.map(({ bytesSent }) => bytesSent)).toEqual([51 * 20_000, 2 * 20_000]);
  expect(samples.map(({ sentBitsPerSecond }) => sentBitsPerSecond)).toEqual([160_000, 160_000]);
  stats.follow(undefined);
});

it('a connection that cannot be read says nothing, and is read again', async () => {
  const samples: LinkSample[] = [];
  const stats = new LinkStats({ onSample: (sample) => samples.push(sample) });
  let reading = 0;
  stats.follow({
    async getStats() {
      reading += 1;
      if (reading === 2) throw new DOMException('closed', 'InvalidStateError');
      return new Map(chromium(reading).map((entry) => [String(entry['id']), entry]));
    },
  });
  await vi.advanceTimersByTimeAsync(2_001);
  stats.follow(undefined);
  expect(samples).toHaveLength(1);
  expect(samples[0]).toMatchObject({ intervalMs: 2_000, sentBitsPerSecond: 160_000 });
});
