// The whole picture blurred beyond recognition, by a canvas alone: while there is no mask yet, and when there will be none. Needs neither WebGL
// nor a model, so it is there when they are not.
import type { CameraFrame, Drawn } from './frame-way.ts';

export interface Veil {
  draw(frame: CameraFrame): Drawn;
}

/** So many pixels are left of the longer side: light and colours, no letter and no face. */
const leftOfSide = 12;

interface Sheet {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
}

function sheet(): Sheet {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no canvas');
  return { canvas, context };
}

function resize({ canvas, context }: Sheet, width: number, height: number): void {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.imageSmoothingEnabled = true;
}

export function makeVeil(): Veil {
  // Halved again and again: what is made small in one step keeps single pixels of a pattern.
  const halves = [sheet(), sheet()] as const;
  const whole = sheet();
  return {
    draw({ image, width, height }) {
      let [from, wide, high]: [Drawn, number, number] = [image, width, height];
      for (let i = 0; Math.max(wide, high) > leftOfSide; i += 1) {
        const to = halves[i % 2 === 0 ? 0 : 1];
        const [nextWide, nextHigh] = [Math.max(1, Math.round(wide / 2)), Math.max(1, Math.round(high / 2))];
        resize(to, nextWide, nextHigh);
        to.context.drawImage(from, 0, 0, nextWide, nextHigh);
        [from, wide, high] = [to.canvas, nextWide, nextHigh];
      }
      resize(whole, width, height);
      whole.context.imageSmoothingQuality = 'high';
      whole.context.drawImage(from, 0, 0, wide, high, 0, 0, width, height);
      return whole.canvas;
    },
  };
}
