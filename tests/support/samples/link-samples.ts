// Samples of a link as tests want them: everything well unless said otherwise.
import type {
  LinkSample,
  PictureInSample,
  PictureOutSample,
  SoundInSample,
  SoundOutSample,
} from '../../../src/core/media/link-sample.ts';

export interface SampleChoices extends Partial<Omit<LinkSample, 'soundIn' | 'soundOut' | 'pictureIn' | 'pictureOut'>> {
  readonly soundIn?: Partial<SoundInSample>;
  readonly soundOut?: Partial<SoundOutSample>;
  readonly pictureIn?: Partial<PictureInSample>;
  readonly pictureOut?: Partial<PictureOutSample>;
}

/** One second of a call of two in 720p over a good link, with what is different about it. */
export function linkSample({ soundIn, soundOut, pictureIn, pictureOut, ...rest }: SampleChoices = {}): LinkSample {
  return {
    atMs: 0,
    intervalMs: 1_000,
    way: undefined,
    rttMs: 20,
    bytesReceived: 1_000_000,
    bytesSent: 1_000_000,
    packetsReceived: 1_000,
    receivedBitsPerSecond: 1_400_000,
    sentBitsPerSecond: 1_400_000,
    estimateBitsPerSecond: 3_000_000,
    silentMs: 0,
    mediaSilentMs: 0,
    soundIn: {
      codec: 'opus',
      bitsPerSecond: 40_000,
      packetsPerSecond: 50,
      packetsLost: 0,
      lossShare: 0,
      jitterMs: 2,
      bufferMs: 40,
      concealedShare: 0,
      ...soundIn,
    },
    soundOut: {
      codec: 'opus',
      bitsPerSecond: 40_000,
      packetsPerSecond: 50,
      packetsLost: 0,
      lossShare: 0,
      jitterMs: 2,
      targetBitsPerSecond: 40_000,
      ...soundOut,
    },
    pictureIn: {
      codec: 'VP8',
      bitsPerSecond: 1_300_000,
      packetsPerSecond: 140,
      packetsLost: 0,
      lossShare: 0,
      jitterMs: 3,
      width: 1280,
      height: 720,
      framesPerSecond: 30,
      keyFrames: 1,
      codingMsPerFrame: 2,
      bufferMs: 30,
      framesDropped: 0,
      droppedShare: 0,
      freezes: 0,
      frozenShare: 0,
      ...pictureIn,
    },
    pictureOut: {
      codec: 'VP8',
      bitsPerSecond: 1_300_000,
      packetsPerSecond: 140,
      packetsLost: 0,
      lossShare: 0,
      jitterMs: 3,
      width: 1280,
      height: 720,
      framesPerSecond: 30,
      keyFrames: 1,
      codingMsPerFrame: 8,
      resentShare: 0,
      isActive: true,
      sourceFramesPerSecond: 30,
      sourceWidth: 1280,
      sourceHeight: 720,
      targetBitsPerSecond: 2_000_000,
      limitedBy: 'none',
      encoder: 'libvpx',
      isHardware: false,
      ...pictureOut,
    },
    ...rest,
  };
}
