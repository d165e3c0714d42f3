// What a group leaves for each of its links: every receiver gets its own picture from us, so that size, frames and bits are divided
// among them. Sound comes first, what nobody sees costs nothing. A call of two is not restricted. Pure: call/quality/upload-economy.ts measures.
import { type CallQuality, qualityLimits, screenLimits, thinSoundBitsPerSecond } from './call-quality.ts';
import { pictureSteps } from './picture-steps.ts';
import { isHidden, leastLines, linesOf, type ShownSize, stepOfLines, stepUp } from './shown-size.ts';

/** One person who gets our sound and picture. */
export interface Receiver {
  readonly id: string;
  /** How large our picture is shown there; undefined until it was said. */
  readonly view: ShownSize | undefined;
  /** The same for our screen. */
  readonly screenView: ShownSize | undefined;
  /** What the link to this person carries by itself; undefined while that is unknown. */
  readonly linkBitsPerSecond: number | undefined;
}

export interface UploadInput {
  readonly receivers: readonly Receiver[];
  readonly quality: CallQuality;
  /** An index into pictureSteps: one for the whole page. */
  readonly loadStep: number;
  /** What may go out to all of them together. */
  readonly budgetBitsPerSecond: number;
  /** The person here speaks. */
  readonly isSpeaking: boolean;
  /** What the camera gives; undefined while there is none. */
  readonly source: ShownSize | undefined;
  /** The own screen, while it is shared. */
  readonly screen: { readonly shows: 'text' | 'motion'; readonly source: ShownSize | undefined } | undefined;
}

/** What one link lets out of a screen at most. */
interface ScreenShare {
  /** False: nobody looks at it there, or the network takes nothing but sound. */
  readonly isSent: boolean;
  readonly bitsPerSecond: number;
  readonly framesPerSecond: number;
  /** How many times smaller its sides go out; 1 or more. */
  readonly scale: number;
}

/** What one link lets out at most. */
export interface UploadShare {
  readonly soundBitsPerSecond: number;
  readonly showsPicture: boolean;
  readonly pictureBitsPerSecond: number;
  /** The picture has at most as many pixels as one of 16:9 with so many lines. */
  readonly lines: number;
  readonly framesPerSecond: number;
  /** Undefined while no screen is shared. */
  readonly screen: ScreenShare | undefined;
  /** The codec to use now; the first one agreed on unless given. */
  readonly codec: 'H264' | undefined;
}

/** For all links together: before anything is measured, and however much the network would take. */
const totals: Readonly<Record<CallQuality, { readonly assumed: number; readonly most: number }>> = {
  save: { assumed: 600_000, most: 600_000 },
  balanced: { assumed: 2_500_000, most: 6_000_000 },
  best: { assumed: 4_000_000, most: 20_000_000 },
};
/** A budget that was too large shows at once; whether there is more is tried in small steps. */
const growthPerSecond = 0.1;

/** Sound goes twice (RED), in 50 packets a second with 58 bytes around each. */
export function soundOnWire(bitsPerSecond: number): number {
  return 2 * bitsPerSecond + 50 * 58 * 8;
}
/** What carries a picture, on top of it. */
export const pictureOverhead = 1.04;

/** A picture of 360 lines at 30 frames a second that looks as it should in a tile. */
const usualTile = { lines: 360, bitsPerSecond: 450_000, framesPerSecond: 30 };
/** Below this a picture is a riddle: its bits do more for the others. */
const leastPictureBits = 30_000;
/** A picture with less than this share of what its size needs is sent smaller. */
const enoughShare = 0.6;
/** A voice that is heard is looked at. */
const speakerWeight = 1.6;
/** Of what is left after the sound. The letters on a screen are what people want to read. */
const screenShare = 0.7;
const screenBits = { text: 1_500_000, motion: screenLimits.bitsPerSecond };
const worthScaling = 1.2;
const step = 5_000;

/**
 * What may go out in all.
 * @param estimates what congestion control says of each link; undefined where it has nothing to go by yet.
 */
export function uploadBudget(quality: CallQuality, estimates: readonly (number | undefined)[]): number {
  const { assumed, most } = totals[quality];
  if (estimates.length === 0) return assumed;
  const measured = estimates.reduce<number>((sum, bits) => sum + (bits ?? assumed / estimates.length), 0);
  return Math.min(most, measured);
}

