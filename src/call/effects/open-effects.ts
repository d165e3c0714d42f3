// What is loaded with the first effect: opens effects with the browser's own parts.
import type { EffectMakers } from '../devices/effect-ports.ts';
import { canvasFrames } from './canvas-frames.ts';
import { makeCompositor } from './compositor.ts';
import { frameStreams } from './frame-way.ts';
import { NoiseEffect } from './noise-effect.ts';
import { PictureEffect, type PicturePorts } from './picture-effect.ts';
import { openRnnoise } from './rnnoise.ts';
import { loadSegmenter } from './segmenter.ts';
import { streamedFrames } from './streamed-frames.ts';
import { makeVeil } from './veil.ts';

const picturePorts: PicturePorts = {
  openFrames(raw, draw) {
    const streams = frameStreams();
    return streams ? streamedFrames(raw, draw, streams) : canvasFrames(raw, draw);
  },
  loadSegmenter,
  makeCompositor,
  makeVeil,
  async readPicture({ backgroundPicture }) {
    return backgroundPicture && createImageBitmap(new Blob([backgroundPicture], { type: 'image/jpeg' }));
  },
  now: () => performance.now(),
};

export const effectMakers: EffectMakers = {
  openPicture: (raw, choice, isTooSlow, events) => new PictureEffect(raw, choice, isTooSlow, events, picturePorts),
  openNoise: (raw, choice, events) => new NoiseEffect(raw, choice, events, { openCleaner: openRnnoise }),
};
