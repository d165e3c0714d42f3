// When something of a track happened, by the clock of the recording. A sender counts its pictures and sound by a clock of its own, which
// runs a little faster or slower than ours: over two hours some tenths of a second. Readings of both clocks at the same moment give a straight
// line. Pure.
import type { ClockReading } from './kept-recording.ts';

/** RTP timestamps have 32 bits and begin anywhere (RFC 3550 section 5.1): they wrap in the middle of a call. */
const wrap = 2 ** 32;
/** Clocks of computers differ by less; a line that says more was drawn through too little. */
const mostDrift = 0.001;
/** Readings over less than this say where a track is, and nothing of its speed. */
const leastSpanMs = 30_000;

/** Ticks since `from`, the shorter way round: up to half a round before or after it. */
export function ticksSince(from: number, rtp: number): number {
  const ticks = (((rtp - from) % wrap) + wrap) % wrap;
  return ticks < wrap / 2 ? ticks : ticks - wrap;
}

/** A track's clock against the recording's. */
export interface TrackClock {
  /** When the sender's clock stood at `rtp`, in ms since the beginning of the recording. */
  msAt(rtp: number): number;
  /** How much faster than ours the sender's clock runs: 0.0001 is a third of a second in an hour. */
  readonly drift: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The line through the readings, in their order. A reading that a busy page took late says too much by that; the line goes through the middle
 * of all. Holds for half a round of the clock before and after the middle reading: 13 hours of video. @returns undefined without a reading.
 */
export function trackClock(readings: readonly ClockReading[], ticksPerSecond: number): TrackClock | undefined {
  const base = readings[Math.floor(readings.length / 2)];
  if (!base) return undefined;
  const ticksPerMs = ticksPerSecond / 1_000;
  const theirMs = (rtp: number) => ticksSince(base.rtp, rtp) / ticksPerMs;
  /** The sender's ms, and how much more our clock says. */
  const theirs = readings.map(({ rtp }) => theirMs(rtp));
  const ahead = readings.map(({ atMs }, index) => atMs - (theirs[index] ?? 0));
  const middle = { theirs: mean(theirs), ahead: mean(ahead) };
  const spread = theirs.reduce((sum, ms) => sum + (ms - middle.theirs) ** 2, 0);
  const common = theirs.reduce(
    (sum, ms, index) => sum + (ms - middle.theirs) * ((ahead[index] ?? 0) - middle.ahead),
    0,
  );
  const isLong = Math.max(...theirs) - Math.min(...theirs) >= leastSpanMs;
  const slope = isLong ? Math.min(mostDrift, Math.max(-mostDrift, common / spread)) : 0;
  return {
    drift: -slope / (1 + slope),
    msAt: (rtp) => theirMs(rtp) + middle.ahead + slope * (theirMs(rtp) - middle.theirs),
  };
}