/** The budget from now on, `ms` after it was `before`. */
export function stepBudget(before: number, measured: number, ms: number): number {
  return Math.min(measured, before * (1 + (growthPerSecond * ms) / 1000));
}

/** What each receiver is sent at most, by its id. In a call of two nothing is restricted: there are no shares. */
export function divideUpload(input: UploadInput): ReadonlyMap<string, UploadShare> {
  const { receivers, quality, budgetBitsPerSecond, screen } = input;
  if (receivers.length < 2) return new Map();
  const soundBitsPerSecond = soundFor(receivers.length, quality, budgetBitsPerSecond);
  const left = Math.max(0, budgetBitsPerSecond - receivers.length * soundOnWire(soundBitsPerSecond)) / pictureOverhead;
  const screens = screen && screensFor(screen, input, left * screenShare);
  const forScreens = screens?.reduce((sum, { bitsPerSecond }) => sum + bitsPerSecond, 0) ?? 0;
  const wishes = receivers.map((receiver) => wishOf(receiver, input, soundBitsPerSecond));
  const bits = filled(wishes, left - forScreens);
  return new Map(
    wishes.map((wish, i) => {
      const pictureBitsPerSecond = roundedDown(bits[i] ?? 0);
      return [
        wish.id,
        {
          soundBitsPerSecond,
          showsPicture: pictureBitsPerSecond > 0,
          pictureBitsPerSecond,
          lines: linesFor(wish, pictureBitsPerSecond),
          framesPerSecond: wish.framesPerSecond,
          screen: screens?.[i],
          codec: input.loadStep > 0 ? 'H264' : undefined,
        },
      ];
    }),
  );
}

/** The largest picture that anybody wants of us, in lines of 16:9: what the camera has to give. */
export function largestWish(receivers: readonly Receiver[]): number {
  return Math.max(0, ...receivers.map(({ view }) => linesOf(view ?? usualView(receivers.length))));
}

function soundFor(receivers: number, quality: CallQuality, budget: number): number {
  const usual = Math.min(qualityLimits[quality].soundBitsPerSecond, receivers < 5 ? 32_000 : 24_000);
  return receivers * soundOnWire(usual) > budget / 2 ? Math.min(usual, thinSoundBitsPerSecond) : usual;
}

interface Need {
  /** What the picture needs to look as it should; 0 for one that nobody sees. */
  readonly bits: number;
  /** What this link can carry of it. */
  readonly most: number;
}

interface Wish extends Need {
  readonly id: string;
  readonly lines: number;
  readonly framesPerSecond: number;
}

function wishOf({ id, view, linkBitsPerSecond }: Receiver, input: UploadInput, soundBits: number): Wish {
  const limits = qualityLimits[input.quality];
  const shown = view ?? usualView(input.receivers.length);
  const lines = isHidden(shown) ? 0 : sentLines(linesOf(shown), input);
  const framesPerSecond = pictureFrames(lines, input);
  const weight = input.isSpeaking ? speakerWeight : 1;
  const bits = Math.min(limits.pictureBitsPerSecond, weight * bitsFor(lines, framesPerSecond));
  const carried =
    linkBitsPerSecond === undefined ? bits : Math.max(0, linkBitsPerSecond - soundOnWire(soundBits)) / pictureOverhead;
  return { id, lines, framesPerSecond, bits, most: Math.min(bits, carried) };
}

/** A grid of as many people in a window of usual size. */
function usualView(receivers: number): ShownSize {
  if (receivers < 4) return { width: 640, height: 360 };
  return receivers < 6 ? { width: 426, height: 240 } : { width: 320, height: 180 };
}

function sentLines(shown: number, { quality, loadStep, source }: UploadInput): number {
  const { width, height } = qualityLimits[quality];
  const most = Math.min(shown, linesOf({ width, height }), source ? linesOf(source) : shown);
  const { scale } = pictureSteps[loadStep] ?? { scale: 1 };
  // A short computer takes from large pictures first: small ones cost little, and get no smaller than a face in a strip.
  return Math.max(stepOfLines(most / scale), Math.min(stepOfLines(most), 2 * leastLines));
}

