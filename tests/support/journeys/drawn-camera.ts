// A camera that a page draws itself: somebody who moves before a wall of chequers, whatever the browser's own test picture is. The wall is what must
// not be seen; whether it is, is measured by its contrast.
import type { Page } from 'puppeteer-core';
import { limitMs, lookMs } from '../../../tools/machine/limits.mjs';
import { find } from '../drivers/page-actions.ts';

/** The camera that the page opens from now on is the drawn one; its microphone stays the browser's own. */
export async function drawCamera(page: Page): Promise<void> {
  await page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    const drawn = (): MediaStreamTrack[] => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [640, 360];
      const context = canvas.getContext('2d');
      const draw = (): void => {
        if (!context) return;
        for (let x = 0; x < 640; x += 40)
          for (let y = 0; y < 360; y += 40) {
            context.fillStyle = (x + y) % 80 === 0 ? '#ffffff' : '#000000';
            context.fillRect(x, y, 40, 40);
          }
        const left = 320 + 30 * Math.sin(performance.now() / 500);
        context.fillStyle = '#c98b6b';
        context.beginPath();
        context.ellipse(left, 140, 55, 75, 0, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = '#2244aa';
        context.beginPath();
        context.ellipse(left, 360, 150, 140, 0, 0, 2 * Math.PI);
        context.fill();
      };
      draw();
      setInterval(draw, 66);
      return canvas.captureStream(15).getVideoTracks();
    };
    devices.getUserMedia = async (wanted = {}) => {
      const sound = wanted.audio ? (await ask({ audio: wanted.audio })).getAudioTracks() : [];
      return new MediaStream([...sound, ...(wanted.video ? drawn() : [])]);
    };
  });
}

/** An element may be replaced while it is looked at. */
const oneLookMs = 2_000;

interface SeenWall {
  /** Frames that were looked at. */
  readonly frames: number;
  /** The most of all frames: how far dark and bright lie apart in the upper corner, 0 to 1. */
  readonly contrast: number;
}

/**
 * Looks at new frames of the video in a region, at every one that can be had, until there were so many. Another element may take the place of the
 * region meanwhile, as a preview takes that of its button.
 */
export async function seenWall(page: Page, regionName: string, frames: number, withinMs = 15_000): Promise<SeenWall> {
  const deadline = performance.now() + limitMs(withinMs);
  let [count, contrast] = [0, 0];
  while (count < frames) {
    if (performance.now() > deadline) throw new Error(`Region "${regionName}": only ${count} of ${frames} frames`);
    const place = await find(page, 'region', regionName, withinMs);
    const seen = await place.evaluate(lookAtWall, frames - count, lookMs(oneLookMs));
    count += seen.frames;
    contrast = Math.max(contrast, seen.contrast);
  }
  return { frames: count, contrast };
}

/** In the page. */
async function lookAtWall(element: Element, wanted: number, patience: number): Promise<SeenWall> {
  const deadline = performance.now() + patience;
  const context = new OffscreenCanvas(160, 90).getContext('2d', { willReadFrequently: true });
  let [count, contrast] = [0, 0];
  while (count < wanted && performance.now() < deadline && element.isConnected) {
    const video = element.querySelector('video');
    const isNew = await Promise.race([
      new Promise<boolean>((resolve) => video?.requestVideoFrameCallback(() => resolve(true))),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 300)),
    ]);
    if (!isNew || !video || !context) continue;
    context.drawImage(video, 0, 0, 160, 90);
    const { data } = context.getImageData(0, 0, 40, 40);
    const greys = Array.from({ length: data.length / 4 }, (_, at) => data[at * 4 + 1] ?? 0).sort((a, b) => a - b);
    const [dark = 0, bright = 0] = [0.05, 0.95].map((part) => greys[Math.floor(part * (greys.length - 1))]);
    contrast = Math.max(contrast, (bright - dark) / 255);
    count += 1;
  }
  return { frames: count, contrast };
}
