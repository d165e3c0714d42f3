// What a person may choose of a call's quality, and what each choice lets out: caps on bitrate, size and frame rate
// (docs/decisions/0014). Plain numbers; knows no browser.

export const callQualities = ['save', 'balanced', 'best'] as const;

/** Save data, balanced, or the best picture that camera, computer and network give. */
export type CallQuality = (typeof callQualities)[number];

export interface QualityLimits {
  readonly soundBitsPerSecond: number;
  readonly pictureBitsPerSecond: number;
  /** The long and the short side of the picture at most, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** Sound and picture of `save` make 300 kbit/s together, with what carries them. */
export const qualityLimits: Readonly<Record<CallQuality, QualityLimits>> = {
  save: {
    soundBitsPerSecond: 24_000,
    pictureBitsPerSecond: 220_000,
    width: 640,
    height: 360,
    framesPerSecond: 20,
  },
  balanced: {
    soundBitsPerSecond: 40_000,
    pictureBitsPerSecond: 2_000_000,
    width: 1280,
    height: 720,
    framesPerSecond: 30,
  },
  best: {
    soundBitsPerSecond: 64_000,
    pictureBitsPerSecond: 6_000_000,
    width: 1920,
    height: 1080,
    framesPerSecond: 60,
  },
};

/** A screen at most: its letters should be sharp. */
export const screenLimits = { bitsPerSecond: 2_500_000, framesPerSecond: 30 } as const;

/** Sound alone on a link that carries hardly more: still good to understand, and with its redundancy under 60 kbit/s. */
export const thinSoundBitsPerSecond = 16_000;

/** The smallest picture worth its bits, by its short side. */
export const leastHeight = 180;

/** What a picture of this height needs to look as it should; more adds little. */
export function usualPictureBits(height: number): number {
  if (height >= 1080) return 3_000_000;
  if (height >= 720) return 1_500_000;
  if (height >= 360) return 500_000;
  return 200_000;
}
