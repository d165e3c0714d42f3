// How good a link is in each direction, and whether the network or the computer is to blame. The thresholds of the network are
// Jitsi's, those of the computer were measured here (docs/decisions/0014). Pure; one sample a second goes in.
import { usualPictureBits } from './call-quality.ts';
import type { LinkSample, PictureInSample, PictureOutSample } from './link-sample.ts';
import type { Load } from './picture-steps.ts';

/** From best to worst; `lost` is told only by silence. */
export const linkLevels = ['good', 'fair', 'poor', 'lost'] as const;
export type LinkLevel = (typeof linkLevels)[number];

/** What people are told of one side of a call. */
export interface SideQuality {
  readonly level: LinkLevel;
  readonly cause: 'none' | 'network' | 'cpu';
}

export const goodSide: SideQuality = { level: 'good', cause: 'none' };

/** The best of several; undefined of none. */
export function bestSide(sides: readonly SideQuality[]): SideQuality | undefined {
  for (const level of linkLevels) {
    const found = sides.find((side) => side.level === level);
    if (found) return found;
  }
  return undefined;
}

/** The first seconds of a link say little about it, and its estimate climbs for longer still. */
const warmUpMs = 5_000;
const estimateWarmUpMs = 12_000;
const worseMs = 3_000;
const betterMs = 5_000;
const lostMs = 3_000;
/** Where nobody sends anything, only ICE's own checks come, every 2.5 to 5 s. */
const lostWithoutMediaMs = 8_000;
/** Shares of the time between two frames. A step up costs about twice as much: it must not make the computer busy again. */
const easyEncoding = 0.2;
const easyDecoding = 0.4;

/** A level that moves only when every sample of a while says so, and then as far as the mildest of them. */
interface SteadyLevel {
  readonly shown: LinkLevel;
  readonly moving: { readonly to: LinkLevel; readonly sinceMs: number } | undefined;
}

export interface LinkQuality {
  readonly beganMs: number | undefined;
  readonly out: SteadyLevel;
  readonly in: SteadyLevel;
  readonly cpu: SteadyLevel;
}

const steadyGood: SteadyLevel = { shown: 'good', moving: undefined };
export const freshQuality: LinkQuality = { beganMs: undefined, out: steadyGood, in: steadyGood, cpu: steadyGood };

export interface QualityContext {
  /** What is asked of the own picture now; undefined while none is sent. */
  readonly picture:
    | { readonly bitsPerSecond: number; readonly height: number; readonly framesPerSecond: number }
    | undefined;
  /** The own picture was paused for the network's sake. */
  readonly isPaused: boolean;
  /** Browsers do not paint a hidden page: frames that are dropped there mean nothing. */
  readonly isHidden: boolean;
}

export function stepQuality(quality: LinkQuality, sample: LinkSample, context: QualityContext): LinkQuality {
  const beganMs = quality.beganMs ?? sample.atMs;
  const ageMs = sample.atMs - beganMs;
  const isWarm = ageMs >= warmUpMs;
  const isLost = linkIsLost(sample);
  const level = (now: LinkLevel): LinkLevel => (isLost ? 'lost' : isWarm ? now : 'good');
  return {
    beganMs,
    out: stepSteady(quality.out, sample.atMs, level(outgoingLevel(sample, context, ageMs))),
    in: stepSteady(quality.in, sample.atMs, level(incomingLevel(sample))),
    cpu: stepSteady(quality.cpu, sample.atMs, isWarm && !isLost ? cpuLevel(sample, context) : 'good'),
  };
}

/** One side in a word: the worse of what the network and the computer do to it. */
export function sideQuality(network: LinkLevel, cpu: LinkLevel): SideQuality {
  const level = worseOf(network, cpu);
  if (level === 'good') return goodSide;
  return { level, cause: isWorse(cpu, network) ? 'cpu' : 'network' };
}

export function worseOf(one: LinkLevel, other: LinkLevel): LinkLevel {
  return isWorse(other, one) ? other : one;
}

/** How hard the computer works on pictures now, for the steps of the own one. */
export function loadOf(sample: LinkSample, context: QualityContext): Load {
  if (cpuLevel(sample, context) !== 'good') return 'busy';
  const encoding = codingShare(sample.pictureOut, context.picture?.framesPerSecond);
  const decoding = codingShare(sample.pictureIn, sample.pictureIn?.framesPerSecond) ?? 0;
  return encoding !== undefined && encoding < easyEncoding && decoding < easyDecoding ? 'idle' : 'fine';
}

/**
 * Whether the link holds back what is sent: the picture takes all that congestion control leaves it and would be allowed more, or what
 * is sent is lost or badly late. An estimate alone does not say so. It goes no higher than half as much again as what is sent, which
 * is next to nothing for a picture in which little moves, and a full computer that keeps packets waiting for a moment takes it down.
 */
export function isHeldBack(sample: LinkSample, { picture }: QualityContext): boolean {
  const { pictureOut } = sample;
  // Reports of loss come every few seconds, and get lost themselves; what is asked for again is known at once.
  const isLossy = [outgoingLoss(sample), pictureOut?.resentShare].some((share) => lossLevel(share) !== 'good');
  if (isLossy || delayLevel(sample.rttMs) === 'poor') return true;
  const target = pictureOut?.targetBitsPerSecond;
  if (!pictureOut?.isActive || !picture || target === undefined) return false;
  return target < 0.9 * picture.bitsPerSecond && pictureOut.bitsPerSecond >= 0.6 * target;
}

