// The counters of a connection as they stand at one moment, without a browser's own words. What a browser does not tell is undefined.
// call/quality/stats-report.ts reads them, link-sample.ts takes the difference of two.
import type { LinkWay } from '../network/link-way.ts';

/** One kind of media in one direction. */
export interface MediaCounters {
  readonly codec: string | undefined;
  readonly bytes: number;
  readonly packets: number;
  readonly packetsLost: number | undefined;
  readonly jitterMs: number | undefined;
}

export interface SoundInCounters extends MediaCounters {
  readonly bufferMsTotal: number | undefined;
  readonly bufferedSamples: number | undefined;
  readonly samples: number | undefined;
  readonly concealedSamples: number | undefined;
}

export interface SoundOutCounters extends MediaCounters {
  /** The share of packets that the other side missed lately, by its own report. */
  readonly lossShare: number | undefined;
  readonly targetBitsPerSecond: number | undefined;
}

export interface PictureCounters extends MediaCounters {
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Encoded or decoded so far. */
  readonly frames: number;
  readonly keyFrames: number | undefined;
  /** Time spent on encoding or decoding so far. */
  readonly codingMs: number | undefined;
}

export interface PictureInCounters extends PictureCounters {
  readonly framesDropped: number | undefined;
  readonly freezes: number | undefined;
  readonly frozenMs: number | undefined;
  readonly bufferMsTotal: number | undefined;
  readonly bufferedFrames: number | undefined;
}

/** What the browser says holds a picture back. Says 'none' on a machine whose cores are full. */
export type PictureLimit = 'none' | 'cpu' | 'bandwidth' | 'other';

export interface PictureOutCounters extends PictureCounters {
  readonly lossShare: number | undefined;
  /** Packets that were sent again because the other side missed them; `packets` counts them, too. */
  readonly packetsResent: number | undefined;
  readonly isActive: boolean;
  readonly sourceFramesPerSecond: number | undefined;
  readonly sourceWidth: number | undefined;
  readonly sourceHeight: number | undefined;
  readonly targetBitsPerSecond: number | undefined;
  /** Bytes that the encoder was to make so far: Firefox tells this instead of a rate. */
  readonly targetBytes: number | undefined;
  readonly limitedBy: PictureLimit | undefined;
  readonly encoder: string | undefined;
  /** Encoded by a chip for it. */
  readonly isHardware: boolean;
}

/** Everything about a connection at one moment. */
export interface LinkCounters {
  readonly atMs: number;
  readonly way: LinkWay | undefined;
  readonly rttMs: number | undefined;
  readonly bytesReceived: number;
  readonly bytesSent: number;
  readonly packetsReceived: number | undefined;
  /** Answers to our ICE checks: they come even where nobody sends anything. */
  readonly checksAnswered: number;
  /** What congestion control lets us send. Not told by Firefox. */
  readonly estimateBitsPerSecond: number | undefined;
  readonly soundIn: SoundInCounters | undefined;
  readonly soundOut: SoundOutCounters | undefined;
  readonly pictureIn: PictureInCounters | undefined;
  readonly pictureOut: PictureOutCounters | undefined;
}
