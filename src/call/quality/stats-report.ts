// Reads a connection's statistics (W3C webrtc-stats) into counters. The one place that knows how browsers differ: Firefox has no
// bitrate estimate and no traffic of the transport, and marks the pair in use instead of naming it; either leaves fields out.
import type { LinkCounters, MediaCounters, PictureLimit } from '../../core/media/link-counters.ts';
import type { CandidateKind, LinkWay } from '../../core/network/link-way.ts';

/** What RTCStatsReport gives, and a Map in tests. */
export interface StatsReport {
  forEach(callback: (stats: unknown) => void): void;
}

/** One entry, with fields that may or may not be there. */
type Entry = Readonly<Record<string, unknown>>;

export function readCounters(report: StatsReport, atMs: number): LinkCounters {
  const entries = new Map<string, Entry>();
  report.forEach((stats) => {
    const entry = stats as Entry;
    entries.set(String(entry['id']), entry);
  });
  const all = [...entries.values()];
  const ofType = (type: string) => all.filter((entry) => entry['type'] === type);
  const stream = (type: string, kind: 'audio' | 'video') => busiest(ofType(type).filter((one) => one['kind'] === kind));
  const linked = (entry: Entry | undefined, field: string) => entries.get(String(entry?.[field]));
  const pair = selectedPair(ofType('transport'), ofType('candidate-pair'), linked);
  const transport = linked(pair, 'transportId');
  const codecOf = (entry: Entry) => text(linked(entry, 'codecId'), 'mimeType')?.replace(/^(?:audio|video)\//, '');
  const media = (entry: Entry, way: 'Sent' | 'Received'): MediaCounters => ({
    codec: codecOf(entry),
    bytes: number(entry, `bytes${way}`) ?? 0,
    packets: number(entry, `packets${way}`) ?? 0,
    packetsLost: number(way === 'Received' ? entry : linked(entry, 'remoteId'), 'packetsLost'),
    jitterMs: ms(number(way === 'Received' ? entry : linked(entry, 'remoteId'), 'jitter')),
  });
  const soundIn = stream('inbound-rtp', 'audio');
  const soundOut = stream('outbound-rtp', 'audio');
  const pictureIn = stream('inbound-rtp', 'video');
  const pictureOut = stream('outbound-rtp', 'video');
  const source = linked(pictureOut, 'mediaSourceId') ?? ofType('media-source').find((one) => one['kind'] === 'video');
  return {
    atMs,
    way: wayOf(pair, linked),
    rttMs: ms(
      number(pair, 'currentRoundTripTime') || number(linked(soundOut ?? pictureOut, 'remoteId'), 'roundTripTime'),
    ),
    bytesReceived: number(transport, 'bytesReceived') ?? number(pair, 'bytesReceived') ?? 0,
    bytesSent: number(transport, 'bytesSent') ?? number(pair, 'bytesSent') ?? 0,
    packetsReceived: number(transport, 'packetsReceived') ?? number(pair, 'packetsReceived'),
    checksAnswered: number(pair, 'responsesReceived') ?? 0,
    estimateBitsPerSecond: number(pair, 'availableOutgoingBitrate'),
    soundIn: soundIn && {
      ...media(soundIn, 'Received'),
      bufferMsTotal: ms(number(soundIn, 'jitterBufferDelay')),
      bufferedSamples: number(soundIn, 'jitterBufferEmittedCount'),
      samples: number(soundIn, 'totalSamplesReceived'),
      // What is made up in a pause is heard by nobody.
      concealedSamples: less(number(soundIn, 'concealedSamples'), number(soundIn, 'silentConcealedSamples')),
    },
    soundOut: soundOut && {
      ...media(soundOut, 'Sent'),
      lossShare: number(linked(soundOut, 'remoteId'), 'fractionLost'),
      targetBitsPerSecond: number(soundOut, 'targetBitrate'),
    },
    pictureIn: pictureIn && {
      ...media(pictureIn, 'Received'),
      width: number(pictureIn, 'frameWidth'),
      height: number(pictureIn, 'frameHeight'),
      frames: number(pictureIn, 'framesDecoded') ?? 0,
      keyFrames: number(pictureIn, 'keyFramesDecoded'),
      codingMs: ms(number(pictureIn, 'totalDecodeTime')),
      framesDropped: number(pictureIn, 'framesDropped'),
      freezes: number(pictureIn, 'freezeCount'),
      frozenMs: ms(number(pictureIn, 'totalFreezesDuration')),
      bufferMsTotal: ms(number(pictureIn, 'jitterBufferDelay')),
      bufferedFrames: number(pictureIn, 'jitterBufferEmittedCount'),
    },
    pictureOut: pictureOut && {
      ...media(pictureOut, 'Sent'),
      width: number(pictureOut, 'frameWidth'),
      height: number(pictureOut, 'frameHeight'),
      frames: number(pictureOut, 'framesEncoded') ?? 0,
      keyFrames: number(pictureOut, 'keyFramesEncoded'),
      codingMs: ms(number(pictureOut, 'totalEncodeTime')),
      lossShare: number(linked(pictureOut, 'remoteId'), 'fractionLost'),
      packetsResent: number(pictureOut, 'retransmittedPacketsSent'),
      isActive: pictureOut['active'] !== false,
      sourceFramesPerSecond: number(source, 'framesPerSecond'),
      sourceWidth: number(source, 'width'),
      sourceHeight: number(source, 'height'),
      targetBitsPerSecond: number(pictureOut, 'targetBitrate'),
      targetBytes: number(pictureOut, 'totalEncodedBytesTarget'),
      limitedBy: limitOf(text(pictureOut, 'qualityLimitationReason')),
      encoder: text(pictureOut, 'encoderImplementation'),
      isHardware: pictureOut['powerEfficientEncoder'] === true,
    },
  };
}

/** Of several streams of a kind, the one that carries the call: others are left over from before. */
function busiest(entries: readonly Entry[]): Entry | undefined {
  const packets = (entry: Entry) => number(entry, 'packetsSent') ?? number(entry, 'packetsReceived') ?? 0;
  return entries.reduce<Entry | undefined>(
    (most, entry) => (most === undefined || packets(entry) > packets(most) ? entry : most),
    undefined,
  );
}

function selectedPair(
  transports: readonly Entry[],
  pairs: readonly Entry[],
  linked: (entry: Entry | undefined, field: string) => Entry | undefined,
): Entry | undefined {
  for (const transport of transports) {
    const pair = linked(transport, 'selectedCandidatePairId');
    if (pair) return pair;
  }
  return pairs.find((pair) => pair['selected'] === true);
}

function wayOf(
  pair: Entry | undefined,
  linked: (entry: Entry | undefined, field: string) => Entry | undefined,
): LinkWay | undefined {
  const [local, remote] = [linked(pair, 'localCandidateId'), linked(pair, 'remoteCandidateId')];
  if (!local || !remote) return undefined;
  return {
    localKind: kindOf(local),
    remoteKind: kindOf(remote),
    protocol: text(local, 'protocol') === 'tcp' ? 'tcp' : 'udp',
    relayProtocol: relayProtocolOf(text(local, 'relayProtocol')),
    localAddress: text(local, 'address') || undefined,
    remoteAddress: text(remote, 'address') || undefined,
  };
}

function kindOf(candidate: Entry): CandidateKind {
  const kind = text(candidate, 'candidateType');
  return kind === 'srflx' || kind === 'prflx' || kind === 'relay' ? kind : 'host';
}

function relayProtocolOf(name: string | undefined): LinkWay['relayProtocol'] {
  return name === 'udp' || name === 'tcp' || name === 'tls' ? name : undefined;
}

function limitOf(name: string | undefined): PictureLimit | undefined {
  return name === 'none' || name === 'cpu' || name === 'bandwidth' || name === 'other' ? name : undefined;
}

function number(entry: Entry | undefined, field: string): number | undefined {
  const value = entry?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function text(entry: Entry | undefined, field: string): string | undefined {
  const value = entry?.[field];
  return typeof value === 'string' ? value : undefined;
}

function ms(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

function less(all: number | undefined, part: number | undefined): number | undefined {
  return all === undefined ? undefined : all - (part ?? 0);
}