function stepSteady(steady: SteadyLevel, atMs: number, now: LinkLevel): SteadyLevel {
  const { shown, moving } = steady;
  // Silence was counted already, and its end is certain.
  if (now === 'lost' || shown === 'lost') return { shown: now, moving: undefined };
  if (now === shown) return { shown, moving: undefined };
  const isDown = isWorse(now, shown);
  const continues = moving !== undefined && isWorse(moving.to, shown) === isDown;
  if (!continues) return { shown, moving: { to: now, sinceMs: atMs } };
  const to = isDown === isWorse(now, moving.to) ? moving.to : now;
  if (atMs - moving.sinceMs < (isDown ? worseMs : betterMs)) return { shown, moving: { ...moving, to } };
  return { shown: to, moving: undefined };
}

function linkIsLost({ silentMs, mediaSilentMs }: LinkSample): boolean {
  const mediaStoppedWithAll = mediaSilentMs !== undefined && mediaSilentMs - silentMs < 2_000;
  return silentMs >= (mediaStoppedWithAll ? lostMs : lostWithoutMediaMs);
}

function outgoingLevel(sample: LinkSample, { picture, isPaused }: QualityContext, ageMs: number): LinkLevel {
  if (isPaused) return 'poor';
  const loss = lossLevel(outgoingLoss(sample));
  const rate = ageMs >= estimateWarmUpMs ? rateLevel(sample, picture) : 'good';
  return [loss, delayLevel(sample.rttMs), rate].reduce(worseOf);
}

const outgoingLoss = ({ soundOut, pictureOut }: LinkSample) => soundOut?.lossShare ?? pictureOut?.lossShare;

/** Loss of sound: from 6 % on people hear it, from 8 % on it is hard to follow. */
function lossLevel(share: number | undefined): LinkLevel {
  return share === undefined || share < 0.06 ? 'good' : share < 0.08 ? 'fair' : 'poor';
}

/** From half a second of round trip on people talk over each other. */
function delayLevel(rttMs: number | undefined): LinkLevel {
  return rttMs === undefined || rttMs < 500 ? 'good' : rttMs < 1_000 ? 'fair' : 'poor';
}

/** What may be sent against what the picture needs. Only an estimate that is used up holds anything back. */
function rateLevel(sample: LinkSample, picture: QualityContext['picture']): LinkLevel {
  const { estimateBitsPerSecond: estimate, pictureOut } = sample;
  if (estimate === undefined || !picture || !pictureOut?.isActive) return 'good';
  if (sample.sentBitsPerSecond < 0.75 * estimate) return 'good';
  const share = estimate / Math.min(picture.bitsPerSecond, usualPictureBits(picture.height));
  return share >= 0.5 ? 'good' : share >= 0.3 ? 'fair' : 'poor';
}

function incomingLevel({ soundIn, pictureIn }: LinkSample): LinkLevel {
  const loss = lossLevel(soundIn?.lossShare ?? pictureIn?.lossShare);
  const concealed = soundIn?.concealedShare ?? 0;
  const made: LinkLevel = concealed < 0.05 ? 'good' : concealed < 0.1 ? 'fair' : 'poor';
  const late: LinkLevel = (soundIn?.bufferMs ?? 0) < 500 ? 'good' : 'fair';
  const frozenShare = pictureIn?.frozenShare ?? 0;
  const frozen: LinkLevel = frozenShare < 0.1 ? 'good' : frozenShare < 0.4 ? 'fair' : 'poor';
  return [loss, made, late, frozen].reduce(worseOf);
}

/** The share of the time between two frames that coding one of them takes. */
function codingShare(
  picture: PictureInSample | PictureOutSample | undefined,
  framesPerSecond: number | undefined,
): number | undefined {
  if (picture?.codingMsPerFrame === undefined || !framesPerSecond) return undefined;
  return (picture.codingMsPerFrame * framesPerSecond) / 1000;
}

/**
 * A computer that cannot keep up. Coding takes wall time: on full cores it fills most of the time between two frames, or frames are
 * left out though the network would take them.
 */
function cpuLevel({ pictureIn, pictureOut }: LinkSample, { picture, isHidden }: QualityContext): LinkLevel {
  const encoding = pictureOut?.isActive && picture ? encodingLevel(pictureOut, picture.framesPerSecond) : 'good';
  return worseOf(encoding, decodingLevel(pictureIn, isHidden));
}

function encodingLevel(out: PictureOutSample, wantedFramesPerSecond: number): LinkLevel {
  if (out.limitedBy === 'cpu') return 'fair';
  const share = codingShare(out, wantedFramesPerSecond) ?? 0;
  // A chip beside the processor takes its time over each frame without being busy.
  if (!out.isHardware && share >= 0.5) return share >= 0.9 ? 'poor' : 'fair';
  const { sourceFramesPerSecond: source, framesPerSecond: sent } = out;
  const isLeftOut =
    source !== undefined && source >= 8 && sent > 0 && sent < 0.6 * Math.min(source, wantedFramesPerSecond);
  return isLeftOut && share >= 0.25 && out.limitedBy !== 'bandwidth' ? 'fair' : 'good';
}

function decodingLevel(picture: PictureInSample | undefined, isHidden: boolean): LinkLevel {
  if (!picture || picture.framesPerSecond <= 0) return 'good';
  const share = codingShare(picture, picture.framesPerSecond) ?? 0;
  const dropped = isHidden ? 0 : (picture.droppedShare ?? 0);
  if (share >= 0.9 || dropped >= 0.4) return 'poor';
  return share >= 0.6 || dropped >= 0.2 ? 'fair' : 'good';
}

function isWorse(one: LinkLevel, other: LinkLevel): boolean {
  return linkLevels.indexOf(one) > linkLevels.indexOf(other);
}
