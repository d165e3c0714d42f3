// What goes out now, from everything that has a say in it: the person's choice, the network, the computer, the age of the call.
// Pure: call/quality/quality-control.ts carries it out.
import { type BandwidthState, isThin, mayShowPicture } from './bandwidth-machine.ts';
import { type CallQuality, leastHeight, qualityLimits, thinSoundBitsPerSecond } from './call-quality.ts';
import { pictureSteps } from './picture-steps.ts';
import { linesOf } from './shown-size.ts';
import type { UploadShare } from './upload-budget.ts';

/** Pictures from this height on begin at half their size, so that the first one is encoded and decoded sooner. */
const largeHeight = 720;
/** A picture that only shows whether the link can carry one. */
const tryingBitsPerSecond = 150_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

export interface PlanInput {
  readonly quality: CallQuality;
  readonly bandwidth: BandwidthState;
  /** An index into pictureSteps. */
  readonly loadStep: number;
  /** The first moments of a call. */
  readonly isYoung: boolean;
  /** What the camera gives; undefined while there is none. */
  readonly source: Size | undefined;
  /** What a group leaves for this link; undefined in a call of two. */
  readonly share?: UploadShare | undefined;
}

export interface SendingPlan {
  readonly soundBitsPerSecond: number;
  readonly showsPicture: boolean;
  readonly pictureBitsPerSecond: number;
  /** How many times smaller the sides go out than the camera gives them; 1 or more. */
  readonly scale: number;
  readonly framesPerSecond: number;
}

export function sendingPlan({ share, ...input }: PlanInput): SendingPlan {
  // A share has been cut to what the computer can do already.
  return share ? within(planForTwo({ ...input, loadStep: 0 }), share, input.source) : planForTwo(input);
}

function within(plan: SendingPlan, share: UploadShare, source: Size | undefined): SendingPlan {
  const fitting = source && share.lines > 0 ? linesOf(source) / share.lines : 1;
  return {
    soundBitsPerSecond: Math.min(plan.soundBitsPerSecond, share.soundBitsPerSecond),
    showsPicture: plan.showsPicture && share.showsPicture,
    pictureBitsPerSecond: Math.min(plan.pictureBitsPerSecond, share.pictureBitsPerSecond),
    scale: Math.max(plan.scale, fitting),
    framesPerSecond: Math.min(plan.framesPerSecond, share.framesPerSecond),
  };
}

function planForTwo({ quality, bandwidth, loadStep, isYoung, source }: Omit<PlanInput, 'share'>): SendingPlan {
  const limits = qualityLimits[quality];
  const step = pictureSteps[loadStep] ?? { scale: 1, framesPerSecond: limits.framesPerSecond };
  const isTrying = bandwidth.state === 'trying';
  const [long, short] = source
    ? [Math.max(source.width, source.height), Math.min(source.width, source.height)]
    : [limits.width, limits.height];
  const fitting = Math.max(1, long / limits.width, short / limits.height);
  const wanted = isTrying
    ? short / leastHeight
    : Math.max(fitting * step.scale, isYoung && short / fitting >= largeHeight ? 2 * fitting : 1);
  return {
    soundBitsPerSecond: isThin(bandwidth)
      ? Math.min(thinSoundBitsPerSecond, limits.soundBitsPerSecond)
      : limits.soundBitsPerSecond,
    showsPicture: mayShowPicture(bandwidth),
    pictureBitsPerSecond: isTrying
      ? Math.min(tryingBitsPerSecond, limits.pictureBitsPerSecond)
      : limits.pictureBitsPerSecond,
    scale: Math.max(fitting, Math.min(wanted, short / leastHeight)),
    framesPerSecond: Math.min(limits.framesPerSecond, step.framesPerSecond),
  };
}
