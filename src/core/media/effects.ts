// What a person wants of their picture and voice before they are sent, and by which way it can be had. Decides only; draws and hears nothing.
import type { Bytes } from '../base/bytes.ts';

/** What stands behind a person: the room itself, the room blurred, their own picture, or one colour. */
export const backgrounds = ['none', 'blur-light', 'blur', 'picture', 'color'] as const;
export type Background = (typeof backgrounds)[number];

export interface EffectChoice {
  readonly noiseSuppression: boolean;
  readonly background: Background;
  /** `#rrggbb` */
  readonly backgroundColor: string;
  /** A JPEG of at most `pictureSize`, drawn here; undefined until one was chosen: then the room is blurred. */
  readonly backgroundPicture: Bytes | undefined;
}

/** Of all that was chosen, what concerns effects. */
export function effectChoice(all: EffectChoice): EffectChoice {
  const { noiseSuppression, background, backgroundColor, backgroundPicture } = all;
  return { noiseSuppression, background, backgroundColor, backgroundPicture };
}

/** In pixels: more than a call sends of it would only cost. */
export const pictureSize = { width: 1280, height: 720 } as const;

/**
 * How the picture fares. `starting` and everything that went wrong are blurred as a whole: the bare room is shown by choice alone.
 * `slow`: this computer cannot do it in time. `impossible`: it has no way to draw it at all. `stopped`: it went wrong on the way.
 */
export type PictureEffectState = 'off' | 'starting' | 'on' | 'reduced' | 'slow' | 'impossible' | 'stopped';

/** Who takes the noise out: nobody by our doing (the browser's own way), the device, or we. */
export type NoiseEffectState = 'browser' | 'starting' | 'device' | 'own';

/** The person sees a veil where they expect their background, and is asked what to do. */
export function isVeiled(state: PictureEffectState): boolean {
  return state === 'slow' || state === 'impossible' || state === 'stopped';
}

/** Nothing but blur can be had of the system that the camera belongs to. */
const isBlur = (background: Background): boolean => background === 'blur' || background === 'blur-light';

export type PictureWay = 'none' | 'native' | 'own' | 'slow' | 'impossible';

export interface PictureAbilities {
  /** The camera's own system can blur (W3C mediacapture-extensions, `backgroundBlur`). */
  readonly nativeBlur: boolean;
  /** There is something to draw and to segment with. */
  readonly canDraw: boolean;
  /** Found out since the browser was started. */
  readonly isTooSlow: boolean;
}

/** The cheapest way to what is wanted: the system's own blur costs nothing. */
export function pictureWay(background: Background, { nativeBlur, canDraw, isTooSlow }: PictureAbilities): PictureWay {
  if (background === 'none') return 'none';
  if (nativeBlur && isBlur(background)) return 'native';
  if (!canDraw) return 'impossible';
  return isTooSlow ? 'slow' : 'own';
}

export type NoiseWay = 'browser' | 'device' | 'own';

/** Isolation of the voice by the device comes first; two suppressors in a row make voices hollow. */
export function noiseWay(
  wanted: boolean,
  { isolatesVoice, canSuppress }: { readonly isolatesVoice: boolean; readonly canSuppress: boolean },
): NoiseWay {
  if (!wanted) return 'browser';
  if (isolatesVoice) return 'device';
  return canSuppress ? 'own' : 'browser';
}

/** A mask older than this shows where somebody was: the picture is blurred as a whole. Milliseconds. */
export const longestMaskMs = 1_000;

/** What is drawn of a frame: as it is, with a background, or blurred as a whole. */
export function frameLook(
  background: Background,
  state: PictureEffectState,
  maskAgeMs: number | undefined,
): 'bare' | 'composed' | 'veiled' {
  if (background === 'none') return 'bare';
  const isFresh = maskAgeMs !== undefined && maskAgeMs <= longestMaskMs;
  return isFresh && !isVeiled(state) ? 'composed' : 'veiled';
}

const colorForm = /^#[0-9a-f]{6}$/i;

/** Red, green and blue from 0 to 1; of something that is no colour, a quiet grey. */
export function colorParts(color: string): readonly [number, number, number] {
  const number = Number.parseInt(colorForm.test(color) ? color.slice(1) : '5f6b7a', 16);
  return [((number >> 16) & 255) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255];
}

/** Which part of a picture covers a frame of another shape without being stretched: as shares of the picture. */
export function coveringPart(
  picture: { readonly width: number; readonly height: number },
  frame: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number; readonly width: number; readonly height: number } {
  const wide = picture.width * frame.height;
  const high = frame.width * picture.height;
  const [width, height] = wide > high ? [high / wide, 1] : [1, wide / high];
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}
