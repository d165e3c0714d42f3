// What one second of a link looked like, in units and without a browser's own words: two readings of its counters make one sample.
// Knows no RTCStatsReport (call/quality/stats-report.ts reads those) and judges nothing (link-quality.ts does).

import type { LinkWay } from '../network/link-way.ts';
import type {
  LinkCounters,
  MediaCounters,
  PictureCounters,
  PictureInCounters,
  PictureLimit,
  PictureOutCounters,
  SoundInCounters,
  SoundOutCounters,
} from './link-counters.ts';

interface MediaSample {
  readonly codec: string | undefined;
  readonly bitsPerSecond: number;
  readonly packetsPerSecond: number;
  readonly packetsLost: number | undefined;
  /** 0 to 1; undefined where too few packets went by to say. */
  readonly lossShare: number | undefined;
  readonly jitterMs: number | undefined;
}

export interface SoundInSample extends MediaSample {
  /** How long sound waits here before it is heard. */
  readonly bufferMs: number | undefined;
  /** The share of sound that was made up because the real one did not come in time. */
  readonly concealedShare: number | undefined;
}

export interface SoundOutSample extends MediaSample {
  readonly targetBitsPerSecond: number | undefined;
}

interface PictureSample extends MediaSample {
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly framesPerSecond: number;
  readonly keyFrames: number | undefined;
  readonly codingMsPerFrame: number | undefined;
}

export interface PictureInSample extends PictureSample {
  readonly bufferMs: number | undefined;
  readonly framesDropped: number | undefined;
  readonly droppedShare: number | undefined;
  readonly freezes: number | undefined;
  readonly frozenShare: number | undefined;
}

export interface PictureOutSample extends PictureSample {
  /** The share of packets that the other side had missed and asked for again, 0 to 1. Known sooner than any report of loss. */
  readonly resentShare: number | undefined;
  readonly isActive: boolean;
  readonly sourceFramesPerSecond: number | undefined;
  readonly sourceWidth: number | undefined;
  readonly sourceHeight: number | undefined;
  readonly targetBitsPerSecond: number | undefined;
  readonly limitedBy: PictureLimit | undefined;
  readonly encoder: string | undefined;
  /** Encoded by a chip for it. */
  readonly isHardware: boolean;
}

/** One stretch of a link's life, about a second long. */
export interface LinkSample {
  readonly atMs: number;
  readonly intervalMs: number;
  readonly way: LinkWay | undefined;
  readonly rttMs: number | undefined;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly packetsReceived: number | undefined;
  readonly receivedBitsPerSecond: number;
  readonly sentBitsPerSecond: number;
  /** What congestion control lets us send. Where the browser does not say: what it lets the encoders make. */
  readonly estimateBitsPerSecond: number | undefined;
  /** For how long nothing at all has come. */
  readonly silentMs: number;
  /** For how long no sound and no picture has come; undefined if none ever did. */
  readonly mediaSilentMs: number | undefined;
  readonly soundIn: SoundInSample | undefined;
  readonly soundOut: SoundOutSample | undefined;
  readonly pictureIn: PictureInSample | undefined;
  readonly pictureOut: PictureOutSample | undefined;
}

/** Fewer packets than this say nothing about loss: one lost of three is no third. */
const leastPacketsForLoss = 20;

/** What lies between two readings of the same connection. `earlier` is the sample before, for the silences that go on. */
export function sampleBetween(before: LinkCounters, now: LinkCounters, earlier: LinkSample | undefined): LinkSample {
  const intervalMs = Math.max(1, now.atMs - before.atMs);
  const isHeard =
    now.bytesReceived > before.bytesReceived ||
    (now.packetsReceived ?? 0) > (before.packetsReceived ?? 0) ||
    now.checksAnswered > before.checksAnswered;
  const mediaPackets = ({ soundIn, pictureIn }: LinkCounters) => (soundIn?.packets ?? 0) + (pictureIn?.packets ?? 0);
  const hasMedia = mediaPackets(now) > mediaPackets(before);
  const soundOut = soundOutSample(before.soundOut, now.soundOut, intervalMs);
  const pictureOut = pictureOutSample(before.pictureOut, now.pictureOut, intervalMs);
  const target = pictureOut?.isActive ? pictureOut.targetBitsPerSecond : undefined;
  return {
    atMs: now.atMs,
    intervalMs,
    way: now.way,
    rttMs: now.rttMs,
    bytesReceived: now.bytesReceived,
    bytesSent: now.bytesSent,
    packetsReceived: now.packetsReceived,
    receivedBitsPerSecond: rate(before.bytesReceived, now.bytesReceived, intervalMs) * 8,
    sentBitsPerSecond: rate(before.bytesSent, now.bytesSent, intervalMs) * 8,
    estimateBitsPerSecond:
      now.estimateBitsPerSecond ?? (target === undefined ? undefined : target + (soundOut?.bitsPerSecond ?? 0)),
    silentMs: isHeard ? 0 : (earlier?.silentMs ?? 0) + intervalMs,
    mediaSilentMs: hasMedia ? 0 : earlier?.mediaSilentMs === undefined ? undefined : earlier.mediaSilentMs + intervalMs,
    soundIn: soundInSample(before.soundIn, now.soundIn, intervalMs),
    soundOut,
    pictureIn: pictureInSample(before.pictureIn, now.pictureIn, intervalMs),
    pictureOut,
  };
}