/** The more people, the less each of them needs to move; who speaks moves as in a call of two. */
function pictureFrames(lines: number, { receivers, quality, loadStep, isSpeaking }: UploadInput): number {
  const crowd = isSpeaking || receivers.length < 4 ? 30 : receivers.length < 6 ? 20 : 15;
  const small = lines < 2 * leastLines ? 15 : 30;
  const most = pictureSteps[loadStep]?.framesPerSecond ?? 30;
  return Math.min(qualityLimits[quality].framesPerSecond, most, crowd, small);
}

type OwnScreen = NonNullable<UploadInput['screen']>;

/** Of each receiver's screen what it needs at the size at which it is shown there; the same share of that for all. */
function screensFor(screen: OwnScreen, input: UploadInput, available: number): readonly ScreenShare[] {
  const { receivers } = input;
  const framesPerSecond = screenFrames(screen, input);
  const needs = receivers.map(({ screenView }) => {
    const scale = screenScale(screenView, screen.source);
    const bits = screenView && isHidden(screenView) ? 0 : screenBits[screen.shows] / scale ** 1.5;
    return { scale, bits, most: bits };
  });
  const bits = waterFilled(needs, available);
  return needs.map(({ scale }, i) => {
    const bitsPerSecond = roundedDown(bits[i] ?? 0);
    return { isSent: bitsPerSecond > 0, bitsPerSecond, framesPerSecond, scale };
  });
}

/** Letters that are sent smaller than they are shown are blurred, and so are those that become only a little smaller. */
function screenScale(shown: ShownSize | undefined, source: ShownSize | undefined): number {
  if (!shown || !source || isHidden(shown)) return 1;
  const scale = linesOf(source) / (linesOf(shown) * stepUp);
  return scale < worthScaling ? 1 : scale;
}

function screenFrames({ shows }: OwnScreen, { receivers, loadStep }: UploadInput): number {
  const few = receivers.length < 4;
  const usual = shows === 'motion' ? (few ? 30 : 15) : few ? 15 : 5;
  return Math.min(usual, pictureSteps[loadStep]?.framesPerSecond ?? usual);
}

/** Bits grow slower than pixels: a large picture has more of the same in it. */
function bitsFor(lines: number, framesPerSecond: number): number {
  const { lines: usual, bitsPerSecond, framesPerSecond: usualFrames } = usualTile;
  return bitsPerSecond * (lines / usual) ** 1.5 * (framesPerSecond / usualFrames) ** 0.6;
}

/** The same share of its need for everybody; what a weak link cannot take goes to the others. Too little is nothing at all. */
function filled(wishes: readonly Wish[], available: number): readonly number[] {
  const bits = waterFilled(wishes, Math.max(0, available));
  const riddles = wishes.filter(({ bits: need }, i) => {
    const given = bits[i] ?? 0;
    return given > 0 && given < Math.min(leastPictureBits, need * 0.3);
  });
  const [smallest] = riddles.toSorted((one, other) => one.bits - other.bits);
  return smallest
    ? filled(
        wishes.map((wish) => (wish === smallest ? { ...wish, bits: 0, most: 0 } : wish)),
        available,
      )
    : bits;
}

function waterFilled(needs: readonly Need[], available: number): readonly number[] {
  let open = needs.filter(({ most }) => most > 0);
  let left = available;
  const given = new Map<Need, number>();
  while (open.length > 0) {
    const level = left / open.reduce((sum, { bits }) => sum + bits, 0);
    const full = open.filter(({ bits, most }) => most <= level * bits);
    if (full.length === 0) {
      for (const need of open) given.set(need, level * need.bits);
      break;
    }
    for (const need of full) {
      given.set(need, need.most);
      left = Math.max(0, left - need.most);
    }
    open = open.filter((need) => !full.includes(need));
  }
  return needs.map((need) => given.get(need) ?? 0);
}

/** A picture with too few bits for its size looks better smaller. */
function linesFor({ lines, bits }: Wish, given: number): number {
  if (lines === 0 || given >= enoughShare * bits) return lines;
  return Math.min(lines, stepOfLines(lines * (given / (enoughShare * bits)) ** (2 / 3)));
}

/** Steps, so that a sender is not written anew with every breath of the network. */
function roundedDown(bits: number): number {
  return Math.floor(bits / step) * step;
}
