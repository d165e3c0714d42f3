// What one frame of a background costs in a page, beside the floor: the frame drawn as it is. Each way is asked for a pixel afterwards, so that what the
// graphics card still owes counts, too.
import { makeCompositor } from '../../src/call/effects/compositor.ts';
import { loadSegmenter } from '../../src/call/effects/segmenter.ts';
import { makeVeil } from '../../src/call/effects/veil.ts';

/** @import { Drawn } from '../../src/call/effects/frame-way.ts' */
/** @typedef {{ readonly way: string, readonly ms: readonly number[] }} Way */

const [width, height] = [640, 360];

/** @param {number} step */
function figure(step) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  for (let x = 0; x < width; x += 40) {
    context.fillStyle = (x / 40) % 2 === 0 ? '#dddddd' : '#335544';
    context.fillRect(x, 0, 40, height);
  }
  context.fillStyle = '#c98b6b';
  context.beginPath();
  context.ellipse(width / 2 + (step % 40), 140, 55, 75, 0, 0, 2 * Math.PI);
  context.fill();
  context.fillRect(width / 2 - 130 + (step % 40), 230, 260, 130);
  return canvas;
}

const asked = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });

/** @param {Drawn} drawn */
function settle(drawn) {
  asked?.drawImage(drawn, 0, 0, 1, 1);
  asked?.getImageData(0, 0, 1, 1);
}

/**
 * @param {string} way
 * @param {number} frames
 * @param {(image: OffscreenCanvas) => Drawn | Promise<Drawn>} draw
 * @returns {Promise<Way>}
 */
async function time(way, frames, draw) {
  const ms = [];
  for (let step = -2; step < frames; step += 1) {
    const image = figure(step);
    const from = performance.now();
    settle(await draw(image));
    // The first two warm up.
    if (step >= 0) ms.push(performance.now() - from);
  }
  return { way, ms };
}

/**
 * @param {number} frames
 * @returns {Promise<readonly Way[]>}
 */
async function measure(frames) {
  const floor = new OffscreenCanvas(width, height);
  const context = floor.getContext('2d');
  const rows = [
    await time('floor: the frame as it is', frames, (image) => {
      context?.drawImage(image, 0, 0);
      return floor;
    }),
  ];
  const veil = makeVeil();
  rows.push(await time('blurred as a whole', frames, (image) => veil.draw({ image, width, height })));
  const mask = new OffscreenCanvas(256, 144);
  const shape = mask.getContext('2d');
  shape?.fillRect(80, 20, 96, 124);
  for (const background of /** @type {const} */ (['blur-light', 'blur', 'color'])) {
    const compositor = makeCompositor();
    const behind = { background, color: '#336699', picture: undefined };
    rows.push(
      await time(`drawn with a given mask: ${background}`, frames, (image) => {
        compositor.setMask(mask);
        return compositor.draw({ image, width, height }, behind, 1);
      }),
    );
    compositor.close();
  }
  const segmenter = await loadSegmenter();
  rows.push(
    await time('the mask', frames, async (image) => {
      await segmenter.segment({ image, width, height });
      return image;
    }),
  );
  segmenter.close();
  return rows;
}

Object.assign(globalThis, { measure });