function soundInSample(
  before: SoundInCounters | undefined,
  now: SoundInCounters | undefined,
  intervalMs: number,
): SoundInSample | undefined {
  if (!now) return undefined;
  return {
    ...mediaSample(before, now, intervalMs),
    bufferMs: perItem(before, now, 'bufferMsTotal', 'bufferedSamples'),
    concealedShare: perItem(before, now, 'concealedSamples', 'samples'),
  };
}

function soundOutSample(
  before: SoundOutCounters | undefined,
  now: SoundOutCounters | undefined,
  intervalMs: number,
): SoundOutSample | undefined {
  if (!now) return undefined;
  const media = mediaSample(before, now, intervalMs);
  return {
    ...media,
    lossShare: reportedLoss(now.lossShare, media.packetsPerSecond),
    targetBitsPerSecond: now.targetBitsPerSecond,
  };
}

function pictureInSample(
  before: PictureInCounters | undefined,
  now: PictureInCounters | undefined,
  intervalMs: number,
): PictureInSample | undefined {
  if (!now) return undefined;
  const dropped = difference(before?.framesDropped, now.framesDropped);
  const frames = now.frames - (before?.frames ?? 0);
  const frozenMs = difference(before?.frozenMs, now.frozenMs);
  return {
    ...pictureSample(before, now, intervalMs),
    bufferMs: perItem(before, now, 'bufferMsTotal', 'bufferedFrames'),
    framesDropped: dropped,
    droppedShare: dropped === undefined || frames + dropped <= 0 ? undefined : dropped / (frames + dropped),
    freezes: now.freezes,
    // A freeze is counted when it ends, with its whole length.
    frozenShare: frozenMs === undefined ? undefined : Math.min(1, frozenMs / intervalMs),
  };
}

function pictureOutSample(
  before: PictureOutCounters | undefined,
  now: PictureOutCounters | undefined,
  intervalMs: number,
): PictureOutSample | undefined {
  if (!now) return undefined;
  const picture = pictureSample(before, now, intervalMs);
  const targetBytes = difference(before?.targetBytes, now.targetBytes);
  const resent = difference(before?.packetsResent, now.packetsResent);
  const packets = now.packets - (before?.packets ?? 0);
  return {
    ...picture,
    lossShare: reportedLoss(now.lossShare, picture.packetsPerSecond),
    resentShare: resent === undefined || packets <= 0 ? undefined : Math.min(1, resent / packets),
    isActive: now.isActive,
    sourceFramesPerSecond: now.sourceFramesPerSecond,
    sourceWidth: now.sourceWidth,
    sourceHeight: now.sourceHeight,
    targetBitsPerSecond: now.targetBitsPerSecond ?? (targetBytes ? (targetBytes * 8 * 1000) / intervalMs : undefined),
    limitedBy: now.limitedBy,
    encoder: now.encoder,
    isHardware: now.isHardware,
  };
}

function pictureSample(before: PictureCounters | undefined, now: PictureCounters, intervalMs: number): PictureSample {
  return {
    ...mediaSample(before, now, intervalMs),
    width: now.width,
    height: now.height,
    framesPerSecond: rate(before?.frames ?? 0, now.frames, intervalMs),
    keyFrames: now.keyFrames,
    codingMsPerFrame: perItem(before, now, 'codingMs', 'frames'),
  };
}

function mediaSample(before: MediaCounters | undefined, now: MediaCounters, intervalMs: number): MediaSample {
  const packets = now.packets - (before?.packets ?? 0);
  // Packets that come late take themselves off the count again.
  const lost = Math.max(0, difference(before?.packetsLost, now.packetsLost) ?? 0);
  return {
    codec: now.codec,
    bitsPerSecond: rate(before?.bytes ?? 0, now.bytes, intervalMs) * 8,
    packetsPerSecond: rate(before?.packets ?? 0, now.packets, intervalMs),
    packetsLost: now.packetsLost,
    lossShare:
      now.packetsLost === undefined || packets + lost < leastPacketsForLoss ? undefined : lost / (packets + lost),
    jitterMs: now.jitterMs,
  };
}

function reportedLoss(share: number | undefined, packetsPerSecond: number): number | undefined {
  return packetsPerSecond < leastPacketsForLoss / 2 ? undefined : share;
}

/** Per second. A counter that went back belongs to another stream: nothing can be said of it yet. */
function rate(before: number, now: number, intervalMs: number): number {
  return (Math.max(0, now - before) * 1000) / intervalMs;
}

function difference(before: number | undefined, now: number | undefined): number | undefined {
  return now === undefined ? undefined : Math.max(0, now - (before ?? 0));
}

/** How much of one counter fell to each unit of another since the reading before. */
function perItem<Counters>(
  before: Counters | undefined,
  now: Counters,
  total: keyof Counters,
  items: keyof Counters,
): number | undefined {
  const amount = difference(before?.[total] as number | undefined, now[total] as number | undefined);
  const count = difference(before?.[items] as number | undefined, now[items] as number | undefined);
  return amount === undefined || !count ? undefined : amount / count;
}
